import { useState } from 'react'
import type { Candidate } from '../../../../shared/domain'
import type { BulkTarget } from '../../../../shared/review'
import { useCallMutation } from '../../api/queries'
import { once, useActions } from '../../app/keys/useActions'
import { showDone } from '../../components/showProblem'
import { i18n } from '../../i18n'
import type { ReviewSession } from '../review/session/reviewSession'
import { approvalOf, isApproved } from '../review/session/verdict'

/** The pair or pairs that a key or button acts on. */
export interface Chosen {
  readonly target: BulkTarget
  /** Number of pairs in the target. */
  readonly count: number
  /** Current versions of the pairs that have been read. */
  readonly candidates: readonly Candidate[]
  /** Whether the reviewer has flagged the pairs. */
  readonly isFlagged: boolean
}

/** The open panel that asks for input before an action; null if none. */
export type VerdictPanel = 'reasons' | 'tag' | null

/** Maximum number of pairs that can become exemplars at once. More are probably a mistake. */
const MAX_EXEMPLARS = 100

interface Options {
  readonly session: ReviewSession
  /** Returns the selected or active pairs, or null if there are none or their count is not known yet. */
  readonly chosen: () => Chosen | null
  readonly isEnabled: boolean
  /** Called after a decision. `isOne` is whether a single pair was decided, so that the next one should become active. */
  readonly onDone: (isOne: boolean) => void
  /** Called after marks were changed. They are not part of the data that decisions update. */
  readonly onMarked: () => void
}

/** Provides verdicts and marks for the grid and the table. A single pair is handled as on the desk, several pairs in one action. */
export function useVerdicts({ session, chosen, isEnabled, onDone, onMarked }: Options) {
  const [panel, setPanel] = useState<VerdictPanel>(null)
  const flagMany = useCallMutation('bulk.flag', { onSuccess: onMarked }).mutate
  const flagOne = useCallMutation('marks.flag', { onSuccess: onMarked }).mutate
  const tagMany = useCallMutation('bulk.tag', {
    onSuccess: ({ changed }) => {
      showDone(i18n.t('review.bulkMarked', { count: changed }))
      onMarked()
    },
  }).mutate

  function decide(verdict: 'accept' | 'reject' | 'ignore' | 'reopen', reason?: string): void {
    const picked = chosen()
    if (!picked) return
    const { target, count, candidates } = picked
    const [only] = candidates
    const isOne = count === 1 && only !== undefined
    if (isOne && verdict === 'accept') {
      const approval = approvalOf(only, only)
      if (approval.kind === 'empty') return session.announce('empty')
      if (approval.kind === 'nothing') session.announce('kept')
      else session.decideOn(only, { verdict })
    } else if (isOne) session.decideOn(only, { verdict, ...(reason ? { reason } : {}) })
    else session.decideMany({ target, verdict, ...(reason ? { reason } : {}) }, candidates)
    onDone(isOne)
  }

  function flag(): void {
    const picked = chosen()
    if (!picked) return
    const { target, count, candidates, isFlagged } = picked
    const [only] = candidates
    if (count === 1 && only) flagOne({ candidateId: only.id, flagged: !isFlagged })
    else flagMany({ target, flagged: !isFlagged })
  }

  /** Accepts and pins a pending pair, or toggles the pin of an approved one. Of several pairs, pending ones are accepted in one action. */
  function makeExemplar(): void {
    const picked = chosen()
    if (!picked) return
    const { count, candidates } = picked
    const [only] = candidates
    if (candidates.length !== count || count > MAX_EXEMPLARS) return showDone(i18n.t('grid.tooManyExemplars', { count: MAX_EXEMPLARS }))
    if (count === 1 && only) {
      if (isApproved(only)) return session.pin(only, !only.pinned)
      if (only.state !== 'pending') return session.announce('onlyApproved')
      session.decideOn(only, { verdict: 'accept' }, true)
      return onDone(true)
    }
    const waiting = candidates.filter(({ state }) => state === 'pending')
    const approved = candidates.filter(isApproved)
    if (waiting.length > 0) session.decideMany({ target: { ids: waiting.map(({ id }) => id) }, verdict: 'accept' }, waiting)
    for (const candidate of [...approved, ...waiting]) session.pin(candidate, true)
    onDone(false)
  }

  const actions = {
    accept: () => decide('accept'),
    ignore: () => decide('ignore'),
    reopen: () => decide('reopen'),
    reject: () => chosen() && setPanel('reasons'),
    rejectWith: (reason: string | undefined) => {
      setPanel(null)
      decide('reject', reason)
    },
    exemplar: makeExemplar,
    flag,
    askTag: () => chosen() && setPanel('tag'),
    tagWith: (tag: string) => {
      const picked = chosen()
      setPanel(null)
      if (picked) tagMany({ target: picked.target, tag, tagged: true })
    },
    closePanel: () => setPanel(null),
  }
  useActions(
    {
      accept: once(actions.accept),
      reject: once(() => void actions.reject()),
      ignore: once(actions.ignore),
      exemplar: once(actions.exemplar),
      flag: once(actions.flag),
    },
    isEnabled && panel === null,
  )
  return { panel, actions }
}
export type VerdictActions = ReturnType<typeof useVerdicts>['actions']
