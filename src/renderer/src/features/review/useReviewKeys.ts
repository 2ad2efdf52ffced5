import type { Candidate } from '../../../../shared/domain'
import { useActions } from '../keys/useActions'
import type { ReviewSession } from './reviewSession'
import type { Editor } from './useEditor'
import { approvalOf, isApproved } from './verdict'

export type ReviewActions = {
  readonly accept: () => void
  readonly edit: () => void
  readonly reject: () => void
  readonly rejectWith: (reason: string | undefined) => void
  readonly ignore: () => void
  readonly exemplar: () => void
}

/** What the buttons and keys do with the candidate on the screen. */
export function reviewActions(session: ReviewSession, candidate: Candidate, editor: Editor, openReasons: () => void): ReviewActions {
  const approve = (pin: boolean) => {
    const approval = approvalOf(candidate, editor.text)
    switch (approval.kind) {
      case 'empty':
        return session.announce('empty')
      case 'nothing':
        if (session.draftOf(candidate.id)) editor.discard()
        editor.cancel()
        session.pass(candidate)
        return session.announce('kept')
      case 'accept':
        editor.cancel()
        return session.decide({ verdict: 'accept' }, pin)
      case 'edit':
        editor.cancel()
        return session.decide({ verdict: 'edit', pair: approval.pair }, pin)
    }
  }
  const turnDown = (verdict: 'reject' | 'ignore', reason?: string) => {
    editor.cancel()
    session.decide({ verdict, ...(reason ? { reason } : {}) })
  }
  return {
    accept: () => approve(false),
    edit: editor.begin,
    reject: openReasons,
    rejectWith: (reason) => turnDown('reject', reason),
    ignore: () => turnDown('ignore'),
    exemplar: () => {
      if (isApproved(candidate) && !editor.changed) session.pin(candidate, !candidate.pinned)
      else if (candidate.state === 'pending' || editor.changed) approve(true)
      else session.announce('onlyApproved')
    },
  }
}

/** A key held down decides once. */
export const once = (act: () => void) => (event: KeyboardEvent) => {
  if (!event.repeat) act()
}

/** Keys that change the candidate: dead until it is on the screen with its media. */
export function useDecisionKeys({ accept, edit, reject, ignore, exemplar }: ReviewActions, enabled: boolean) {
  useActions(
    {
      accept: once(accept),
      edit: once(edit),
      reject: once(reject),
      ignore: once(ignore),
      exemplar: once(exemplar),
      saveAndAccept: once(accept),
    },
    enabled,
  )
}

interface QueueHandlers {
  readonly search: () => void
  readonly guidelines: () => void
  readonly leaveField: () => void | false
}

/** Keys of the queue as a whole; going back and forth may be repeated by holding the key. */
export function useQueueKeys(session: ReviewSession, { search, guidelines, leaveField }: QueueHandlers) {
  useActions({
    previous: () => session.move(-1),
    next: () => session.move(1),
    undo: once(() => void session.undo()),
    redo: once(() => void session.redo()),
    search: once(search),
    guidelines: once(guidelines),
    leaveField,
  })
}
