import { basename } from 'node:path'
import { z } from 'zod'
import type { ImportRequest } from '../../../../../shared/contract'
import type { Box } from '../../../../../shared/domain'
import { Problem } from '../../../../../shared/problem'
import { message, Message } from '../../../../../shared/messages/message'
import { type Gathering, openScratch } from '../../../../store/sql/scratch'
import { type ImportEntry, problemEntry, schemaFault } from '../../row/entry'
import type { Size } from '../../row/fitBoxes'
import { keysOf, LeftOut } from '../../row/leftOut'
import { describeAttributes, toContext } from '../../row/shapes'
import { readJsonEntries } from '../../json/readJsonStream'
import { badFile } from '../../text/readLines'
import { cocoIdSchema, isKeyed, parseAnnotation, type DocumentKind } from './parseAnnotation'

const imageSchema = z.looseObject({ id: cocoIdSchema, file_name: z.string().min(1) })
const categorySchema = z.looseObject({ id: cocoIdSchema, name: z.string() })
const sizeSchema = z.object({ width: z.coerce.number().positive(), height: z.coerce.number().positive() })
/** License and origin of an image as the document names them, as fields of its context. */
interface ImageSource {
  readonly license?: string
  readonly license_url?: string
  readonly coco_url?: string
  readonly flickr_url?: string
}

interface ImageHead {
  /** which of the documents it is from */
  readonly kind: DocumentKind
  readonly file: string
  readonly line: number
  readonly fileName: string
  /** of the image that was annotated, where the document says it */
  readonly size?: Size
  readonly source: ImageSource
}

/** A caption, a box, or what attributes say of a box. */
type ImagePart = string | Box | { readonly about: string }

/** Images by their ids, with what is said of each. */
type Images = Gathering<ImageHead, ImagePart>

interface Element {
  readonly line: number
  readonly index: number
  readonly value: unknown
  readonly fault: Message | undefined
}

const namesIn = (value: unknown): string[] => (isKeyed(value) ? Object.keys(value) : [])

/** The elements of one of the lists of a COCO document. */
async function* readList(path: string, list: string): AsyncGenerator<Element, void, undefined> {
  for await (const { key, index, line, value, fault } of readJsonEntries(path, () => true))
    if (key === list && index !== null) yield { line, index, value, fault }
}

const kinds = {
  image: message('import.coco.image'),
  annotation: message('import.coco.annotation'),
  category: message('import.coco.category'),
} as const
const nameOf = (kind: keyof typeof kinds, { value, index }: Element) => {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined
  return typeof id === 'number' || typeof id === 'string'
    ? message('common.joined', { first: kinds[kind], second: id })
    : message('import.coco.numberOfList', { kind: kinds[kind], number: index + 1 })
}

const documentKeys = keysOf('info licenses categories images annotations type')
const imageKeys = keysOf('id file_name coco_url flickr_url width height license date_captured')
const annotationKeys = keysOf('id image_id category_id bbox caption area segmentation segments_info num_keypoints attributes', {
  iscrowd: 0,
  ignore: 0,
})

interface CocoDocument {
  readonly path: string
  readonly kind: DocumentKind
  readonly hasCategories: boolean
  /** lists and values that nothing reads */
  readonly others: readonly string[]
}

/** Throws a Problem unless the document has COCO's lists, and annotations of this kind. */
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

