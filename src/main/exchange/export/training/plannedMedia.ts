import { stat } from 'node:fs/promises'
import path from 'node:path'
import { message } from '../../../../shared/messages/message'
import { Problem, toProblem } from '../../../../shared/problem'
import type { RecordMedia, SourceMedia } from './records'
import type { MediaWriter } from './trainingMedia'

/** Stands in a record where the name of a file is the hash of what an export will write. */
const laterName = '…'

/**
 * Names the media of records as an export would, and writes nothing: a plan of a large set reads no image. A medium that was found broken
 * when it was imported throws as it would in an export; one that broke since is found by the export alone.
 */
export const plannedMedia: MediaWriter = {
  async take(source) {
    const file = source.path()
    const { size } = await stat(file).catch((error: unknown) => {
      throw toProblem(error, source.fileName)
    })
    if (source.problem !== null)
      throw new Problem('bad-media', source.problem, message('training.restoreMedium'), { item: source.fileName })
    return describe(source, `media/${source.sha256}${path.extname(source.storedName)}`, size)
  },
  takeFrame: (_, of) => Promise.resolve(describe({ ...of, kind: 'image' }, `media/${laterName}.jpg`, 0)),
}

/** Frames of a plan are counted, not decoded. */
export const planFrames = (source: SourceMedia): SourceMedia => ({
  ...source,
  frames: (count) => Promise.resolve(Array.from({ length: count }, () => source.storedName)),
})

const describe = ({ kind, sha256, fileName, width, height }: SourceMedia, name: string, bytes: number): RecordMedia => ({
  ...{ kind, path: name, sha256, fileName, width: width ?? 0, height: height ?? 0, frame: null, bytes },
  read: () => Promise.resolve(Buffer.alloc(0)),
})
