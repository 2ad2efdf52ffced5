import type { exportCalls } from '../../shared/contract'
import type { ExportReport } from '../../shared/domain'
import { Problem, toProblem } from '../../shared/problem'
import { message } from '../../shared/messages/message'
import { addExport, listExportFolders, listExports } from '../project/exportHistory'
import type { CallParts } from './parts'
import type { TopicHandlers } from './ownCalls'

/** Calls about exports. */
export function createExportHandlers({ desktop, session, chosen }: CallParts): TopicHandlers<typeof exportCalls> {
  let exporting: AbortController | undefined
  const uuid = () => session.require().info.uuid
  const folderOf = (directory: string) => chosen.requireFolder(directory, listExportFolders(desktop.userData, uuid()))

  return {
    'export.start': async ({ directory, ...request }) => {
      if (exporting) throw new Problem('busy', message('app.exportUnderWay'), message('app.waitForOrStop'))
      const folder = folderOf(directory)
      const mine = (exporting = new AbortController())
      const project = session.require()
      const record = (result: 'done' | 'stopped' | 'failed', report: ExportReport | null, problem: Problem | null) =>
        addExport(desktop.userData, project.info.uuid, {
          at: Date.now(),
          format: request.format,
          directory: report?.directory ?? folder,
          result,
          pairs: report?.pairs ?? 0,
          leftOut: report?.leftOut.length ?? 0,
          warnings: report?.validation.issues.length ?? 0,
          problem: problem?.text ?? null,
        })
      try {
        const report = await desktop.runJob(
          'export',
          { project: project.directory, ...request, directory: folder },
          { event: 'export.progress', signal: mine.signal },
        )
        record('done', report, null)
        return report
      } catch (error) {
        if (mine.signal.aborted) {
          record('stopped', null, null)
          return null
        }
        record('failed', null, toProblem(error))
        throw error
      } finally {
        exporting = undefined
      }
    },
    'export.plan': ({ format, directory }) =>
      desktop.runJob('exportPlan', {
        project: session.require().directory,
        format,
        directory: directory === null ? null : folderOf(directory),
      }),
    'export.history': () => listExports(desktop.userData, uuid()),
    'export.cancel': () => {
      exporting?.abort()
      return null
    },
  }
}
