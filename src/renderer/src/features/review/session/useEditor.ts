import { useEffect, useMemo, useState } from 'react'
import type { Candidate, Draft, Pair } from '../../../../../shared/domain'
import { useStable } from '../../../app/state/useStable'
import { createDelayedSave } from './delayedSave'
import type { ReviewSession } from './reviewSession'
import { sameText } from './verdict'

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
  /** takes text in as if it had been typed, without opening the fields */
  readonly put: (part: Partial<Pair>) => void
  /** stores what is typed now rather than after the pause */
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

const untouched: Visit = { id: -1, editing: false, typed: null }

/** Editing in place: the text of the candidate on the screen, with what was typed and not decided on; the same object until one of these changes. */
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
      if (visit !== untouched) setVisit(untouched) // the same again would still draw the desk
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

  // What was typed for a pair is stored before another one is on the screen.
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
