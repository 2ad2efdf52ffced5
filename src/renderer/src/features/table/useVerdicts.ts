import { useState } from 'react'
import type { Candidate } from '../../../../shared/domain'
import type { BulkTarget } from '../../../../shared/review'
import { useCallMutation } from '../../api/queries'
import { once, useActions } from '../../app/keys/useActions'
import { showDone } from '../../components/showProblem'
import { i18n } from '../../i18n'
import type { ReviewSession } from '../review/session/reviewSession'
import { approvalOf, isApproved } from '../review/session/verdict'

/** What a key or button acts on: one pair, or the pairs of a selection. */
export interface Chosen {
  readonly target: BulkTarget
  /** pairs of the target */
  readonly count: number
  /** those of them that are known, as they are now */
  readonly candidates: readonly Candidate[]
  /** whether the reviewer has flagged them */
  readonly isFlagged: boolean
}

/** What asks for words before it acts. */
export type VerdictPanel = 'reasons' | 'tag' | null

/** Exemplars are chosen with care; more at a time are a slip. */
const MAX_EXEMPLARS = 100

interface Options {
  readonly session: ReviewSession
  /** what is selected, or pointed at; null where there is nothing, or its count is not known yet */
  readonly chosen: () => Chosen | null
  readonly isEnabled: boolean
  /** `isOne`: one pair was decided, so that the pointer goes on */
  readonly onDone: (isOne: boolean) => void
  /** marks were changed, which no decision shows */
  readonly onMarked: () => void
}

/** Verdicts and marks in the grid and the table, at once, by the ways of the desk: on one pair as there, on several in one step. */
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

  /** As on the desk: accepts with a pin, or changes the pin of what is approved. Of several, those that wait are accepted in one step. */
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
