import type { CandidateFilter } from '../../../../shared/review'
import { useCall } from '../../api/queries'

/**
 * Returns the number of pairs that match a filter. For large results, first returns a partial count with `more`, then the exact count.
 * @param isNeeded false: nothing is read
 */
export function useFound(filter: CandidateFilter, isNeeded = true): { readonly count: number | undefined; readonly more: boolean } {
  const found = useCall('candidate.found', { filter }, { enabled: isNeeded, staleTime: 0 }).data
  const exact = useCall('candidate.count', { filter }, { enabled: isNeeded && found?.more === true, staleTime: 0 }).data
  if (!found?.more) return { count: found?.count, more: false }
  return { count: exact ?? found.count, more: exact === undefined }
}
