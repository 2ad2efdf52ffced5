import { basename } from 'node:path'
import { z } from 'zod'
import type { ImportRequest } from '../../../shared/contract'
import type { Box } from '../../../shared/domain'
import { Problem } from '../../../shared/problem'
import { type ImportEntry, problemEntry, schemaFault } from './entry'
import { readJsonEntries } from './readJsonStream'
import { badFile } from './readLines'

const idSchema = z.union([z.number().int(), z.string().min(1)], { error: 'expected a number' })
const imageSchema = z.looseObject({ id: idSchema, file_name: z.string().min(1) })
const categorySchema = z.looseObject({ id: idSchema, name: z.string() })
const captionSchema = z.looseObject({ image_id: idSchema, caption: z.string() })
const instanceSchema = z.looseObject({
  image_id: idSchema,
  category_id: idSchema,
  bbox: z.array(z.number()).length(4, { error: 'expected [x, y, width, height]' }),
})
type Kind = 'captions' | 'instances'

interface ItemDraft {
  readonly file: string
  readonly line: number
  readonly fileName: string
  readonly captions: string[]
  readonly boxes: Box[]
}

/** Items under way, by the id of their image. */
type Drafts = Map<string, ItemDraft>

interface Element {
  readonly line: number
  readonly index: number
  readonly value: unknown
}

const keysOf = (value: unknown): string[] => (typeof value === 'object' && value !== null ? Object.keys(value) : [])

/** The elements of one of the lists of a COCO document. */
async function* readList(path: string, list: string): AsyncGenerator<Element, void, undefined> {
  for await (const { key, index, line, value } of readJsonEntries(path, () => true))
    if (key === list && index !== null) yield { line, index, value }
}

const nameOf = (kind: string, { value, index }: Element) => {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined
  return typeof id === 'number' || typeof id === 'string' ? `${kind} ${id}` : `${kind} number ${index + 1} of the list`
}

/** Throws a Problem unless the document has COCO's lists, and annotations of this kind. */
async function requireCoco(path: string, kind: Kind): Promise<void> {
  const keys = new Set<string>()
  const lists = new Set<string>()
  const found = new Set<string>()
  for await (const { key, index, value } of readJsonEntries(path, () => true)) {
    if (key === null)
      throw badFile(
        path,
        `it looks like a list of objects with ${keysOf(value).slice(0, 10).join(', ') || 'no keys'}, not like a COCO file`,
      )
    keys.add(key)
    if (index === null && Array.isArray(value)) lists.add(key)
    if (key === 'annotations' && index !== null) for (const each of keysOf(value)) found.add(each)
  }
  const lacking = ['images', 'annotations'].find((list) => !lists.has(list))
  if (lacking !== undefined)
    throw badFile(path, `it is not a COCO file (${lacking}: expected a list); its keys are ${[...keys].slice(0, 10).join(', ') || 'none'}`)
  if (kind === 'captions' && !found.has('caption') && found.has('bbox'))
    throw badFile(path, 'it holds boxes, not captions', 'Choose it as the instances file.')
  if (kind === 'instances' && !found.has('bbox') && found.has('caption'))
    throw badFile(path, 'it holds captions, not boxes', 'Choose it as the captions file.')
}

async function* readImages(path: string, drafts: Drafts): AsyncGenerator<ImportEntry> {
  const file = basename(path)
  const own = new Set<string>()
  for await (const element of readList(path, 'images')) {
    const { line } = element
    const image = imageSchema.safeParse(element.value)
    if (!image.success) {
      yield problemEntry(file, line, null, `${nameOf('image', element)}: ${schemaFault(image.error, '')}`)
      continue
    }
    const id = String(image.data.id)
    const known = drafts.get(id)
    if (own.has(id)) yield problemEntry(file, line, id, `image ${id} stands in the list twice; the first is kept`)
    else if (known === undefined) drafts.set(id, { file, line, fileName: image.data.file_name, captions: [], boxes: [] })
    else if (known.fileName !== image.data.file_name)
      yield problemEntry(
        file,
        line,
        id,
        `image ${id} is “${image.data.file_name}” here and “${known.fileName}” in ${known.file}, which is kept`,
      )
    own.add(id)
  }
}

