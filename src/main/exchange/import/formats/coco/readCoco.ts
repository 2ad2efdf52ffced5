import { basename } from 'node:path'
import { z } from 'zod'
import type { ImportRequest } from '../../../../../shared/contract'
import type { Box } from '../../../../../shared/domain'
import { Problem } from '../../../../../shared/problem'
import { message, Message } from '../../../../../shared/messages/message'
import { openScratch } from '../../../../store/sql/scratch'
import { type ImportEntry, problemEntry, schemaFault } from '../../row/entry'
import { keysOf, LeftOut } from '../../row/leftOut'
import { describeAttributes, toContext } from '../../row/shapes'
import { readJsonEntries } from '../../json/readJsonStream'
import { badFile } from '../../text/readLines'
import { nameOf, readList, type CocoDocument } from './cocoDocument'
import { cocoIdSchema, isKeyed, parseAnnotation, type DocumentKind } from './parseAnnotation'
import { readImages, type ImagePart, type Images } from './readImages'

const categorySchema = z.looseObject({ id: cocoIdSchema, name: z.string() })
const documentKeys = keysOf('info licenses categories images annotations type')
/** Keys of categories that are not reported: supercategories, numbers and colours describe the class list rather than an image. */
const categoryKeys = keysOf('id name supercategory isthing color image_count instance_count frequency')
const annotationKeys = keysOf('id image_id category_id bbox bbox_mode caption area segmentation segments_info num_keypoints attributes', {
  iscrowd: 0,
  ignore: 0,
})

const namesIn = (value: unknown): string[] => (isKeyed(value) ? Object.keys(value) : [])

/**
 * Checks that a document has COCO's lists, and annotations of the given kind.
 * @throws Problem 'bad-file' if it does not
 */
async function requireCoco(path: string, kind: DocumentKind): Promise<CocoDocument> {
  const keys = new Set<string>()
  const lists = new Set<string>()
  const found = new Set<string>()
  for await (const { key, index, value } of readJsonEntries(path, () => true)) {
    if (key === null)
      throw badFile(
        path,
        message('import.coco.listOfObjects', { keys: namesIn(value).slice(0, 10).join(', ') || message('import.coco.noKeys') }),
      )
    keys.add(key)
    if (index === null && Array.isArray(value)) lists.add(key)
    if (key === 'annotations' && index !== null) for (const each of namesIn(value)) found.add(each)
  }
  const lacking = ['images', 'annotations'].find((list) => !lists.has(list))
  if (lacking !== undefined)
    throw badFile(
      path,
      message('import.coco.notCocoFile', { key: lacking, keys: [...keys].slice(0, 10).join(', ') || message('import.coco.noneOfKeys') }),
    )
  const hasBoxes = found.has('bbox') || found.has('segmentation') || found.has('segments_info')
  if (kind === 'captions' && !found.has('caption') && hasBoxes)
    throw badFile(path, message('import.coco.holdsBoxesNotCaptions'), message('import.coco.chooseAsInstances'))
  if (kind === 'instances' && !hasBoxes && found.has('caption'))
    throw badFile(path, message('import.coco.holdsCaptionsNotBoxes'), message('import.coco.chooseAsCaptions'))
  return { path, kind, hasCategories: lists.has('categories'), others: [...keys].filter((key) => !documentKeys.read.has(key)) }
}

async function* readCategories(path: string, labels: Map<string, string>, leftOut: LeftOut): AsyncGenerator<ImportEntry> {
  for await (const element of readList(path, 'categories')) {
    const category = categorySchema.safeParse(element.value)
    if (category.success) {
      const [id, name] = [String(category.data.id), category.data.name]
      const known = labels.get(id)
      leftOut.addKeys(category.data, categoryKeys, name, 'categories.')
      if (known === undefined) labels.set(id, name)
      else if (known !== name)
        yield problemEntry(basename(path), element.line, null, message('import.coco.categoryRepeated', { id, known, name }))
    } else
      yield problemEntry(
        basename(path),
        element.line,
        null,
        message('common.labelled', { label: nameOf('category', element), text: schemaFault(category.error, '') }),
      )
  }
}

