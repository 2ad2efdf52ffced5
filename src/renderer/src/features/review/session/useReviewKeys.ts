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
  /** Asks why the pair is an exemplar. */
  readonly exemplarReason: () => void
  readonly exemplarFor: (reason: string | null) => void
}

/** Functions that open the panels that ask for a reason. */
export interface Panels {
  readonly reasons: () => void
  readonly exemplarReason: () => void
}

/** Returns the actions of the buttons and keys for the current candidate. */
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

/** Returns whether a target is a text field outside the pair, such as the search. Text typed there is not a verdict. */
const isFieldElsewhere = (target: EventTarget | null) =>
  isTextField(target) && !(target instanceof Element && target.closest('[data-pair]'))

/** Registers the keys that change the candidate. They are disabled until the candidate and its media are on the screen. */
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
  /** Undefined if another view handles the keys for single pairs. */
  readonly similar: (() => void | false) | undefined
}

/** Registers the keys of the queue. The keys for the previous and next pair repeat while held down. */
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
