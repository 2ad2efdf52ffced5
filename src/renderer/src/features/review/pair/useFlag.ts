import type { Marks } from '../../../../../shared/review'
import { useActions } from '../../../app/keys/useActions'
import { useCall, useCallMutation } from '../../../api/queries'

export const noMarks: Marks = { flaggedBy: [], tags: [], comments: [], ratings: [] }

/** The flag of the reviewer on a pair, who else flagged it, and its key. */
export function useFlag(candidateId: number) {
  const { flaggedBy } = useCall('marks.get', { candidateId }).data ?? noMarks
  const reviewer = useCall('app.settings', {}).data?.reviewer ?? ''
  const flag = useCallMutation('marks.flag').mutate
  const isFlagged = flaggedBy.includes(reviewer)
  const toggle = () => flag({ candidateId, flagged: !isFlagged })
  useActions({ flag: toggle })
  return { isFlagged, others: flaggedBy.filter((name) => name !== reviewer), toggle }
}
