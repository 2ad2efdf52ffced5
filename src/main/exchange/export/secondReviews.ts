import type { PairTrace } from '../../store/candidates/traces'

/** Second reviews of a pair as exports write them. Times are ISO 8601, UTC. */
export const describeSecondReviews = (reviews: PairTrace['secondReviews']) =>
  reviews.map(({ outcome, verdict, reviewer, reason, instruction, response, decidedAt }) => ({
    ...{ outcome, verdict, reviewer, at: new Date(decidedAt).toISOString() },
    ...(reason === null ? {} : { reason }),
    ...(verdict === 'edit' ? { instruction, response } : {}),
  }))
