import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { z } from 'zod'
import type { ImportRequest } from '../../../shared/contract'
import type { Box } from '../../../shared/domain'
import { Problem, toProblem } from '../../../shared/problem'
import { type ImportEntry, problemEntry, schemaFault } from './entry'
import { describeJsonFault } from './jsonFault'
import { badFile, decodeUtf8, requireFile, requireUtf8Start } from './readLines'

/** The longest text that a JavaScript engine holds is about 512 MB; COCO's own largest file has 448 MB. */
const mostBytes = 500_000_000

const idSchema = z.union([z.number().int(), z.string().min(1)], { error: 'expected a number' })
const imageSchema = z.looseObject({ id: idSchema, file_name: z.string().min(1) })
const categorySchema = z.looseObject({ id: idSchema, name: z.string() })
const captionSchema = z.looseObject({ image_id: idSchema, caption: z.string() })
const instanceSchema = z.looseObject({
  image_id: idSchema,
  category_id: idSchema,
  bbox: z.array(z.number()).length(4, { error: 'expected [x, y, width, height]' }),
})
const documentSchema = z.looseObject({
  images: z.array(z.unknown()),
  annotations: z.array(z.unknown()),
  categories: z.array(z.unknown()).optional(),
})
type CocoDocument = z.infer<typeof documentSchema>

interface ItemDraft {
  readonly file: string
  readonly fileName: string
  readonly captions: string[]
  readonly boxes: Box[]
}

const keysOf = (value: unknown): string[] => (typeof value === 'object' && value !== null ? Object.keys(value) : [])

async function readDocument(file: string, kind: 'captions' | 'instances'): Promise<CocoDocument> {
  await requireFile(file)
  const bytes = await stat(file)
    .then(({ size }) => {
      if (size > mostBytes) throw badFile(file, 'it is larger than 500 MB', 'Split it into several files.')
      return readFile(file)
    })
    .catch((error: unknown) => {
      throw toProblem(error, basename(file))
    })
  requireUtf8Start(file, bytes)
  const text = decodeUtf8(bytes)
  if (text === null) throw badFile(file, 'it is not UTF-8 text', 'Save it with the encoding UTF-8.')
  if (text.trim() === '') throw badFile(file, 'it is empty')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw badFile(file, describeJsonFault(text, true))
  }
  return requireCoco(file, value, kind)
}

function requireCoco(file: string, value: unknown, kind: 'captions' | 'instances'): CocoDocument {
  if (Array.isArray(value)) {
    const keys = keysOf(value[0])
    const look = keys.includes('conversations')
      ? 'a LLaVA file'
      : `a list${keys.length > 0 ? ` of objects with ${keys.slice(0, 10).join(', ')}` : ''}`
    throw badFile(file, `it looks like ${look}, not like a COCO file`)
  }
  const parsed = documentSchema.safeParse(value)
  if (!parsed.success)
    throw badFile(
      file,
      `it is not a COCO file (${schemaFault(parsed.error, '')}); its keys are ${keysOf(value).slice(0, 10).join(', ') || 'none'}`,
    )
  const has = (key: string) => parsed.data.annotations.some((annotation) => keysOf(annotation).includes(key))
  if (kind === 'captions' && !has('caption') && has('bbox'))
    throw badFile(file, 'it holds boxes, not captions', 'Choose it as the instances file.')
  if (kind === 'instances' && !has('bbox') && has('caption'))
    throw badFile(file, 'it holds captions, not boxes', 'Choose it as the captions file.')
  return parsed.data
}

const nameOf = (kind: string, value: unknown, index: number) => {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined
  return typeof id === 'number' || typeof id === 'string' ? `${kind} ${id}` : `${kind} number ${index + 1} of the list`
}

function* readImages(file: string, document: CocoDocument, drafts: Map<string, ItemDraft>): Generator<ImportEntry> {
  const own = new Set<string>()
  for (const [index, value] of document.images.entries()) {
    const image = imageSchema.safeParse(value)
    if (!image.success) {
      yield problemEntry(file, null, null, `${nameOf('image', value, index)}: ${schemaFault(image.error, '')}`)
      continue
    }
    const id = String(image.data.id)
    const known = drafts.get(id)
    if (own.has(id)) yield problemEntry(file, null, id, `image ${id} stands in the list twice; the first is kept`)
    else if (known === undefined) drafts.set(id, { file, fileName: image.data.file_name, captions: [], boxes: [] })
    else if (known.fileName !== image.data.file_name)
      yield problemEntry(
        file,
        null,
        id,
        `image ${id} is “${image.data.file_name}” here and “${known.fileName}” in ${known.file}, which is kept`,
      )
    own.add(id)
  }
}