/** The last part of an address, which is the name of the downloaded file. */
function fileNameOf(url: unknown): string | undefined {
  if (typeof url !== 'string') return undefined
  const last =
    url
      .replace(/[?#].*$/s, '')
      .split('/')
      .at(-1) ?? ''
  try {
    return decodeURIComponent(last) || undefined
  } catch {
    return last || undefined
  }
}

/** An image that only has addresses is named by the first of them, as COCO's download scripts do. */
function nameImage(value: unknown): unknown {
  if (!isKeyed(value) || (typeof value.file_name === 'string' && value.file_name.trim() !== '')) return value
  const name = value.file_name == null || value.file_name === '' ? (fileNameOf(value.coco_url) ?? fileNameOf(value.flickr_url)) : undefined
  return name === undefined ? value : { ...value, file_name: name }
}

const licenseSchema = z.looseObject({ id: cocoIdSchema, name: z.string().optional(), url: z.string().optional() })
type License = Pick<ImageSource, 'license' | 'license_url'>

/** The licenses that images name by number. */
async function readLicenses(path: string): Promise<ReadonlyMap<string, License>> {
  const licenses = new Map<string, License>()
  for await (const { value } of readList(path, 'licenses')) {
    const license = licenseSchema.safeParse(value).data
    if (!license) continue
    const { id, name, url } = license
    licenses.set(String(id), { ...(name?.trim() ? { license: name.trim() } : {}), ...(url?.trim() ? { license_url: url.trim() } : {}) })
  }
  return licenses
}

function sourceOfImage(image: Readonly<Record<string, unknown>>, licenses: ReadonlyMap<string, License>): ImageSource {
  const { license, coco_url: coco, flickr_url: flickr } = image
  // A number that the document does not explain says nothing.
  const named = typeof license === 'string' && license.trim() !== '' && !/^\d+$/.test(license) ? { license: license.trim() } : {}
  return {
    ...(licenses.get(String(license)) ?? named),
    ...(typeof coco === 'string' && coco !== '' ? { coco_url: coco } : {}),
    ...(typeof flickr === 'string' && flickr !== '' ? { flickr_url: flickr } : {}),
  }
}

/** @param again images of the document that another one gave before */
async function* readImages(
  { path, kind }: CocoDocument,
  images: Images,
  again: Gathering<null>,
  leftOut: LeftOut,
): AsyncGenerator<ImportEntry> {
  const file = basename(path)
  const licenses = await readLicenses(path)
  for await (const element of readList(path, 'images')) {
    const { line } = element
    if (element.fault) {
      yield problemEntry(file, line, null, message('common.labelled', { label: nameOf('image', element), text: element.fault }))
      continue
    }
    const image = imageSchema.safeParse(nameImage(element.value))
    if (!image.success) {
      yield problemEntry(
        file,
        line,
        null,
        message('common.labelled', { label: nameOf('image', element), text: schemaFault(image.error, '') }),
      )
      continue
    }
    const id = String(image.data.id)
    const { file_name: fileName } = image.data
    leftOut.addKeys(image.data, imageKeys, id)
    const size = sizeSchema.safeParse(element.value).data
    const { place, isNew } = images.put(id, {
      kind,
      file,
      line,
      fileName,
      source: sourceOfImage(image.data, licenses),
      ...(size ? { size } : {}),
    })
    if (isNew) continue
    const known = images.get(place)
    // The boxes of the instances lie on the images of that document.
    if (size && known.kind !== kind && (known.size?.width !== size.width || known.size.height !== size.height))
      images.replace(place, { ...known, size })
    if (known.kind === kind || !again.put(id, null).isNew) yield problemEntry(file, line, id, message('import.duplicateImage', { id }))
    else if (known.fileName !== fileName)
      yield problemEntry(
        file,
        line,
        id,
        message('import.coco.imageNameDiffers', { id, fileName, knownName: known.fileName, file: known.file }),
      )
  }
}

async function* readCategories(path: string, labels: Map<string, string>): AsyncGenerator<ImportEntry> {
  for await (const element of readList(path, 'categories')) {
    const category = categorySchema.safeParse(element.value)
    if (category.success) {
      const [id, name] = [String(category.data.id), category.data.name]
      const known = labels.get(id)
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

/** What the attributes of an annotation say of its box, or of the image. */
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
  if (hasCategories) yield* readCategories(path, labels)
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
 * COCO captions, instances, or both (https://cocodataset.org/#format-data): each image is an item with the id of the image;
 * captions and boxes `[x, y, width, height]` with the category's name are its context. Attributes are
 * texts. Crowds count as boxes; where there is no bbox, the box lies around the polygons. One list may hold captions and boxes. The documents are read in pieces and list by list, whatever
 * their order; the items are gathered in a scratch, since a million are too many for memory.
 */
export async function* readCoco({ captions, instances }: ImportRequest): AsyncGenerator<ImportEntry, void, undefined> {
  if (captions === undefined && instances === undefined)
    throw new Problem('wrong-use', message('import.coco.fileNeeded'), message('import.coco.nameFileOptions'))
  // One file that is named as both is read once.
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
    // Both are read before the first item, since an item is whole only with both.
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
