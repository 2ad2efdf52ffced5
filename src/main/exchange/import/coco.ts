import { basename } from 'node:path'
import { z } from 'zod'
import type { ImportRequest } from '../../../shared/contract'
import type { Box } from '../../../shared/domain'
import { Problem } from '../../../shared/problem'
import { say } from '../../../shared/say'
import { type Gathering, openScratch } from '../../store/scratch'
import { type ImportEntry, inOwnWords, problemEntry, schemaFault } from './entry'
import { readJsonEntries } from './readJsonStream'
import { badFile } from './readLines'

const idSchema = z.union([z.number().int(), z.string().min(1)], { error: inOwnWords(say`expected a number`) })
const imageSchema = z.looseObject({ id: idSchema, file_name: z.string().min(1) })
const categorySchema = z.looseObject({ id: idSchema, name: z.string() })
const captionSchema = z.looseObject({ image_id: idSchema, caption: z.string() })
const instanceSchema = z.looseObject({
  image_id: idSchema,
  category_id: idSchema,
  bbox: z.array(z.number()).length(4, { error: inOwnWords(say`expected [x, y, width, height]`) }),
})
type Kind = 'captions' | 'instances'

interface ImageHead {
  /** which of the documents it is from */
  readonly kind: Kind
  readonly file: string
  readonly line: number
  readonly fileName: string
}

/** A caption or a box. */
type ImagePart = string | Box

/** Images by their ids, with what is said of each. */
type Images = Gathering<ImageHead, ImagePart>

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

const kinds = { image: say`image`, annotation: say`annotation`, category: say`category` } as const
const nameOf = (kind: keyof typeof kinds, { value, index }: Element) => {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined
  return typeof id === 'number' || typeof id === 'string' ? say`${kinds[kind]} ${id}` : say`${kinds[kind]} number ${index + 1} of the list`
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
        say`it looks like a list of objects with ${keysOf(value).slice(0, 10).join(', ') || say`no keys`}, not like a COCO file`,
      )
    keys.add(key)
    if (index === null && Array.isArray(value)) lists.add(key)
    if (key === 'annotations' && index !== null) for (const each of keysOf(value)) found.add(each)
  }
  const lacking = ['images', 'annotations'].find((list) => !lists.has(list))
  if (lacking !== undefined)
    throw badFile(
      path,
      say`it is not a COCO file (${lacking}: expected a list); its keys are ${[...keys].slice(0, 10).join(', ') || say`none`}`,
    )
  if (kind === 'captions' && !found.has('caption') && found.has('bbox'))
    throw badFile(path, say`it holds boxes, not captions`, say`Choose it as the instances file.`)
  if (kind === 'instances' && !found.has('bbox') && found.has('caption'))
    throw badFile(path, say`it holds captions, not boxes`, say`Choose it as the captions file.`)
}

/** @param again images of the document that another one gave before */
async function* readImages(path: string, kind: Kind, images: Images, again: Gathering<null>): AsyncGenerator<ImportEntry> {
  const file = basename(path)
  for await (const element of readList(path, 'images')) {
    const { line } = element
    const image = imageSchema.safeParse(element.value)
    if (!image.success) {
      yield problemEntry(file, line, null, say`${nameOf('image', element)}: ${schemaFault(image.error, '')}`)
      continue
    }
    const id = String(image.data.id)
    const { file_name: fileName } = image.data
    const { place, isNew } = images.put(id, { kind, file, line, fileName })
    if (isNew) continue
    const known = images.get(place)
    if (known.kind === kind || !again.put(id, null).isNew)
      yield problemEntry(file, line, id, say`image ${id} stands in the list twice; the first is kept`)
    else if (known.fileName !== fileName)
      yield problemEntry(file, line, id, say`image ${id} is “${fileName}” here and “${known.fileName}” in ${known.file}, which is kept`)
  }
}

