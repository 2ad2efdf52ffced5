import type { Marks } from '../../../../../shared/review'
import { useMemo } from 'react'
import { useActions } from '../../../app/keys/useActions'
import { useStable } from '../../../app/state/useStable'
import { useCall, useCallMutation } from '../../../api/queries'

export const noMarks: Marks = { flaggedBy: [], tags: [], comments: [], ratings: [] }

/** Returns the reviewer's flag on a pair and the names of others who flagged it, and registers its key. The result is memoized. */
export function useFlag(candidateId: number) {
  const { flaggedBy } = useCall('marks.get', { candidateId }).data ?? noMarks
  const reviewer = useCall('app.settings', {}).data?.reviewer ?? ''
  const flag = useCallMutation('marks.flag').mutate
  const isFlagged = flaggedBy.includes(reviewer)
  const { toggle } = useStable({ toggle: () => flag({ candidateId, flagged: !isFlagged }) })
  useActions({ flag: toggle })
  const others = flaggedBy.filter((name) => name !== reviewer).join(', ')
  return useMemo(() => ({ isFlagged, others, toggle }), [isFlagged, others, toggle])
}
