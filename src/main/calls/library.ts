import type { libraryCalls } from '../../shared/contract'
import { Problem } from '../../shared/problem'
import { message } from '../../shared/messages/message'
import { mediaPath } from '../media/mediaPath'
import { readForViewer } from '../media/video/videoProcess'
import { getItem } from '../store/library/items'
import { getMedia } from '../store/library/media'
import { forgetSimilarPool } from '../store/search/similarPool'
import type { CallParts } from './parts'
import type { TopicHandlers } from './ownCalls'

/** Calls about items and their media, imports and exports. */
export function createLibraryHandlers({ desktop, session, chosen, db }: CallParts): TopicHandlers<typeof libraryCalls> {
  const videoFile = (id: number) => {
    const media = getMedia(db(), id)
    if (media?.kind !== 'video')
      throw new Problem('not-found', message('app.noVideo', { id }), message('app.chooseAnother'), { item: `video ${id}` })
    return { file: mediaPath(session.require().directory, media.storedName), name: media.fileName }
  }
  let importing: AbortController | undefined
  let exporting: AbortController | undefined

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
    'import.start': async (request) => {
      const { file, captions, instances, files, activities, mediaDirectory } = request
      for (const source of [file, captions, instances, files, activities, mediaDirectory])
        if (source !== undefined) chosen.requireSource(source)
      if (importing) throw new Problem('busy', message('app.importUnderWay'), message('app.waitForOrCancel'))
      importing = new AbortController()
      try {
        const project = session.require().directory
        return await desktop.runJob('import', { project, request }, { event: 'import.progress', signal: importing.signal })
      } finally {
        importing = undefined
        forgetSimilarPool(db())
        desktop.dataChanged(['items'])
      }
    },
    'import.cancel': () => {
      importing?.abort()
      return null
    },
    'export.start': async ({ format, directory }) => {
      if (exporting) throw new Problem('busy', message('app.exportUnderWay'), message('app.waitForOrStop'))
      const mine = (exporting = new AbortController())
      try {
        const project = session.require().directory
        return await desktop.runJob(
          'export',
          { project, format, directory: chosen.requireFolder(directory) },
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
