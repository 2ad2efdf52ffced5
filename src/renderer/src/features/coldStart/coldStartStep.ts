import type { ColdStartState } from '../../../../shared/contract'
import type { Stats } from '../../../../shared/domain'

export const coldStartSteps = ['draft', 'review', 'promote', 'again', 'close'] as const
export type ColdStartStep = (typeof coldStartSteps)[number]

/**
 * Returns the next step of the cold start: drafts for a few items, verdicts, pinned exemplars, drafts again, or closing it if the rule is
 * met.
 */
export function nextStep(state: ColdStartState, stats: Stats, pinned: boolean): ColdStartStep {
  if (state.met) return 'close'
  if (stats.candidates === 0) return 'draft'
  if (stats.pending > 0) return 'review'
  if (stats.accepted + stats.edited > 0 && !pinned) return 'promote'
  return 'again'
}

/** Returns the number of items to draft for at once: few enough to review, and as many as the rule requires. */
export const fewItems = (state: ColdStartState): number => Math.max(5, state.coldStart.rule.items)

/** A part of the rule, and whether it is met. */
export interface RulePart {
  readonly name: 'accepted' | 'items' | 'recent'
  readonly holds: boolean
}

/** Returns the current state of the three parts of the rule. */
export function ruleParts({ coldStart: { rule }, accepted, items, recent, recentAccepted }: ColdStartState): readonly RulePart[] {
  return [
    { name: 'accepted', holds: accepted >= rule.accepted },
    { name: 'items', holds: items >= rule.items },
    { name: 'recent', holds: recent > 0 && recentAccepted >= rule.share * recent },
  ]
}
