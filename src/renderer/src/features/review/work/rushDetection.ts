import type { Verdict } from '../../../../../shared/domain'

const RUSHED_SECONDS = 2
const RUSHED_IN_A_ROW = 10

/** Returns the number of pairs accepted in a row in less than two seconds each, including one more decision. */
export const countRushed = (inARow: number, verdict: Verdict, seconds: number): number =>
  verdict === 'accept' && seconds < RUSHED_SECONDS ? inARow + 1 : 0

export const isRushed = (inARow: number): boolean => inARow >= RUSHED_IN_A_ROW
