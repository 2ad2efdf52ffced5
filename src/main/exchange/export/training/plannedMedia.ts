import { stat } from 'node:fs/promises'
import path from 'node:path'
import { message } from '../../../../shared/messages/message'
import { Problem, toProblem } from '../../../../shared/problem'
import type { RecordMedia, SourceMedia } from './records'
import type { MediaWriter } from './trainingMedia'

/** Replaces a file name that is the hash of content that only the export writes. */
const laterName = '…'

/**
 * Names the media of records as an export would, without writing files or reading images. A medium that was already broken at import
 * throws, as in an export; only an export detects one that broke later.
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

/** Returns the source with placeholder frames: a plan counts frames and does not decode them. */
export const planFrames = (source: SourceMedia): SourceMedia => ({
  ...source,
  frames: (count) => Promise.resolve(Array.from({ length: count }, () => source.storedName)),
})

const describe = ({ kind, sha256, fileName, width, height }: SourceMedia, name: string, bytes: number): RecordMedia => ({
  ...{ kind, path: name, sha256, fileName, width: width ?? 0, height: height ?? 0, frame: null, bytes },
  read: () => Promise.resolve(Buffer.alloc(0)),
})