async function* readCaptions(path: string, images: Images): AsyncGenerator<ImportEntry> {
  const file = basename(path)
  for await (const element of readList(path, 'annotations')) {
    const { line } = element
    const annotation = captionSchema.safeParse(element.value)
    const name = nameOf('annotation', element)
    if (!annotation.success) {
      yield problemEntry(file, line, null, say`${name}: ${schemaFault(annotation.error, '')}`)
      continue
    }
    const id = String(annotation.data.image_id)
    const caption = annotation.data.caption.trim()
    const image = images.find(id)
    if (image === undefined) yield problemEntry(file, line, id, say`${name}: there is no image ${id} in the list of images`)
    else if (caption === '') yield problemEntry(file, line, id, say`${name}: the caption is empty`)
    else images.push(image, caption)
  }
}

async function* readCategories(path: string, labels: Map<string, string>): AsyncGenerator<ImportEntry> {
  for await (const element of readList(path, 'categories')) {
    const category = categorySchema.safeParse(element.value)
    if (category.success) labels.set(String(category.data.id), category.data.name)
    else yield problemEntry(basename(path), element.line, null, say`${nameOf('category', element)}: ${schemaFault(category.error, '')}`)
  }
}

async function* readInstances(path: string, images: Images): AsyncGenerator<ImportEntry> {
  const file = basename(path)
  const labels = new Map<string, string>()
  yield* readCategories(path, labels)
  for await (const element of readList(path, 'annotations')) {
    const { line } = element
    const annotation = instanceSchema.safeParse(element.value)
    const name = nameOf('annotation', element)
    if (!annotation.success) {
      yield problemEntry(file, line, null, say`${name}: ${schemaFault(annotation.error, '')}`)
      continue
    }
    const id = String(annotation.data.image_id)
    const label = labels.get(String(annotation.data.category_id))
    const [x = 0, y = 0, width = 0, height = 0] = annotation.data.bbox
    const image = images.find(id)
    if (image === undefined) yield problemEntry(file, line, id, say`${name}: there is no image ${id} in the list of images`)
    else if (label === undefined)
      yield problemEntry(file, line, id, say`${name}: there is no category ${annotation.data.category_id}; the box is left out`)
    else if (width < 0 || height < 0)
      yield problemEntry(file, line, id, say`${name}: the width or height of the box is negative; the box is left out`)
    else images.push(image, { label, x, y, width, height, media: 0 })
  }
}

/**
 * COCO captions, instances, or both (https://cocodataset.org/#format-data): each image is an item with the id of the image;
 * captions and boxes `[x, y, width, height]` with the category's name are its context. Crowds count as boxes. The documents are
 * read in pieces and list by list, whatever their order; the items are gathered in a scratch, since a million are too many for memory.
 */
export async function* readCoco({ captions, instances }: ImportRequest): AsyncGenerator<ImportEntry, void, undefined> {
  if (captions === undefined && instances === undefined)
    throw new Problem(
      'wrong-use',
      say`A COCO import needs a captions file, an instances file, or both.`,
      say`Name them with --captions and --instances.`,
    )
  if (captions !== undefined) await requireCoco(captions, 'captions')
  if (instances !== undefined) await requireCoco(instances, 'instances')
  const scratch = openScratch()
  try {
    const images: Images = scratch.gather()
    // Both are read before the first item, since an item is whole only with both.
    if (captions !== undefined) yield* readImages(captions, 'captions', images, scratch.gather())
    if (instances !== undefined) yield* readImages(instances, 'instances', images, scratch.gather())
    yield { kind: 'total', total: images.size() }
    if (captions !== undefined) yield* readCaptions(captions, images)
    if (instances !== undefined) yield* readInstances(instances, images)
    for (const { id, head, parts } of images.read()) {
      const texts = parts.filter((part) => typeof part === 'string')
      const boxes = parts.filter((part) => typeof part !== 'string')
      const context = { ...(texts.length > 0 ? { captions: texts } : {}), ...(boxes.length > 0 ? { boxes } : {}) }
      yield { kind: 'row', file: head.file, line: head.line, id, mediaNames: [head.fileName], context }
    }
  } finally {
    scratch.close()
  }
}
