import { stat } from 'node:fs/promises'
import { basename, posix } from 'node:path'
import type { ImportRequest } from '../../../../shared/contract'
import { message } from '../../../../shared/messages/message'
import { keyOf } from '../../../media/mediaIndex'
import { walk } from '../annotationFiles'
import type { ImportProblem } from './entry'
import type { MediaFinder } from './importMedia'
import { isMediaName, isVideoName } from './mediaNamed'

/** Formats with one annotation file per image, where an image without objects may have none. */
const formats: readonly string[] = ['yolo', 'voc', 'labelme']
const maxNamed = 5

async function isDataSet({ format, file }: ImportRequest): Promise<boolean> {
  if (file === undefined || !formats.includes(format)) return false
  return /\.ya?ml$/i.test(file) || ((await stat(file).catch(() => undefined))?.isDirectory() ?? false)
}

/** Tracks the files that a finder finds, and counts the images in the media folder that have no annotation file. */
export class UnlabelledImages {
  readonly #found = new Set<string>()

  watch(finder: MediaFinder, { format }: ImportRequest): MediaFinder {
    if (!formats.includes(format)) return finder
    const find: MediaFinder['find'] = async (row) => {
      const media = await finder.find(row)
      for (const { name, file } of media) if (file !== null) this.#found.add(keyOf(posix.normalize(name)))
      return media
    }
    return { ...finder, find }
  }

  /** Returns a note about unlabelled images if a whole data set was imported; null if there are none. */
  async note(request: ImportRequest): Promise<ImportProblem | null> {
    if (!(await isDataSet(request))) return null
    const first: string[] = []
    let count = 0
    for await (const { name } of walk(request.mediaDirectory, '', (each) => isMediaName(each) && !isVideoName(each))) {
      if (this.#found.has(keyOf(name))) continue
      if (++count <= maxNamed) first.push(name)
    }
    if (count === 0) return null
    const listed = first.join(', ')
    const names = count > first.length ? message('import.row.andOthers', { names: listed }) : listed
    return { file: basename(request.file ?? ''), line: null, item: null, reason: message('import.row.unlabelledImages', { count, names }) }
  }
}
