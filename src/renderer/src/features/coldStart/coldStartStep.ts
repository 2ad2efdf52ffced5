import type { ColdStartState } from '../../../../shared/contract'
import type { Stats } from '../../../../shared/domain'

export const coldStartSteps = ['draft', 'review', 'promote', 'again', 'close'] as const
export type ColdStartStep = (typeof coldStartSteps)[number]

/** What the cold start needs next: drafts for a few items, verdicts, pinned exemplars, drafts again; or its end, where the rule holds. */
export function nextStep(state: ColdStartState, stats: Stats, pinned: boolean): ColdStartStep {
  if (state.met) return 'close'
  if (stats.candidates === 0) return 'draft'
  if (stats.pending > 0) return 'review'
  if (stats.accepted + stats.edited > 0 && !pinned) return 'promote'
  return 'again'
}

/** Items to draft for at once: few enough to review, and as many as the rule asks for. */
export const fewItems = (state: ColdStartState): number => Math.max(5, state.coldStart.rule.items)

/** One part of the rule, and whether it holds. */
export interface RulePart {
  readonly name: 'accepted' | 'items' | 'recent'
  readonly holds: boolean
}

/** The three parts of the rule as they stand. */
export function ruleParts({ coldStart: { rule }, accepted, items, recent, recentAccepted }: ColdStartState): readonly RulePart[] {
  return [
    { name: 'accepted', holds: accepted >= rule.accepted },
    { name: 'items', holds: items >= rule.items },
    { name: 'recent', holds: recent > 0 && recentAccepted >= rule.share * recent },
  ]
}
