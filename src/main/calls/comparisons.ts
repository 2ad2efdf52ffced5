import type { comparisonCalls } from '../../shared/contract'
import { cancelComparison, driveComparison, isComparing } from '../generation/compare/activeComparisons'
import { listComparisons, removeComparison, requireComparison, saveVote } from '../store/comparisons/comparisons'
import type { CallParts } from './parts'
import type { TopicHandlers } from './ownCalls'

/** Code that talks to models is loaded on first use. */
const loadStart = () => import('../generation/compare/startComparison')

/** Creates the handlers of calls that compare two prompt texts. */
export function createComparisonHandlers(parts: CallParts): TopicHandlers<typeof comparisonCalls> {
  const { desktop, session, runs, db, settings, reviewer, keyFor, keyForProject } = parts
  const drive = (id: number, apiKey: string | null, failed = false) =>
    driveComparison(session.require(), id, { apiKey, failed, imageMaker: runs.imageMaker }, () => desktop.dataChanged(['comparisons']))
  const stateOf = async (id: number) =>
    (await loadStart()).describeComparison(requireComparison(db(), id, reviewer()), isComparing(session.require(), id))

  return {
    'comparison.plan': async (request) =>
      (await import('../generation/compare/planComparison')).planComparison(db(), request, settings.read().provider),
    'comparison.start': async (request) => {
      const { provider } = settings.read()
      const id = (await loadStart()).startComparison(db(), request, provider)
      drive(id, keyFor(provider))
      return stateOf(id)
    },
    'comparison.resume': ({ id, failed }) => {
      drive(id, keyForProject(requireComparison(db(), id, reviewer()).settings.provider), failed)
      return null
    },
    'comparison.cancel': async ({ id }) => {
      await cancelComparison(session.require(), id)
      return null
    },
    'comparison.list': () => listComparisons(db()),
    'comparison.get': ({ id }) => stateOf(id),
    'comparison.vote': ({ id, itemId, vote }) => {
      saveVote(db(), { id, itemId, reviewer: reviewer(), vote })
      return null
    },
    'comparison.remove': async ({ id }) => {
      await cancelComparison(session.require(), id)
      removeComparison(db(), id)
      return null
    },
    'comparison.keep': async ({ id, side }) => (await import('../generation/compare/keepSide')).keepSide(db(), id, side),
  }
}
