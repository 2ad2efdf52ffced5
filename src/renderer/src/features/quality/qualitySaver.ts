import { useEffect, useState } from 'react'
import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import type { QualitySettings } from '../../../../shared/quality'
import { call } from '../../api/api'
import { showProblem } from '../../components/showProblem'
import { callKey, invalidate } from '../../api/queries'
import { countWrite, onStoreAll } from '../../app/state/writes'

const key = callKey('quality.settings', {})

const isSame = (one: QualitySettings, other: QualitySettings) => JSON.stringify(one) === JSON.stringify(other)

/** Pause in typing before a save, in milliseconds: each save processes all decided pairs. */
export const TYPING_MS = 600

export type ChangeQuality = (part: Partial<QualitySettings>, isTyping?: boolean) => void

/**
 * Creates the saver of the open project's quality settings. A change is shown at once and stored at once, or after a pause in typing. One
 * save runs at a time, and the next one includes all changes made meanwhile. A failed save is reported and its changes are reverted.
 */
export function createQualitySaver(client: QueryClient) {
  /** The stored settings, while different ones are shown. */
  let stored: QualitySettings | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let saving: Promise<void> | null = null
  const shown = () => client.getQueryData<QualitySettings>(key)
  const isPausing = () => timer !== undefined
  const stopTimer = () => {
    clearTimeout(timer)
    timer = undefined
  }

  async function saveShown(): Promise<void> {
    for (let wanted = shown(); !isPausing() && wanted && stored && !isSame(wanted, stored); wanted = shown()) {
      try {
        const saved = await countWrite(call('quality.saveSettings', wanted))
        stored = saved
        if (shown() === wanted) client.setQueryData(key, saved)
      } catch (error) {
        stopTimer()
        if (shown()) client.setQueryData(key, stored)
        showProblem(error)
      }
      void invalidate(client, ['quality'], (name) => name !== 'quality.settings')
    }
    if (!isPausing()) stored = undefined
  }

  /** Immediately stores the changes that wait for a pause. */
  function flush(): Promise<void> {
    stopTimer()
    saving ??= saveShown().finally(() => (saving = null))
    return saving
  }

  const change: ChangeQuality = (part, isTyping = false) => {
    const now = shown()
    if (!now) return
    stored ??= now
    client.setQueryData<QualitySettings>(key, { ...now, ...part })
    stopTimer()
    timer = setTimeout(() => void flush(), isTyping ? TYPING_MS : 0)
  }
  return { change, flush }
}

/** Returns a function that changes the quality settings. Changes that wait for a pause are stored when the form is unmounted. */
export function useQualitySaver(): ChangeQuality {
  const client = useQueryClient()
  const [{ change, flush }] = useState(() => createQualitySaver(client))
  useEffect(() => {
    const forget = onStoreAll(flush)
    return () => {
      forget()
      void flush()
    }
  }, [flush])
  return change
}