/** Returns the attributes of an annotation as a text about its box or the image. */
function aboutOf(value: unknown, part: string | Box): ImagePart[] {
  const about = describeAttributes(typeof part === 'string' ? '' : part.label, isKeyed(value) ? value.attributes : undefined)
  return about === null ? [] : [{ about }]
}

async function* readAnnotations(
  { path, kind, hasCategories }: CocoDocument,
  images: Images,
  leftOut: LeftOut,
): AsyncGenerator<ImportEntry> {
  const file = basename(path)
  const labels = new Map<string, string>()
  if (hasCategories) yield* readCategories(path, labels, leftOut)
  for await (const element of readList(path, 'annotations')) {
    if (element.fault) {
      yield problemEntry(
        file,
        element.line,
        null,
        message('common.labelled', { label: nameOf('annotation', element), text: element.fault }),
      )
      continue
    }
    let owner: string | null = null
    for (const { imageId: id, part } of parseAnnotation(element.value, kind, labels)) {
      const image = id === null ? undefined : images.find(id)
      const fault = id !== null && image === undefined ? message('import.coco.noImage', { id }) : part
      if (fault instanceof Message)
        yield problemEntry(file, element.line, id, message('common.labelled', { label: nameOf('annotation', element), text: fault }))
      else if (image !== undefined && id !== null) {
        for (const each of [fault, ...aboutOf(element.value, fault)]) images.push(image, each)
        owner = id
      }
    }
    if (owner !== null && isKeyed(element.value)) {
      leftOut.addKeys(element.value, annotationKeys, owner)
      if (namesIn(element.value.segmentation).length > 0) leftOut.add('outline', owner)
    }
  }
}

/**
 * Reads COCO captions, instances, or both (https://cocodataset.org/#format-data): each image is an item with the id of the image; captions
 * and boxes `[x, y, width, height]` with the category's name are its context. Attributes are texts. Crowds count as boxes; if there is no
 * bbox, the box is that around the polygons. One list may contain captions and boxes. The documents are read in chunks and list by list, in
 * any order; the items are gathered in scratch storage, because a million are too many for memory.
 */
export async function* readCoco({ captions, instances }: ImportRequest): AsyncGenerator<ImportEntry, void, undefined> {
  if (captions === undefined && instances === undefined)
    throw new Problem('wrong-use', message('import.coco.fileNeeded'), message('import.coco.nameFileOptions'))
  // A file given for both options is read once.
  const requested = [
    ...(captions === undefined ? [] : [{ path: captions, kind: 'captions' as const }]),
    ...(instances === undefined || instances === captions ? [] : [{ path: instances, kind: 'instances' as const }]),
  ]
  const documents: CocoDocument[] = []
  for (const { path, kind } of requested) documents.push(await requireCoco(path, kind))
  const leftOut = new LeftOut()
  const scratch = openScratch()
  try {
    const images: Images = scratch.gather()
    // Both are read before the first item, because an item needs the data of both.
    for (const document of documents) yield* readImages(document, images, scratch.gather(), leftOut)
    yield { kind: 'total', total: images.size() }
    for (const document of documents) yield* readAnnotations(document, images, leftOut)
    for (const { id, head, parts } of images.read()) {
      const sentences = parts.filter((part) => typeof part === 'string')
      const boxes = parts.filter((part) => typeof part === 'object' && 'label' in part)
      const texts = parts.flatMap((part) => (typeof part === 'object' && 'about' in part ? [part.about] : []))
      const context = toContext({ captions: sentences, boxes, texts, ...head.source })
      const boxesDrawnOn = boxes.length > 0 ? { boxesDrawnOn: [head.size ?? null] } : {}
      yield { kind: 'row', file: head.file, line: head.line, id, mediaNames: [head.fileName], context, ...boxesDrawnOn }
    }
    for (const { path, others } of documents) for (const key of others) leftOut.addKey(key, basename(path))
    yield* leftOut.notes(documents.map(({ path }) => basename(path)).join(', '))
  } finally {
    scratch.close()
  }
}
