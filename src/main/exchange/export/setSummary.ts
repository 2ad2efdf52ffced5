import { version } from '../../../../package.json'
import type { ProviderKind } from '../../../shared/domain'
import type { ApprovedPair } from '../../store/candidates/approved'

export const generator = `Exemplar ${version}`
export const generatorVersion: string = version

export interface SetSummary {
  readonly pairs: number
  readonly demoPairs: number
  /** written by people */
  readonly humanPairs: number
  /** in the order of the alphabet */
  readonly reviewers: readonly string[]
  readonly models: readonly { readonly provider: ProviderKind; readonly model: string }[]
  /** of the last decision, milliseconds since 1970; 0 without any. It dates the set, so that the same pairs make the same files. */
  readonly decidedAt: number
}

export const isDemo = ({ candidate }: Pick<ApprovedPair, 'candidate'>): boolean => candidate.provider === 'demo'

/** Counts the pairs of a set and who made it. */
export function createSetSummary(): { add(pair: ApprovedPair): void; read(): SetSummary } {
  const reviewers = new Set<string>()
  const models = new Map<string, { provider: ProviderKind; model: string }>()
  let pairs = 0
  let demoPairs = 0
  let humanPairs = 0
  let decidedAt = 0
  return {
    add(pair) {
      const { provider, model } = pair.candidate
      pairs += 1
      if (isDemo(pair)) demoPairs += 1
      reviewers.add(pair.decision.reviewer)
      if (provider === null || model === null) humanPairs += 1
      else models.set(`${provider} ${model}`, { provider, model })
      decidedAt = Math.max(decidedAt, pair.decision.decidedAt)
    },
    read: () => ({
      pairs,
      demoPairs,
      humanPairs,
      reviewers: [...reviewers].toSorted(),
      models: [...models].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, model]) => model),
      decidedAt,
    }),
  }
}

/** What a set's meta says of pairs that no model drafted: nothing of demo pairs, or of people's, in a set without them. */
export function originMarks({ demoPairs, humanPairs }: SetSummary): { demo?: true; demo_pairs?: number; human_pairs?: number } {
  return { ...(demoPairs > 0 ? { demo: true, demo_pairs: demoPairs } : {}), ...(humanPairs > 0 ? { human_pairs: humanPairs } : {}) }
}
