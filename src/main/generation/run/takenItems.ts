import { Problem } from '../../../shared/problem'
import { message } from '../../../shared/messages/message'

/** Returns how many of the items each live run has, the oldest run first. @param taken items → their runs */
export function countByRun(itemIds: readonly number[], taken: ReadonlyMap<number, number>): { runId: number; items: number }[] {
  const counts = new Map<number, number>()
  for (const id of itemIds) {
    const runId = taken.get(id)
    if (runId !== undefined) counts.set(runId, (counts.get(runId) ?? 0) + 1)
  }
  return [...counts].map(([runId, items]) => ({ runId, items })).toSorted((one, other) => one.runId - other.runId)
}

/** Nothing is left to ask, since other runs have all of the items. */
export function takenByOtherRuns(itemIds: readonly number[], taken: ReadonlyMap<number, number>): Problem {
  const runs = countByRun(itemIds, taken).map(({ runId }) => runId)
  const names = runs.join(', ')
  return new Problem(
    'busy',
    runs.length === 1 ? message('generation.runDraftsItems', { runs: names }) : message('generation.runsDraftItems', { runs: names }),
    message('generation.waitUntilDrafted'),
    { item: `run ${names}` },
  )
}
