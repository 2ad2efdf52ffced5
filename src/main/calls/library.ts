import fs from 'node:fs'
import type { libraryCalls } from '../../shared/contract'
import type { AnyReport } from '../../shared/domain'
import { Problem, toProblem } from '../../shared/problem'
import { isOnlyPairs } from '../../shared/imports'
import { message } from '../../shared/messages/message'
import { mediaPath } from '../media/mediaPath'
import { readForViewer } from '../media/video/videoProcess'
import { addExport, listExportFolders, listExports } from '../project/exportHistory'
import { getItem } from '../store/library/items'
import { getMedia } from '../store/library/media'
import { undoOrRedoStanding } from '../store/library/leftOut'
import { refusalOf } from '../store/sql/readOnly'
import { forgetSimilarPool } from '../store/search/similarPool'
import type { CallParts } from './parts'
import type { TopicHandlers } from './ownCalls'

/** Returns the number of pairs that were left out. */
const countLeftOut = (report: AnyReport): number =>
  'records' in report ? report.leftOut.reduce((sum, { count }) => sum + count, 0) : report.leftOut.length

/** Creates the handlers of calls about items and their media, imports and exports. */
export function createLibraryHandlers({ desktop, session, chosen, db, reviewer }: CallParts): TopicHandlers<typeof libraryCalls> {
  const videoFile = (id: number) => {
    const media = getMedia(db(), id)
    if (media?.kind !== 'video')
      throw new Problem('not-found', message('app.noVideo', { id }), message('app.chooseAnother'), { item: `video ${id}` })
    return { file: mediaPath(session.require().directory, media.storedName), name: media.fileName }
  }
  let importing: AbortController | undefined
  let exporting: AbortController | undefined
  const uuid = () => session.require().info.uuid
  const folderOf = (directory: string) => chosen.requireFolder(directory, listExportFolders(desktop.userData, uuid()))

  return {
    'media.frameTimes': async ({ id }) => {
      const { directory } = session.require()
      const media = getMedia(db(), id)
      if (media?.kind !== 'video' || media.problem !== null) return []
      return desktop.runJob('frameTimes', { file: mediaPath(directory, media.storedName), name: media.fileName })
    },
    'media.frame': ({ id, index }) => readForViewer('exactFrame', { ...videoFile(id), index }),
    'media.prepareFrame': ({ id, index }) => readForViewer('prepareFrame', { ...videoFile(id), index }),
    'media.fault': ({ id }) => {
      const media = getMedia(db(), id)
      if (!media) throw new Problem('not-found', message('app.noMedium', { id }), message('app.chooseAnother'), { item: `medium ${id}` })
      return desktop.runJob('mediaFault', { project: session.require().directory, media })
    },
    'item.get': ({ id }) => {
      const item = getItem(db(), id)
      if (!item) throw new Problem('not-found', message('app.noItem', { id }), message('app.chooseAnother'), { item: `item ${id}` })
      return item
    },
    'item.ids': ({ filter, sort }) =>
      desktop.runJob('itemIds', { project: session.require().directory, reviewer: reviewer(), filter, sort }),
    'item.setStanding': (step) => {
      const { directory, db: open } = session.require()
      const refused = refusalOf(open)
      if (refused) throw refused
      return desktop.runJob('setStanding', { project: directory, reviewer: reviewer(), ...step })
    },
    'item.undo': () => undoOrRedoStanding(db(), reviewer(), 'undo'),
    'item.redo': () => undoOrRedoStanding(db(), reviewer(), 'redo'),
    'import.drop': ({ paths }) => {
      for (const dropped of paths)
        if (fs.statSync(dropped, { throwIfNoEntry: false })?.isDirectory()) chosen.addFolder(dropped)
        else chosen.addFile(dropped)
      return paths
    },
    'import.inspect': async ({ paths }) => {
      for (const source of paths) chosen.requireSource(source)
      const inspection = await desktop.runJob('inspectSources', { paths })
      // Main found this folder next to the dropped files; the page did not name it.
      for (const { request } of inspection.sources) chosen.addFolder(request.mediaDirectory)
      return inspection
    },
    'import.start': async (request) => {
      const { file, captions, instances, files, activities, mediaDirectory } = request
      for (const source of [file, captions, instances, files, activities, mediaDirectory])
        if (source !== undefined) chosen.requireSource(source)
      if (importing) throw new Problem('busy', message('app.importUnderWay'), message('app.waitForOrCancel'))
      importing = new AbortController()
      try {
        const project = session.require().directory
        return await desktop.runJob(
          'import',
          { project, request, reviewer: reviewer() },
          { event: 'import.progress', signal: importing.signal },
        )
      } finally {
        importing = undefined
        forgetSimilarPool(db())
        desktop.dataChanged(request.pairs === undefined && !isOnlyPairs(request.format) ? ['items'] : ['items', 'pairs', 'coldStart'])
      }
    },
    'import.cancel': () => {
      importing?.abort()
      return null
    },
    'export.start': async ({ directory, ...request }) => {
      if (exporting) throw new Problem('busy', message('app.exportUnderWay'), message('app.waitForOrStop'))
      const folder = folderOf(directory)
      const mine = (exporting = new AbortController())
      const project = session.require()
      const record = (result: 'done' | 'stopped' | 'failed', report: AnyReport | null, problem: Problem | null) =>
        addExport(desktop.userData, project.info.uuid, {
          at: Date.now(),
          format: request.format,
          ...(request.choices && { choices: request.choices }),
          ...(request.snapshotId !== undefined && { snapshotId: request.snapshotId }),
          directory: report?.directory ?? folder,
          result,
          pairs: report?.pairs ?? 0,
          leftOut: report ? countLeftOut(report) : 0,
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
    'export.plan': ({ directory, ...request }) =>
      desktop.runJob('exportPlan', {
        project: session.require().directory,
        ...request,
        directory: directory === null ? null : folderOf(directory),
      }),
    'export.history': () => listExports(desktop.userData, uuid()),
    'export.cancel': () => {
      exporting?.abort()
      return null
    },
  }
}
