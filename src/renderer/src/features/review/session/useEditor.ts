import { useEffect, useMemo, useState } from 'react'
import type { Candidate, Draft, Pair } from '../../../../../shared/domain'
import { useStable } from '../../../app/state/useStable'
import { createDelayedSave } from './delayedSave'
import type { ReviewSession } from './reviewSession'
import { sameText } from './verdict'

export interface Editor {
  /** Text on the screen, which is the text that an acceptance applies to. */
  readonly text: Pair
  readonly editing: boolean
  /** Whether the text differs from the stored text. */
  readonly changed: boolean
  /** Whether the text is a draft of an earlier visit. */
  readonly restored: boolean
  readonly begin: () => void
  readonly leave: () => void
  readonly change: (part: Partial<Pair>) => void
  /** Replaces text as if it had been typed, without opening the fields. */
  readonly put: (part: Partial<Pair>) => void
  /** Stores the typed text immediately instead of after the delay. */
  readonly flush: () => void
  /** Cancels the delayed save, because the text has been decided on. */
  readonly cancel: () => void
  readonly discard: () => void
}

interface Visit {
  readonly id: number
  readonly editing: boolean
  readonly typed: Pair | null
}

const untouched: Visit = { id: -1, editing: false, typed: null }

/** Returns an editor for the text of the current candidate, including undecided edits. The object is the same until its data changes. */
export function useEditor(session: ReviewSession, candidate: Candidate, stored: Draft | null): Editor {
  const [visit, setVisit] = useState(untouched)
  const [delayed] = useState(createDelayedSave)
  const { id, instruction, response } = candidate
  const kept = session.draftOf(id)
  const here = visit.id === id ? visit : null
  const draft = here?.typed ?? (kept === undefined ? stored : kept)
  const text = useMemo<Pair>(
    () => ({ instruction: draft?.instruction ?? instruction, response: draft?.response ?? response }),
    [draft?.instruction, draft?.response, instruction, response],
  )
  const changed = !sameText(text, candidate)
  const editing = here?.editing ?? false

  useEffect(() => {
    session.setTyping(editing)
    return () => session.setTyping(false)
  }, [session, editing])

  const put = (part: Partial<Pair>, opens: boolean) => {
    const typed = { ...text, ...part }
    setVisit({ id, editing: opens, typed })
    session.keepDraft(id, typed)
    const save = () => (sameText(typed, candidate) ? session.discardDraft(id) : session.saveDraft(id, typed))
    delayed.later(save)
  }

  const functions = useStable({
    forget: () => {
      if (visit !== untouched) setVisit(untouched) // Setting the same value again could still render the desk.
    },
    begin: () => setVisit({ id, editing: true, typed: here?.typed ?? null }),
    leave: () => {
      delayed.flush()
      setVisit(here?.typed ? { ...here, editing: false } : untouched)
    },
    change: (part: Partial<Pair>) => put(part, true),
    put: (part: Partial<Pair>) => put(part, editing),
    flush: delayed.flush,
    cancel: () => {
      delayed.cancel()
      functions.forget()
    },
    discard: () => {
      delayed.cancel()
      setVisit({ id, editing: false, typed: null })
      session.discardDraft(id)
    },
  })

  // Store the text typed for a pair before another pair is shown.
  useEffect(
    () => () => {
      delayed.flush()
      functions.forget()
    },
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- once for every pair
    [id, delayed, functions],
  )

  const restored = changed && !here?.typed
  return useMemo(() => ({ text, editing, changed, restored, ...functions }), [text, editing, changed, restored, functions])
}
