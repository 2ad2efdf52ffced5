import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Candidate, Draft, Pair } from '../../../../shared/domain'
import { beginWrite } from '../../state/writes'
import type { ReviewSession } from './reviewSession'
import { sameText } from './verdict'

/** Typing waits no longer than this to be stored, also where there is no pause: with the way to the disk it stays below 300 ms. */
const SAVE_MS = 200

export interface Editor {
  /** what stands on the screen, and what an acceptance accepts */
  readonly text: Pair
  readonly editing: boolean
  /** differs from the stored text */
  readonly changed: boolean
  /** a draft of an earlier visit */
  readonly restored: boolean
  readonly begin: () => void
  readonly leave: () => void
  readonly change: (part: Partial<Pair>) => void
  /** stores what is typed now rather than in a moment */
  readonly flush: () => void
  /** forgets what waits to be stored: it has been decided on */
  readonly cancel: () => void
  readonly discard: () => void
}

interface Visit {
  readonly id: number
  readonly editing: boolean
  readonly typed: Pair | null
}

/** Editing in place: the text of the candidate on the screen, with what was typed and not decided on. */
export function useEditor(session: ReviewSession, candidate: Candidate, stored: Draft | null): Editor {
  const [visit, setVisit] = useState<Visit>({ id: candidate.id, editing: false, typed: null })
  const waiting = useRef<{
    readonly id: number
    readonly timer: ReturnType<typeof setTimeout>
    readonly save: () => void
    readonly end: () => void
  } | null>(null)
  const { id, instruction, response } = candidate
  if (visit.id !== id) setVisit({ id, editing: false, typed: null })
  const kept = session.draftOf(id)
  const here = visit.id === id ? visit : null
  const draft = here?.typed ?? (kept === undefined ? stored : kept)
  const text = useMemo<Pair>(
    () => ({ instruction: draft?.instruction ?? instruction, response: draft?.response ?? response }),
    [draft?.instruction, draft?.response, instruction, response],
  )
  const changed = !sameText(text, candidate)
  const editing = here?.editing ?? false

  const cancel = useCallback(() => {
    clearTimeout(waiting.current?.timer)
    waiting.current?.end()
    waiting.current = null
  }, [])
  const flush = useCallback(() => {
    const { current } = waiting
    cancel()
    current?.save()
  }, [cancel])
  useEffect(
    () => () => {
      if (waiting.current?.id === id) flush()
    },
    [id, flush],
  )
  useEffect(() => {
    session.setTyping(editing)
    return () => session.setTyping(false)
  }, [session, editing])

  return {
    text,
    editing,
    changed,
    restored: changed && !here?.typed,
    begin: () => setVisit({ id, editing: true, typed: here?.typed ?? null }),
    leave: () => {
      flush()
      setVisit({ id, editing: false, typed: here?.typed ?? null })
    },
    change: (part) => {
      const typed = { ...text, ...part }
      setVisit({ id, editing: true, typed })
      session.keepDraft(id, typed)
      const save = () => (sameText(typed, candidate) ? session.discardDraft(id) : session.saveDraft(id, typed))
      // The next letter does not put it off.
      if (waiting.current?.id === id) waiting.current = { ...waiting.current, save }
      else {
        flush()
        waiting.current = { id, save, timer: setTimeout(flush, SAVE_MS), end: beginWrite() }
      }
    },
    flush,
    cancel: () => {
      cancel()
      setVisit({ id, editing: false, typed: null })
    },
    discard: () => {
      cancel()
      setVisit({ id, editing: false, typed: null })
      session.discardDraft(id)
    },
  }
}
