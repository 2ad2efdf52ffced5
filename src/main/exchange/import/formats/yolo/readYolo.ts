import { stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import type { ImportRequest } from '../../../../../shared/contract'
import type { Box } from '../../../../../shared/domain'
import { Problem, toProblem } from '../../../../../shared/problem'
import { Message, message } from '../../../../../shared/messages/message'
import { type AnnotationFile, lastPart, listAnnotationFiles, namesToTry, readWholeFile } from '../../annotationFiles'
import { type ImportEntry, noteEntry, problemEntry, requireImportFile } from '../../row/entry'
import { LeftOut } from '../../row/leftOut'
import { areaAround, type Point, toContext } from '../../row/shapes'
import { badFile } from '../../text/readLines'
import { type Classes, findClasses, isBesideLabels, isClassList, mayBeBesideLabels } from './classNames'
import { areKeyPoints, FlatKeyPoints, inPairs, tolerance } from './keyPoints'

const unit = { width: 1, height: 1, isRelative: true }

const boxPoints = ([x = 0, y = 0, width = 0, height = 0]: readonly number[]): Point[] => [
  [x - width / 2, y - height / 2],
  [x + width / 2, y + height / 2],
]

/**
 * Returns the points of a label without its class: centre and size, with or without a confidence; the corners of a polygon or a rotated
 * box; or centre and size before key points. Null if it is none of these.
 */
function pointsOf(values: readonly number[], hasKeyPoints: boolean): Point[] | null {
  const { length } = values
  if (length === 4 || length === 5 || (hasKeyPoints && length > 5) || areKeyPoints(values)) return boxPoints(values)
  if (length >= 6 && length % 2 === 0) return inPairs(values)
  return length > 6 && (length - 4) % 3 === 0 ? boxPoints(values) : null
}

interface Label {
  readonly box: Box
  /** Names of other values in the line. */
  readonly leftOut: readonly string[]
  readonly isOutline: boolean
}

const numbersOf = (line: string) =>
  line
    .trim()
    .split(/[\s,]+/)
    .map((text) => (/^[-+]?[\d.]+(e[-+]?\d+)?$/i.test(text) ? Number(text) : Number.NaN))

/** Reads a line of a label file; returns a Message if it contains no box. */
function readLabel(line: string, classes: Classes): Label | Message {
  const [index, ...values] = numbersOf(line)
  if (index === undefined || !Number.isInteger(index) || index < 0) return message('import.yolo.noClassNumber')
  if (values.some((value) => !Number.isFinite(value))) return message('import.yolo.notNumbers')
  const label = classes.names.get(index)
  if (label === undefined) return message('import.yolo.noClass', { index, file: basename(classes.file) })
  const { keyNumbers } = classes
  const points = pointsOf(values, classes.hasKeyPoints)
  if (points === null || (keyNumbers !== null && values.length > 5 && values.length !== 4 + keyNumbers))
    return message('import.yolo.wrongNumberCount', { count: values.length + 1 })
  const numbers = points.length === 2 ? values.slice(0, 4) : values
  if (numbers.some((value) => value < -tolerance || value > 1 + tolerance)) return message('import.yolo.numbersOutOfRange')
  const area = areaAround(points)
  if (area === null) return message('import.boxWithoutArea', { label })
  const isBox = points.length === 2
  const leftOut = !isBox || values.length === 4 ? [] : [values.length === 5 ? 'confidence' : 'keypoints']
  return { box: { label, ...area, media: 0 }, leftOut, isOutline: !isBox }
}

/** Returns the possible image paths of a label file, without extension: next to it, or in `images` if the label file is in `labels`. */
function imageNames(name: string): { id: string; names: [string, ...string[]] } {
  const stem = name.replace(/\.txt$/i, '')
  const parts = stem.split('/')
  const at = parts.lastIndexOf('labels')
  const swapped = at < 0 ? undefined : parts.with(at, 'images').join('/')
  const below = at < 0 ? undefined : parts.toSpliced(at, 1).join('/')
  return { id: below ?? stem, names: namesToTry(swapped, stem, below, `images/${stem}`, lastPart(stem), `images/${lastPart(stem)}`) }
}

function* readLabels(name: string, text: string, classes: Classes, leftOut: LeftOut): Generator<ImportEntry, void, undefined> {
  const { id, names } = imageNames(name)
  const [wanted, ...others] = names
  const boxes: Box[] = []
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue
    const box = readLabel(line, classes)
    if (box instanceof Message) yield problemEntry(name, index + 1, id, message('import.yolo.labelLeftOut', { reason: box }))
    else {
      boxes.push(box.box)
      for (const part of box.leftOut) leftOut.addKey(part, id)
      if (box.isOutline) leftOut.add('outline', id)
    }
  }
  yield {
    kind: 'row',
    file: name,
    line: null,
    id,
    mediaNames: [wanted],
    otherNames: [others],
    boxesDrawnOn: [unit],
    context: toContext({ boxes }),
  }
}

