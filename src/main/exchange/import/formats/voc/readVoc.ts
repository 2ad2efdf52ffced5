import { basename, posix } from 'node:path'
import type { ImportRequest } from '../../../../../shared/contract'
import type { Box } from '../../../../../shared/domain'
import { Problem } from '../../../../../shared/problem'
import { Message, message } from '../../../../../shared/messages/message'
import { lastPart, listAnnotationFiles, namesToTry, readWholeFile } from '../../annotationFiles'
import { type ImportEntry, problemEntry, requireImportFile } from '../../row/entry'
import { badFile } from '../../text/readLines'
import { keysOf, LeftOut } from '../../row/leftOut'
import { type Area, areaAround, describeAttributes, type Point, toContext } from '../../row/shapes'
import { childOf, decodeXml, parseXml, textIn, type XmlElement } from './parseXml'

/** Parses the number in a child element; NaN if it is missing or invalid. */
const numberIn = (element: XmlElement | undefined, name: string) => {
  const text = textIn(element, name)
  return text === '' ? Number.NaN : Number(text)
}

/** Returns the area of an object: its box, or the bounding box of its polygon or rotated box (roLabelImg); null if it has no area. */
function areaOf(object: XmlElement): Area | null | Message {
  const box = childOf(object, 'bndbox')
  if (box !== undefined) {
    const [left, top, right, bottom] = ['xmin', 'ymin', 'xmax', 'ymax'].map((name) => numberIn(box, name)) as [
      number,
      number,
      number,
      number,
    ]
    if ([left, top, right, bottom].some((value) => !Number.isFinite(value))) return message('import.voc.cornersNotNumbers')
    if (right < left || bottom < top) return message('import.voc.cornersReversed')
    return areaAround([
      [left, top],
      [right, bottom],
    ])
  }
  const polygon = childOf(object, 'polygon')
  if (polygon !== undefined) {
    const points: Point[] = []
    for (let index = 1; childOf(polygon, `x${index}`) !== undefined; index++)
      points.push([numberIn(polygon, `x${index}`), numberIn(polygon, `y${index}`)])
    for (const point of polygon.children.filter(({ name }) => name === 'pt')) points.push([numberIn(point, 'x'), numberIn(point, 'y')])
    return areaAround(points)
  }
  const turned = childOf(object, 'robndbox')
  if (turned === undefined) return message('import.voc.noBndbox')
  const [x, y, width, height, angle] = ['cx', 'cy', 'w', 'h', 'angle'].map((name) => numberIn(turned, name)) as [
    number,
    number,
    number,
    number,
    number,
  ]
  const [sine, cosine] = [Math.abs(Math.sin(angle)), Math.abs(Math.cos(angle))]
  const [halfWidth, halfHeight] = [(width * cosine + height * sine) / 2, (width * sine + height * cosine) / 2]
  return areaAround([
    [x - halfWidth, y - halfHeight],
    [x + halfWidth, y + halfHeight],
  ])
}

/** Checks whether an object is more than a box: it has no box, or a polygon or rotated box in addition. */
const hasOutline = (object: XmlElement) =>
  childOf(object, 'bndbox') === undefined || ['polygon', 'robndbox'].some((name) => (childOf(object, name)?.children.length ?? 0) > 0)

/** Returns the values of the child elements by name: the text, or whether they have children of their own. */
const valuesOf = ({ children }: XmlElement) =>
  Object.fromEntries(children.map((child) => [child.name, child.text.trim() || child.children.length > 0]))

const annotationKeys = keysOf('folder filename path source owner size object', { segmented: '0' })
const objectKeys = keysOf('name bndbox polygon robndbox part attributes type deleted id date', {
  pose: 'Unspecified',
  truncated: '0',
  difficult: '0',
  occluded: '0',
  verified: '0',
})

/** Reads the attributes of an object in CVAT and LabelMe: `<attribute><name>…</name><value>…</value></attribute>`, or a text. */
function attributesOf(object: XmlElement, label: string): string[] {
  const list = childOf(object, 'attributes')
  if (list === undefined) return []
  const pairs = list.children.map((each) =>
    each.name === 'attribute' ? [textIn(each, 'name'), textIn(each, 'value')] : [each.name, each.text.trim()],
  )
  const about =
    pairs.length > 0 ? describeAttributes(label, Object.fromEntries(pairs)) : list.text.trim() && `${label}: ${list.text.trim()}`
  return about ? [about] : []
}

const countOf = ({ children }: XmlElement, key: string) => children.filter(({ name }) => name === key).length

/** Checks whether an object is deleted, because LabelMe keeps deleted objects. */
const isDeleted = (object: XmlElement) => textIn(object, 'deleted') === '1'

