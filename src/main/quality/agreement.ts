import type { Agreement } from '../../shared/quality'
import type { AgreementCells } from '../store/quality/secondReviewQueue'

/**
 * The share of pairs that two reviewers judged alike, and Cohen's kappa: how far they agree beyond what chance would bring, 1 for always,
 * 0 for as often as chance (J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20,
 * 1960, 37–46). Its classes are the states after the verdicts: two edits are alike here, whatever their texts. It is null where nothing
 * was looked at twice, and where both always said the same one thing, since chance alone would do that.
 */
export function agreementOf(cells: AgreementCells): Agreement {
  const sum = (of: (cell: AgreementCells[number]) => boolean) => cells.reduce((total, cell) => total + (of(cell) ? cell.pairs : 0), 0)
  const pairs = sum(() => true)
  const agreed = sum(({ first, second }) => first === second)
  const states = new Set(cells.flatMap(({ first, second }) => [first, second]))
  let byChance = 0
  for (const state of states) byChance += sum(({ first }) => first === state) * sum(({ second }) => second === state)
  const expected = pairs === 0 ? 1 : byChance / pairs ** 2
  return { pairs, agreed, kappa: expected === 1 ? null : (agreed / pairs - expected) / (1 - expected) }
}
