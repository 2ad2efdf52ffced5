import type { SnapshotFacts } from '../../../shared/snapshot'
import { costOf } from '../../generation/run/priceOf'
import { undetermined } from '../../store/candidates/languages'
import type { ChosenGroup, ChosenRun } from '../../store/snapshots/chosenFacts'
import type { SplitSizes } from './countSplits'

interface Chosen extends Pick<SnapshotFacts, 'licences' | 'sources'> {
  readonly groups: readonly ChosenGroup[]
  readonly splits: SplitSizes
  readonly runs: readonly ChosenRun[]
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/** Sums pairs by name, the most frequent one first. */
function countBy(groups: readonly ChosenGroup[], nameOf: (group: ChosenGroup) => string): { name: string; pairs: number }[] {
  return [...Map.groupBy(groups, nameOf)]
    .map(([name, same]) => ({ name, pairs: sum(same.map(({ pairs }) => pairs)) }))
    .toSorted((a, b) => b.pairs - a.pairs || (a.name < b.name ? -1 : 1))
}

/** Returns the facts stored with a snapshot. Costs are for whole runs, since calls have no price per pair. */
export function describeChosen({ groups, splits, runs, licences, sources }: Chosen): SnapshotFacts {
  const approved = groups.filter(({ state }) => state !== 'rejected')
  const pairsOf = (condition: (group: ChosenGroup) => boolean) => sum(approved.filter(condition).map(({ pairs }) => pairs))
  const sizes = Object.values(splits)
  const usedRuns = runs.map((run) => ({ ...run, pairs: pairsOf(({ runId }) => runId === run.id) })).filter(({ pairs }) => pairs > 0)
  const isDemo = new Set(runs.filter(({ settings }) => settings.provider.kind === 'demo').map(({ id }) => id))
  const modelKey = ({ settings: { provider } }: ChosenRun) => JSON.stringify([provider.kind, provider.model, provider.prices])
  return {
    counts: {
      pairs: pairsOf(() => true),
      items: sum(sizes.map(({ items }) => items)),
      media: sum(sizes.map(({ media }) => media)),
      accepted: pairsOf(({ state }) => state === 'accepted'),
      edited: pairsOf(({ state }) => state === 'edited'),
      demo: pairsOf(({ runId }) => runId !== null && isDemo.has(runId)),
      human: pairsOf(({ runId }) => runId === null),
      rejected: sum(groups.filter(({ state }) => state === 'rejected').map(({ pairs }) => pairs)),
      splits,
    },
    promptVersions: [...Map.groupBy(usedRuns, ({ promptVersionId }) => promptVersionId)].map(([id, same]) => ({
      id,
      name: same[0]?.promptName ?? null,
      pairs: sum(same.map(({ pairs }) => pairs)),
    })),
    models: [...Map.groupBy(usedRuns, modelKey).values()].flatMap((same) => {
      const [first] = same
      if (!first) return []
      const { provider } = first.settings
      const promptTokens = sum(same.map((run) => run.promptTokens))
      const completionTokens = sum(same.map((run) => run.completionTokens))
      const model = provider.kind === 'demo' ? 'demo' : provider.model
      const cost = costOf(provider, promptTokens, completionTokens)
      const pairs = sum(same.map((run) => run.pairs))
      return [{ kind: provider.kind, model, prices: provider.prices, pairs, promptTokens, completionTokens, cost }]
    }),
    reviewers: countBy(approved, ({ reviewer }) => reviewer),
    languages: countBy(approved, ({ language }) => language ?? undetermined).map(({ name, pairs }) => ({ language: name, pairs })),
    licences,
    sources,
  }
}
