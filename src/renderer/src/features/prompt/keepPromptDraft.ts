import { useEffect } from 'react'
import { call } from '../../api/api'
import { showProblem } from '../../components/showProblem'
import { countWrite, onStoreAll } from '../../app/state/writes'
import { promptDraft } from './promptDraft'

/** Pause in typing after which the draft is stored, in milliseconds. */
const SAVE_MS = 250

/**
 * Stores unsaved changes of the prompt screen in the project, and restores them when the project is opened again.
 * Mounted once, by the open project.
 */
export function useKeptPromptDraft() {
  useEffect(() => {
    let stored = promptDraft.get()
    let timer: ReturnType<typeof setTimeout> | undefined
    let gone = false
    const store = async () => {
      clearTimeout(timer)
      timer = undefined
      const draft = promptDraft.get()
      if (draft === stored) return
      stored = draft
      try {
        await countWrite(call('prompt.saveDraft', draft))
      } catch (error) {
        showProblem(error)
      }
    }
    const read = async () => {
      const untouched = stored
      try {
        const kept = await call('prompt.draft', {})
        if (gone || promptDraft.get() !== untouched || (kept.text === null && kept.settings === null)) return
        promptDraft.set(kept)
        stored = promptDraft.get()
        clearTimeout(timer)
      } catch (error) {
        showProblem(error)
      }
    }
    const reading = requestIdleCallback(() => void read(), { timeout: 500 }) // after the first screen is rendered
    const leave = () => void store()
    const stops = [
      promptDraft.subscribe(() => {
        clearTimeout(timer)
        timer = setTimeout(leave, SAVE_MS)
      }),
      onStoreAll(store),
    ]
    window.addEventListener('pagehide', leave)
    return () => {
      gone = true
      cancelIdleCallback(reading)
      clearTimeout(timer)
      window.removeEventListener('pagehide', leave)
      for (const stop of stops) stop()
    }
  }, [])
}
