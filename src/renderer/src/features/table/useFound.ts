import type { CandidateFilter } from '../../../../shared/review'
import { useCall } from '../../api/queries'

/** How many pairs a filter finds: as far as is known at once, then counted to the end where there are many. */
export function useFound(filter: CandidateFilter): { readonly count: number | undefined; readonly more: boolean } {
  const found = useCall('candidate.found', { filter }, { staleTime: 0 }).data
  const exact = useCall('candidate.count', { filter }, { enabled: found?.more === true, staleTime: 0 }).data
  if (!found?.more) return { count: found?.count, more: false }
  return { count: exact ?? found.count, more: exact === undefined }
}