/** Returns an object with its parts (head, hand, foot), each with a name and a box. */
const withParts = (object: XmlElement): XmlElement[] => [object, ...object.children.filter(({ name }) => name === 'part')]

/** Returns the image folder of an annotation file in a subfolder: `train` for `train/a.xml` and `train/Annotations/a.xml`. */
const imageFolderOf = (name: string): string =>
  posix
    .dirname(name)
    .split('/')
    .filter((part) => part !== '.' && !/^annotations$/i.test(part))
    .join('/')

function* readAnnotation(name: string, annotation: XmlElement, leftOut: LeftOut): Generator<ImportEntry, void, undefined> {
  const stem = name.replace(/\.[^./]*$/, '')
  const inFolder = posix.dirname(name)
  const fileName = textIn(annotation, 'filename') || lastPart(textIn(annotation, 'path'))
  const last = lastPart(fileName)
  const folder = textIn(annotation, 'folder')
  const own = imageFolderOf(name)
  const inOwn = (path: string) => (own && last ? `${own}/${path}` : undefined)
  // Folders of annotations may contain different images with the same name.
  const [wanted, ...others] = namesToTry(
    inOwn(last),
    inOwn(`JPEGImages/${last}`),
    inOwn(`images/${last}`),
    fileName,
    last,
    last && posix.join(inFolder, last),
    last && `JPEGImages/${last}`,
    last && `images/${last}`,
    last && folder && `${folder}/${last}`,
    stem,
    lastPart(stem),
    `JPEGImages/${lastPart(stem)}`,
  )
  leftOut.addKeys(valuesOf(annotation), annotationKeys, wanted)
  const boxes: Box[] = []
  const texts: string[] = []
  let number = 0
  for (const object of annotation.children.filter((child) => child.name === 'object')) {
    number++
    if (isDeleted(object)) continue
    for (const part of withParts(object)) {
      const label = textIn(part, 'name')
      leftOut.addKeys(valuesOf(part), objectKeys, wanted)
      for (const key of ['name', 'bndbox', 'polygon']) leftOut.addKey(`${key} 2`, wanted, countOf(part, key) - 1)
      texts.push(...attributesOf(part, label))
      const area = areaOf(part)
      const reason =
        label === ''
          ? message('import.voc.noName')
          : area === null
            ? message('import.boxWithoutArea', { label })
            : area instanceof Message
              ? area
              : null
      if (reason !== null) yield problemEntry(name, null, wanted, message('import.voc.objectLeftOut', { number, reason }))
      else {
        boxes.push({ label, ...(area as Area), media: 0 })
        if (hasOutline(part)) leftOut.add('outline', wanted)
      }
    }
  }
  const size = childOf(annotation, 'size')
  const [width, height] = [numberIn(size, 'width'), numberIn(size, 'height')]
  yield {
    kind: 'row',
    file: name,
    line: null,
    id: wanted,
    mediaNames: [wanted],
    otherNames: [others],
    // Some tools write 0 if the size is unknown.
    boxesDrawnOn: [width > 0 && height > 0 ? { width, height } : null],
    context: toContext({ boxes, texts }),
  }
}

function* readFile(name: string, text: string, leftOut: LeftOut): Generator<ImportEntry, void, undefined> {
  const root = parseXml(text)
  if (root instanceof Message) return yield problemEntry(name, null, null, root)
  if (root.name !== 'annotation') return yield problemEntry(name, null, null, message('import.voc.notVocFile', { name: root.name }))
  yield* readAnnotation(name, root, leftOut)
}

/**
 * Reads Pascal VOC (http://host.robots.ox.ac.uk/pascal/VOC/) of labelImg, CVAT and other tools: one XML file per image, or a folder of
 * them. Objects and their parts are boxes from (xmin, ymin) to (xmax, ymax), their attributes texts. The id is the file name of the image.
 */
export async function* readVoc(request: ImportRequest): AsyncGenerator<ImportEntry, void, undefined> {
  const file = requireImportFile(request)
  const files = await listAnnotationFiles(file, (name) => /\.xml$/i.test(name), message('import.voc.xmlFiles'))
  yield { kind: 'total', total: files.length }
  const leftOut = new LeftOut()
  for (const { path, name } of files) {
    try {
      for (const entry of readFile(name, await readWholeFile(path, 16, decodeXml), leftOut)) {
        // A single file without an item is unusable.
        if (files.length === 1 && entry.kind === 'problem' && entry.item === null)
          throw badFile(file, message('common.text', { text: entry.reason }))
        yield entry
      }
    } catch (error) {
      if (files.length === 1 || !(error instanceof Problem)) throw error
      yield problemEntry(name, null, null, error.text)
    }
  }
  yield* leftOut.notes(basename(file))
}
