import type { Candidate } from '../../../../../shared/domain'
import { isTextField } from '../../../app/keys/actionFor'
import { once, useActions, useKeyScope } from '../../../app/keys/useActions'
import type { ReviewViewName } from '../../table/tableState'
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
  /** asks why it is an exemplar */
  readonly exemplarReason: () => void
  readonly exemplarFor: (reason: string | null) => void
}

/** What asks for words before it acts. */
export interface Panels {
  readonly reasons: () => void
  readonly exemplarReason: () => void
}

/** What the buttons and keys do with the candidate on the screen. */
export function reviewActions(session: ReviewSession, candidate: Candidate, editor: Editor, open: Panels): ReviewActions {
  const approve = (pin: boolean, why?: string | null) => {
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
        return session.decide({ verdict: 'accept' }, pin, why)
      case 'edit':
        editor.cancel()
        return session.decide({ verdict: 'edit', pair: approval.pair }, pin, why)
    }
  }
  const turnDown = (verdict: 'reject' | 'ignore', reason?: string) => {
    editor.cancel()
    session.decide({ verdict, ...(reason ? { reason } : {}) })
  }
  const standsApproved = isApproved(candidate) && !editor.changed
  const canBeExemplar = standsApproved || candidate.state === 'pending' || editor.changed
  return {
    accept: () => approve(false),
    edit: editor.begin,
    reject: open.reasons,
    rejectWith: (reason) => turnDown('reject', reason),
    ignore: () => turnDown('ignore'),
    exemplar: () => {
      if (standsApproved) session.pin(candidate, !candidate.pinned)
      else if (canBeExemplar) approve(true)
      else session.announce('onlyApproved')
    },
    exemplarReason: () => (canBeExemplar ? open.exemplarReason() : session.announce('onlyApproved')),
    exemplarFor: (reason) => (standsApproved ? session.pin(candidate, true, reason) : approve(true, reason)),
  }
}

/** A field that is none of the pair's, such as the search: what is typed there is no verdict. */
const isFieldElsewhere = (target: EventTarget | null) =>
  isTextField(target) && !(target instanceof Element && target.closest('[data-pair]'))

/** Keys that change the candidate: dead until it is on the screen with its media. */
export function useDecisionKeys({ accept, edit, reject, ignore, exemplar, exemplarReason }: ReviewActions, isEnabled: boolean) {
  useKeyScope({
    level: 'panel',
    isEnabled,
    actions: {
      accept: once(accept),
      edit: once(edit),
      reject: once(reject),
      ignore: once(ignore),
      exemplar: once(exemplar),
      exemplarReason: once(exemplarReason),
      saveAndAccept: (event) => (isFieldElsewhere(event.target) ? false : once(accept)(event)),
    },
  })
}

interface QueueHandlers {
  readonly search: () => void
  readonly guidelines: () => void
  readonly leaveField: (event: KeyboardEvent) => void | false
  readonly show: (view: ReviewViewName) => void
  /** undefined where another view has the keys of single pairs */
  readonly similar: (() => void | false) | undefined
}

/** Keys of the queue as a whole; going back and forth may be repeated by holding the key. */
export function useQueueKeys(session: ReviewSession, { search, guidelines, leaveField, show, similar }: QueueHandlers) {
  useActions({
    ...(similar && { previous: () => session.move(-1), next: () => session.move(1), similar }),
    desk: once(() => show('desk')),
    grid: once(() => show('grid')),
    table: once(() => show('table')),
    undo: once(() => void session.undo()),
    redo: once(() => void session.redo()),
    search: once(search),
    guidelines: once(guidelines),
    leaveField,
  })
}