async function* readCaptions(path: string, drafts: Drafts): AsyncGenerator<ImportEntry> {
  const file = basename(path)
  for await (const element of readList(path, 'annotations')) {
    const { line } = element
    const annotation = captionSchema.safeParse(element.value)
    const name = nameOf('annotation', element)
    if (!annotation.success) {
      yield problemEntry(file, line, null, `${name}: ${schemaFault(annotation.error, '')}`)
      continue
    }
    const id = String(annotation.data.image_id)
    const caption = annotation.data.caption.trim()
    const draft = drafts.get(id)
    if (draft === undefined) yield problemEntry(file, line, id, `${name}: there is no image ${id} in the list of images`)
    else if (caption === '') yield problemEntry(file, line, id, `${name}: the caption is empty`)
    else draft.captions.push(caption)
  }
}

async function* readCategories(path: string, labels: Map<string, string>): AsyncGenerator<ImportEntry> {
  for await (const element of readList(path, 'categories')) {
    const category = categorySchema.safeParse(element.value)
    if (category.success) labels.set(String(category.data.id), category.data.name)
    else yield problemEntry(basename(path), element.line, null, `${nameOf('category', element)}: ${schemaFault(category.error, '')}`)
  }
}

async function* readInstances(path: string, drafts: Drafts): AsyncGenerator<ImportEntry> {
  const file = basename(path)
  const labels = new Map<string, string>()
  yield* readCategories(path, labels)
  for await (const element of readList(path, 'annotations')) {
    const { line } = element
    const annotation = instanceSchema.safeParse(element.value)
    const name = nameOf('annotation', element)
    if (!annotation.success) {
      yield problemEntry(file, line, null, `${name}: ${schemaFault(annotation.error, '')}`)
      continue
    }
    const id = String(annotation.data.image_id)
    const label = labels.get(String(annotation.data.category_id))
    const [x = 0, y = 0, width = 0, height = 0] = annotation.data.bbox
    const draft = drafts.get(id)
    if (draft === undefined) yield problemEntry(file, line, id, `${name}: there is no image ${id} in the list of images`)
    else if (label === undefined)
      yield problemEntry(file, line, id, `${name}: there is no category ${annotation.data.category_id}; the box is left out`)
    else if (width < 0 || height < 0)
      yield problemEntry(file, line, id, `${name}: the width or height of the box is negative; the box is left out`)
    else draft.boxes.push({ label, x, y, width, height, media: 0 })
  }
}

/**
 * COCO captions, instances, or both (https://cocodataset.org/#format-data): each image is an item with the id of the image;
 * captions and boxes `[x, y, width, height]` with the category's name are its context. Crowds count as boxes. The documents are
 * read in pieces and list by list, whatever their order; what is kept in memory is the items.
 */
export async function* readCoco({ captions, instances }: ImportRequest): AsyncGenerator<ImportEntry, void, undefined> {
  if (captions === undefined && instances === undefined)
    throw new Problem(
      'wrong-use',
      'A COCO import needs a captions file, an instances file, or both.',
      'Name them with --captions and --instances.',
    )
  if (captions !== undefined) await requireCoco(captions, 'captions')
  if (instances !== undefined) await requireCoco(instances, 'instances')
  const drafts: Drafts = new Map()
  // Both are read before the first item, since an item is whole only with both.
  if (captions !== undefined) yield* readImages(captions, drafts)
  if (instances !== undefined) yield* readImages(instances, drafts)
  yield { kind: 'total', total: drafts.size }
  if (captions !== undefined) yield* readCaptions(captions, drafts)
  if (instances !== undefined) yield* readInstances(instances, drafts)
  for (const [id, { file, line, fileName, captions: texts, boxes }] of drafts) {
    const context = { ...(texts.length > 0 ? { captions: texts } : {}), ...(boxes.length > 0 ? { boxes } : {}) }
    yield { kind: 'row', file, line, id, mediaNames: [fileName], context }
  }
}
