import type { exportCalls } from '../../shared/contract'
import { Problem } from '../../shared/problem'
import { message } from '../../shared/messages/message'
import type { CallParts } from './parts'
import type { TopicHandlers } from './ownCalls'

/** Calls about exports. */
export function createExportHandlers({ desktop, session, chosen }: CallParts): TopicHandlers<typeof exportCalls> {
  let exporting: AbortController | undefined

  return {
    'export.start': async ({ directory, ...request }) => {
      if (exporting) throw new Problem('busy', message('app.exportUnderWay'), message('app.waitForOrStop'))
      const mine = (exporting = new AbortController())
      try {
        const project = session.require().directory
        return await desktop.runJob(
          'export',
          { project, ...request, directory: chosen.requireFolder(directory) },
          { event: 'export.progress', signal: mine.signal },
        )
      } catch (error) {
        if (mine.signal.aborted) return null
        throw error
      } finally {
        exporting = undefined
      }
    },
    'export.cancel': () => {
      exporting?.abort()
      return null
    },
  }
}
