import { basename } from 'node:path'
import { z } from 'zod'
import type { ImportRequest } from '../../../../../shared/contract'
import { message } from '../../../../../shared/messages/message'
import { namesToTry } from '../../annotationFiles'
import { type ImportEntry, problemEntry, requireImportFile, schemaFault } from '../../row/entry'
import { badFile } from '../../text/readLines'
import { keysOf, LeftOut } from '../../row/leftOut'
import { readJsonEntries } from '../../json/readJsonStream'
import { toContext } from '../../row/shapes'

const imageSchema = z.looseObject({
  imgid: z.union([z.number().int(), z.string()]).optional(),
  filename: z.string().min(1),
  filepath: z.string().optional(),
  sentences: z.array(z.looseObject({ raw: z.string() })),
})

const imageKeys = keysOf('imgid filename filepath sentences sentids cocoid')
const sentenceKeys = keysOf('raw tokens sentid imgid')

/**
 * Reads a split of Karpathy and Fei-Fei (`dataset_coco.json`, `dataset_flickr30k.json`;
 * https://cs.stanford.edu/people/karpathy/deepimagesent/): `{images: [{imgid, filename, filepath, split, sentences: [{raw}]}]}`. An image
 * is an item with its sentences as captions. The part of the split is not imported, which a note reports.
 */
export async function* readKarpathy(request: ImportRequest): AsyncGenerator<ImportEntry, void, undefined> {
  const file = requireImportFile(request)
  const name = basename(file)
  const leftOut = new LeftOut()
  let hasImages = false
  for await (const { key, index, line, value } of readJsonEntries(file, (each) => each === 'images')) {
    if (key !== 'images') continue
    hasImages = true
    if (index === null) continue
    const image = imageSchema.safeParse(value)
    if (!image.success) {
      yield problemEntry(
        name,
        line,
        null,
        message('import.karpathy.imageOfList', { number: index + 1, reason: schemaFault(image.error, '') }),
      )
      continue
    }
    const { imgid, filename, filepath, sentences } = image.data
    const id = String(imgid ?? filename)
    leftOut.addKeys(image.data, imageKeys, id)
    for (const sentence of sentences) leftOut.addKeys(sentence, sentenceKeys, id, 'sentences.')
    const captions = leftOut.trim(
      id,
      sentences.map(({ raw }) => raw),
    )
    const [wanted, ...others] = namesToTry(filename, filepath === undefined ? undefined : `${filepath}/${filename}`)
    yield {
      kind: 'row',
      file: name,
      line,
      id,
      mediaNames: [wanted],
      otherNames: [others],
      context: toContext({ captions }),
    }
  }
  if (!hasImages) throw badFile(file, message('import.karpathy.notKarpathyFile'))
  yield* leftOut.notes(name)
}
