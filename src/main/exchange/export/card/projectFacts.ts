import type { Counts } from '../../../../shared/domain'
import { costOf } from '../../../generation/run/priceOf'
import { agreementOf } from '../../../quality/ownFigures'
import { readCounts } from '../../../store/candidates/counts'
import { countOutcomesByReviewer } from '../../../store/quality/attentionChecks'
import { readAgreementCells } from '../../../store/quality/secondReviewQueue'
import { listRunUsage } from '../../../store/runs/runs'
import type { ReadableDb } from '../../../store/sql/types'

/** Facts about the project of a data set, for its card. */
export interface ProjectFacts {
  /** Number of pairs by state, including pairs outside of the set. */
  readonly counts: Counts
  /**
   * Number of pairs that two reviewers judged, number on which they agreed, and Cohen's kappa; null if chance alone would explain the
   * agreement.
   */
  readonly agreement: { readonly pairs: number; readonly agreed: number; readonly kappa: number | null }
  readonly checks: { readonly caught: number; readonly missed: number }
  /** Cost of all runs; `dollars` sums the runs with known prices, `unpriced` is the number of the others. */
  readonly cost: { readonly dollars: number; readonly unpriced: number; readonly promptTokens: number; readonly completionTokens: number }
}

export function readProjectFacts(db: ReadableDb): ProjectFacts {
  const checks = { caught: 0, missed: 0 }
  for (const { caught, missed } of countOutcomesByReviewer(db).values()) {
    checks.caught += caught
    checks.missed += missed
  }
  const cost = { dollars: 0, unpriced: 0, promptTokens: 0, completionTokens: 0 }
  for (const { provider, promptTokens, completionTokens } of listRunUsage(db)) {
    const dollars = costOf(provider, promptTokens, completionTokens)
    if (dollars === null) cost.unpriced += 1
    else cost.dollars += dollars
    cost.promptTokens += promptTokens
    cost.completionTokens += completionTokens
  }
  return { counts: readCounts(db), agreement: agreementOf(readAgreementCells(db)), checks, cost }
}
