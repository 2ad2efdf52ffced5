import { version } from '../../../../package.json'
import type { ProviderKind } from '../../../shared/domain'
import type { ApprovedPair } from '../../store/approved'

export const generator = `Exemplar ${version}`
export const generatorVersion: string = version

export interface SetSummary {
  readonly pairs: number
  readonly demoPairs: number
  /** in the order of the alphabet */
  readonly reviewers: readonly string[]
  readonly models: readonly { readonly provider: ProviderKind; readonly model: string }[]
  /** of the last decision, milliseconds since 1970; 0 without any. It dates the set, so that the same pairs make the same files. */
  readonly decidedAt: number
}

export const isDemo = ({ candidate }: ApprovedPair): boolean => candidate.provider === 'demo'

/** Counts the pairs of a set and who made it. */
export function createSetSummary(): { add(pair: ApprovedPair): void; read(): SetSummary } {
  const reviewers = new Set<string>()
  const models = new Map<string, { provider: ProviderKind; model: string }>()
  let pairs = 0
  let demoPairs = 0
  let decidedAt = 0
  return {
    add(pair) {
      const { provider, model } = pair.candidate
      pairs += 1
      if (isDemo(pair)) demoPairs += 1
      reviewers.add(pair.decision.reviewer)
      models.set(`${provider} ${model}`, { provider, model })
      decidedAt = Math.max(decidedAt, pair.decision.decidedAt)
    },
    read: () => ({
      pairs,
      demoPairs,
      reviewers: [...reviewers].toSorted(),
      models: [...models].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, model]) => model),
      decidedAt,
    }),
  }
}

/** The demo marker of a set's meta: nothing in a set that no demo pair is in. */
export function demoMarker(summary: SetSummary): { demo: true; demo_pairs: number } | Record<string, never> {
  return summary.demoPairs > 0 ? { demo: true, demo_pairs: summary.demoPairs } : {}
}