const maxSample = 500

/** Checks the first files to determine whether labels with many numbers are boxes with key points, which class names do not show. */
async function lookForKeyPoints(files: readonly AnnotationFile[]): Promise<FlatKeyPoints['verdict']> {
  const labels = new FlatKeyPoints()
  for (const { path } of files.slice(0, maxSample)) {
    const text = await readWholeFile(path, 16).catch(() => '')
    for (const line of text.split(/\r?\n/)) labels.add(numbersOf(line).slice(1))
    if (labels.isImpossible) break
  }
  return labels.verdict
}

/** Returns the given label file, or those of the folder. */
async function listLabels(path: string): Promise<AnnotationFile[]> {
  const wanted = message('import.yolo.labelFiles')
  const files = await listAnnotationFiles(path, (name) => /\.txt$/i.test(name) && !isClassList(name), wanted)
  const labels: AnnotationFile[] = []
  for (const file of files) {
    const name = basename(file.path)
    const isNone = files.length > 1 && mayBeBesideLabels(name) && isBesideLabels(name, await readWholeFile(file.path, 16).catch(() => ''))
    if (!isNone) labels.push(file)
  }
  if (labels.length === 0) throw badFile(path, message('import.nothingInFolder', { wanted }), message('import.chooseFolderWithThem'))
  return labels
}

/**
 * Reads YOLO labels (https://docs.ultralytics.com/datasets/detect/): one text file per image, a folder of them, or the data.yaml of a data
 * set. A line is a class with its box or polygon in fractions of the image. An empty file is an image without objects. The class names are
 * in data.yaml or classes.txt. The id of the item is the path of the label file without its extension.
 */
export async function* readYolo(request: ImportRequest): AsyncGenerator<ImportEntry, void, undefined> {
  const file = requireImportFile(request)
  await stat(file).catch((error: unknown) => {
    throw toProblem(error, basename(file))
  })
  const named = await findClasses(file)
  const files = await listLabels(named.file === file ? dirname(file) : file)
  yield { kind: 'total', total: files.length }
  const found = named.isTaskKnown ? null : await lookForKeyPoints(files)
  const classes = found === 'keypoints' ? { ...named, hasKeyPoints: true } : named
  if (found === 'unclear') yield noteEntry(basename(file), null, null, message('import.yolo.mayBeKeyPoints'))
  if (named.counted !== null && named.counted !== named.names.size)
    yield noteEntry(
      basename(named.file),
      null,
      null,
      message('import.yolo.countDiffers', { counted: named.counted, names: named.names.size }),
    )
  const leftOut = new LeftOut()
  for (const { path, name } of files) {
    try {
      yield* readLabels(name, await readWholeFile(path, 16), classes, leftOut)
    } catch (error) {
      if (files.length === 1 || !(error instanceof Problem)) throw error
      yield problemEntry(name, null, null, error.text)
    }
  }
  yield* leftOut.notes(basename(file))
}
