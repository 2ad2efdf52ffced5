import type { runCalls } from '../../shared/contract'
import type { Call } from '../../shared/domain'
import { getGenerationSettings } from '../store/project/project'
import { listCalls } from '../store/runs/calls'
import { claimRun, requireRun } from '../store/runs/runs'
import type { CallParts } from './parts'
import type { TopicHandlers } from './ownCalls'

/** Creates the handlers of calls about runs. */
export function createRunHandlers(parts: CallParts): TopicHandlers<typeof runCalls> {
  const { desktop, session, runs, db, settings, keyFor, keyForProject, view } = parts
  return {
    'run.start': async (request) => {
      const startRun = (await import('../generation/run/startRun')).startRun
      const { provider } = settings.read()
      const project = session.require()
      const run = startRun(project.db, { ...request, provider, generation: getGenerationSettings(project.db) })
      runs.drive(project, run, keyFor(provider))
      return run
    },
    'run.estimate': async (request) => {
      const { estimateRun } = await import('../generation/run/estimateRun')
      return estimateRun(db(), { ...request, provider: settings.read().provider, generation: getGenerationSettings(db()) })
    },
    'run.resume': ({ runId, itemIds }) => {
      const project = session.require()
      runs.requireIdle(runId)
      claimRun(project.db, runId)
      const run = requireRun(project.db, runId)
      runs.drive(project, run, keyForProject(run.settings.provider), itemIds)
      return run
    },
    'run.pause': async ({ runId }) => {
      await runs.pause(runId)
      return null
    },
    'run.cancel': async ({ runId }) => {
      await runs.cancel(runId)
      return null
    },
    'run.list': () => runs.list(session.require()),
    'run.failures': ({ runId }) => desktop.runJob('failureGroups', { project: session.require().directory, runId }),
    'run.calls': (request) => {
      const isHidden = ({ state }: Call) => state === 'succeeded' && view.hidesReplies()
      return listCalls(db(), request).map((call) => (isHidden(call) ? { ...call, reply: null } : call))
    },
  }
}
