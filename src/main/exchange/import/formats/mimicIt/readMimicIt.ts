import { basename } from 'node:path'
import { z } from 'zod'
import type { ImportRequest } from '../../../../../shared/contract'
import type { Context } from '../../../../../shared/domain'
import { message } from '../../../../../shared/messages/message'
import { type Gathering, openScratch, type Scratch } from '../../../../store/sql/scratch'
import { type AnnotationFile, listAnnotationFiles } from '../../annotationFiles'
import { type ImportEntry, noteEntry, problemEntry, requireImportFile, schemaFault } from '../../row/entry'
import { keysOf, LeftOut } from '../../row/leftOut'
import { readJsonEntries } from '../../json/readJsonStream'
import { badFile } from '../../text/readLines'
import { readImages } from './readImages'

const entryKeys = keysOf('instruction answer image_ids rel_ins_ids')
const entrySchema = z.looseObject({
  instruction: z.string(),
  answer: z.string(),
  image_ids: z
    .union([
      z.array(z.string().min(1)),
      z
        .string()
        .min(1)
        .transform((id) => [id]),
    ])
    .default([]),
})

type Round = NonNullable<Context['conversation']>[number]
interface Head {
  readonly line: number
  readonly imageIds: readonly string[]
}
type Items = Gathering<Head, Round>

const withoutSet = (imageId: string) => imageId.replace(/^[A-Za-z0-9]+_IMG_/, '')

/** Returns the common name of the images of an item, without the set name and the image numbers: `CGD_IMG_coins_1` belongs to `coins`. */
export function itemIdOf(imageIds: readonly string[]): string {
  const names = imageIds.map(withoutSet)
  const [first = ''] = names
  if (names.length === 1) return first
  const stems = new Set(names.map((name) => name.replace(/_\d+$/, '')))
  const [stem = first] = stems
  return stems.size === 1 ? stem : first
}

async function* readInstructions({ path, name }: AnnotationFile, items: Items, images: Gathering<string>): AsyncGenerator<ImportEntry> {
  const leftOut = new LeftOut()
  let hasData = false
  for await (const { key, parent, line, value } of readJsonEntries(path, undefined, 'data')) {
    if (parent !== 'data') continue
    hasData = true
    const entry = entrySchema.safeParse(value)
    if (!entry.success) {
      yield problemEntry(name, line, key, message('import.mimicIt.pairLeftOut', { reason: schemaFault(entry.error, '') }))
      continue
    }
    const { instruction, answer, image_ids: imageIds } = entry.data
    if (imageIds.length === 0) {
      yield problemEntry(name, line, key, message('import.mimicIt.pairWithoutImage'))
      continue
    }
    const { place } = items.put(JSON.stringify(imageIds), { line, imageIds })
    items.push(place, { instruction, response: answer })
    leftOut.addKeys(entry.data, entryKeys, key ?? '')
    for (const id of imageIds) images.put(id, '')
  }
  if (!hasData) throw badFile(path, message('import.mimicIt.notMimicItFile'))
  yield* leftOut.notes(name)
}

function* rowsOf(name: string, items: Items, images: Gathering<string>): Generator<ImportEntry, void, undefined> {
  yield { kind: 'total', total: items.size() }
  let pairs = 0
  for (const { head, parts } of items.read()) {
    const { line, imageIds } = head
    pairs += parts.length
    const embedded = imageIds.map((id) => {
      const place = images.find(id)
      const base64 = place === undefined ? '' : images.get(place)
      return base64 === '' ? undefined : base64
    })
    // An image is stored under its id, as a JPEG.
    const fileNames = imageIds.map((id) => (/\.(jpe?g|png|webp)$/i.test(id) ? id : `${id}.jpg`))
    yield {
      kind: 'row',
      file: name,
      line,
      id: itemIdOf(imageIds),
      mediaNames: imageIds,
      otherNames: imageIds.map(withoutSet),
      embedded,
      fileNames,
      context: { conversation: parts },
    }
  }
  if (pairs > 0) yield noteEntry(name, null, null, message('import.mimicIt.pairsComeBack', { pairs }))
}

async function* readSet(file: AnnotationFile, scratch: Scratch): AsyncGenerator<ImportEntry, void, undefined> {
  const items: Items = scratch.gather()
  const images = scratch.gather<string>()
  yield* readInstructions(file, items, images)
  yield* readImages(file, images)
  yield* rowsOf(file.name, items, images)
}

/**
 * Reads a MIMIC-IT release (arXiv 2306.05425): `<SET>_instructions.json` with its images in `<SET>.parquet` or `<SET>.json` in the same
 * folder, or in the media folder by id; or a folder of such files. Pairs about the same images are an item and form its conversation.
 */
export async function* readMimicIt(request: ImportRequest): AsyncGenerator<ImportEntry, void, undefined> {
  const path = requireImportFile(request)
  const files = await listAnnotationFiles(path, (name) => /_instructions\.json$/i.test(name), message('import.mimicIt.instructionFiles'))
  for (const file of files) {
    const scratch = openScratch()
    try {
      yield* readSet({ ...file, name: files.length === 1 ? basename(file.path) : file.name }, scratch)
    } finally {
      scratch.close()
    }
  }
}