function* readCaptions(file: string, document: CocoDocument, drafts: Map<string, ItemDraft>): Generator<ImportEntry> {
  for (const [index, value] of document.annotations.entries()) {
    const annotation = captionSchema.safeParse(value)
    const name = nameOf('annotation', value, index)
    if (!annotation.success) {
      yield problemEntry(file, null, null, `${name}: ${schemaFault(annotation.error, '')}`)
      continue
    }
    const id = String(annotation.data.image_id)
    const caption = annotation.data.caption.trim()
    const draft = drafts.get(id)
    if (draft === undefined) yield problemEntry(file, null, id, `${name}: there is no image ${id} in the list of images`)
    else if (caption === '') yield problemEntry(file, null, id, `${name}: the caption is empty`)
    else draft.captions.push(caption)
  }
}

function* readCategories(file: string, document: CocoDocument, labels: Map<string, string>): Generator<ImportEntry> {
  for (const [index, value] of (document.categories ?? []).entries()) {
    const category = categorySchema.safeParse(value)
    if (category.success) labels.set(String(category.data.id), category.data.name)
    else yield problemEntry(file, null, null, `${nameOf('category', value, index)}: ${schemaFault(category.error, '')}`)
  }
}

function* readInstances(file: string, document: CocoDocument, drafts: Map<string, ItemDraft>): Generator<ImportEntry> {
  const labels = new Map<string, string>()
  yield* readCategories(file, document, labels)
  for (const [index, value] of document.annotations.entries()) {
    const annotation = instanceSchema.safeParse(value)
    const name = nameOf('annotation', value, index)
    if (!annotation.success) {
      yield problemEntry(file, null, null, `${name}: ${schemaFault(annotation.error, '')}`)
      continue
    }
    const id = String(annotation.data.image_id)
    const label = labels.get(String(annotation.data.category_id))
    const [x = 0, y = 0, width = 0, height = 0] = annotation.data.bbox
    const draft = drafts.get(id)
    if (draft === undefined) yield problemEntry(file, null, id, `${name}: there is no image ${id} in the list of images`)
    else if (label === undefined)
      yield problemEntry(file, null, id, `${name}: there is no category ${annotation.data.category_id}; the box is left out`)
    else if (width < 0 || height < 0)
      yield problemEntry(file, null, id, `${name}: the width or height of the box is negative; the box is left out`)
    else draft.boxes.push({ label, x, y, width, height, media: 0 })
  }
}

/**
 * COCO captions, instances, or both (https://cocodataset.org/#format-data): each image is an item with the id of the image;
 * captions and boxes `[x, y, width, height]` with the category's name are its context. Crowds count as boxes.
 */
export async function* readCoco(request: ImportRequest): AsyncGenerator<ImportEntry, void, undefined> {
  const { captions, instances } = request
  if (captions === undefined && instances === undefined)
    throw new Problem(
      'wrong-use',
      'A COCO import needs a captions file, an instances file, or both.',
      'Name them with --captions and --instances.',
    )
  // Both are read before the first item, since an item is whole only with both.
  const captionDocument = captions === undefined ? undefined : await readDocument(captions, 'captions')
  const instanceDocument = instances === undefined ? undefined : await readDocument(instances, 'instances')
  const drafts = new Map<string, ItemDraft>()
  if (captions !== undefined && captionDocument) yield* readImages(basename(captions), captionDocument, drafts)
  if (instances !== undefined && instanceDocument) yield* readImages(basename(instances), instanceDocument, drafts)
  yield { kind: 'total', total: drafts.size }
  if (captions !== undefined && captionDocument) yield* readCaptions(basename(captions), captionDocument, drafts)
  if (instances !== undefined && instanceDocument) yield* readInstances(basename(instances), instanceDocument, drafts)
  for (const [id, { file, fileName, captions: texts, boxes }] of drafts) {
    const context = { ...(texts.length > 0 ? { captions: texts } : {}), ...(boxes.length > 0 ? { boxes } : {}) }
    yield { kind: 'row', file, line: null, id, mediaNames: [fileName], context }
  }
}
