import type { Verdict } from '../../../../../shared/domain'

const HASTY_SECONDS = 2
const HASTY_RUN = 10

/** How many have been accepted in a row, each in less than two seconds, after one more decision. */
export const hasteAfter = (run: number, verdict: Verdict, seconds: number): number =>
  verdict === 'accept' && seconds < HASTY_SECONDS ? run + 1 : 0

export const isHurried = (run: number): boolean => run >= HASTY_RUN
