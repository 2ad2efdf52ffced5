import { basename } from 'node:path'
import type { ImportRequest } from '../../../../../shared/contract'
import type { Box, Context } from '../../../../../shared/domain'
import { Message, message } from '../../../../../shared/messages/message'
import { lastPart, listAnnotationFiles } from '../../annotationFiles'
import { type ImportEntry, noteEntry, parseContext, problemEntry, requireImportFile } from '../../row/entry'
import type { DrawnOn } from '../../row/fitBoxes'
import { readJsonEntries } from '../../json/readJsonStream'
import { badFile } from '../../text/readLines'
import { keysOf, LeftOut } from '../../row/leftOut'
import { isKeyed, type Keyed, toContext } from '../../row/shapes'
import { isOutline, isRegion, labelsOf, type ResultPart, toBoxes, toPart, wordsOf } from './readResult'
import { isMediumField, mediaNames } from './taskMedia'

/** A task with its media, the rest of its data, and the chosen annotation. */
interface Task {
  readonly id: string
  readonly media: readonly string[]
  /** Names of the media fields, with the index of their first medium. */
  readonly fields: ReadonlyMap<string, number>
  readonly isVideo: boolean
  readonly data: Context
  readonly result: readonly unknown[]
  readonly annotations: number
  /** Number of predictions, if there are no annotations. */
  readonly predictions: number
}

const ownKeys = new Set(['id', 'annotator', 'annotation_id', 'created_at', 'updated_at', 'lead_time', 'sentiment_agreement', 'agreement'])

/** Separates the media of a task's data from its other values. */
function splitData(data: Keyed, leftOut: LeftOut, id: string) {
  const media: string[] = []
  const fields = new Map<string, number>()
  let others: Context = {}
  let isVideo = false
  for (const [key, value] of Object.entries(data)) {
    const texts = (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string')
    if (texts.length > 0 && texts.length === (Array.isArray(value) ? value.length : 1) && texts.every((text) => isMediumField(key, text))) {
      fields.set(key.toLowerCase(), media.length)
      media.push(...texts)
      isVideo ||= /^video/i.test(key)
    } else if (value !== null && value !== '') {
      // A key may have a special meaning in a context, which the value here does not fit.
      const context = parseContext({ ...others, [key]: value })
      if (context instanceof Message) leftOut.addKey(`data.${key}`, id)
      else others = context
    }
  }
  return { media, fields, isVideo, others }
}

const resultKeys = keysOf('type id value original_width original_height item_index from_name to_name origin readonly hidden locked', {
  image_rotation: 0,
})

/** Selects the annotation to use: the one marked as ground truth, otherwise the first that was not cancelled. */
function chooseAnnotation(task: Keyed): { result: readonly unknown[]; count: number; cancelled: number } {
  const all = [task.annotations, task.completions].find(Array.isArray) as unknown[] | undefined
  const isCancelled = ({ was_cancelled: wasCancelled, result }: Keyed) =>
    wasCancelled === true && Array.isArray(result) && result.length > 0
  const made = (all ?? []).filter(isKeyed)
  const kept = made.filter(({ was_cancelled: wasCancelled }) => wasCancelled !== true)
  const chosen = kept.find(({ ground_truth: isTruth }) => isTruth === true) ?? kept[0]
  return { result: Array.isArray(chosen?.result) ? chosen.result : [], count: kept.length, cancelled: made.filter(isCancelled).length }
}

const numberIn = (name: string) => /\d+/.exec(name)?.[0]

/**
 * Returns the index of the first medium that a result refers to. The tag in the labelling interface usually has the name of the field:
 * `image2`, or `img-2`. Null if it matches none of several fields.
 */
function placeOfTag(fields: ReadonlyMap<string, number>, toName: unknown): number | null {
  if (fields.size < 2 || typeof toName !== 'string') return 0
  const name = toName.toLowerCase()
  const alike = [...fields].filter(([field]) => numberIn(field) === numberIn(name))
  return fields.get(name) ?? (alike.length === 1 ? (alike[0]?.[1] ?? null) : null)
}

const noKeys = keysOf('')
const taskKeys = keysOf(
  'id data annotations completions predictions inner_id project created_at updated_at created_by updated_by file_upload comment_count unresolved_comment_count comment_authors last_comment_updated_at total_annotations total_predictions cancelled_annotations agreement overlap allow_skip annotations_results',
)

/** Reads the short form of an export (JSON-MIN), where results are stored under the names of their controls. */
function readShortForm(task: Keyed, leftOut: LeftOut, id: string): { data: Keyed; result: unknown[] } {
  const data: Record<string, unknown> = {}
  const result: unknown[] = []
  for (const [key, value] of Object.entries(task)) {
    if (ownKeys.has(key)) continue
    const isMedium = [value].flat().every((each) => typeof each === 'string' && isMediumField(key, each))
    const regions = Array.isArray(value) ? value.filter(isKeyed) : []
    if (isMedium) data[key] = value
    else if (regions.length > 0)
      for (const region of regions) {
        const type = Object.keys(region).find((each) => /labels$/i.test(each)) ?? 'unknown'
        result.push({ original_width: region.original_width, original_height: region.original_height, type, value: region })
      }
    else if (isKeyed(value) && Array.isArray(value.choices)) result.push({ type: 'choices', value })
    else if (typeof value === 'string' || Array.isArray(value)) result.push({ type: 'textarea', value: { text: value } })
    else leftOut.addKeys({ [key]: value }, noKeys, id)
  }
  return { data, result }
}

function toTask(value: unknown, index: number, leftOut: LeftOut): Task | Message {
  if (!isKeyed(value)) return message('import.labelStudio.notObject')
  const id = typeof value.id === 'number' || typeof value.id === 'string' ? String(value.id) : String(index + 1)
  const short = isKeyed(value.data) ? null : readShortForm(value, leftOut, id)
  const data = short?.data ?? (value.data as Keyed)
  const { media, fields, isVideo, others } = splitData(data, leftOut, id)
  if (media.length === 0) return message('import.labelStudio.noMedium')
  if (!short) leftOut.addKeys(value, taskKeys, id)
  const { result, count, cancelled } = short ? { result: short.result, count: 1, cancelled: 0 } : chooseAnnotation(value)
  leftOut.addKey('was_cancelled', id, cancelled)
  const made = Array.isArray(value.predictions) ? value.predictions.filter(isKeyed).length : 0
  leftOut.addKey('predictions', id, count > 0 ? made : 0)
  const predictions = count === 0 ? made : 0
  return { id, media, fields, isVideo, data: others, result, annotations: count, predictions }
}

/** A result type that is not read, with the first task that uses it. */
interface UnreadType {
  readonly line: number
  readonly id: string
  count: number
}

/** Creates a reader for the tasks of one file; `finish` reports the types and numbers of results that were not read. */
function createTaskReader(file: string, leftOut: LeftOut) {
  const unreadTypes = new Map<string, UnreadType>()

  function* readParts(parts: readonly ResultPart[], place: readonly [number, string]): Generator<ImportEntry, Context, undefined> {
    const [line, id] = place
    const boxes: Box[] = []
    const captions: string[] = []
    const texts: string[] = []
    const labelled = new Map<string, string[]>()
    for (const part of parts)
      if (part.id !== null) labelled.set(part.id, [...new Set([...(labelled.get(part.id) ?? []), ...labelsOf(part)])])
    const done = new Set<string>()
    for (const part of parts) {
      const words = wordsOf(part)
      const ofRegion = part.id === null ? [] : (labelled.get(part.id) ?? [])
      if (words !== null) {
        if (ofRegion.length > 0) texts.push(...words.map((word) => `${ofRegion.join(', ')}: ${word}`))
        else captions.push(...words)
      } else if (isRegion(part)) {
        // A region with both a shape and labels has one result for each.
        if (part.id !== null && done.has(part.id)) continue
        if (part.id !== null) done.add(part.id)
        const found = toBoxes(part, part.id === null ? labelsOf(part) : ofRegion)
        if (found instanceof Message) yield problemEntry(file, line, id, message('import.labelStudio.regionLeftOut', { reason: found }))
        else {
          boxes.push(...found)
          if (isOutline(part)) leftOut.add('outline', id, found.length)
        }
      } else {
        const unread = unreadTypes.get(part.type) ?? { line, id, count: 0 }
        unreadTypes.set(part.type, unread)
        unread.count++
      }
    }
    return toContext({ captions, boxes, texts })
  }

  function* readTask(value: unknown, index: number, line: number): Generator<ImportEntry, void, undefined> {
    const task = toTask(value, index, leftOut)
    if (task instanceof Message)
      return yield problemEntry(file, line, null, message('import.labelStudio.taskOfList', { number: index + 1, reason: task }))
    const { id, media, fields, isVideo, data, result, annotations, predictions } = task
    if (annotations > 1) yield noteEntry(file, line, id, message('import.labelStudio.severalAnnotations', { count: annotations }))
    if (predictions > 0) yield noteEntry(file, line, id, message('import.labelStudio.predictionsOnly'))
    const relations = result.filter((each) => isKeyed(each) && each.type === 'relation').length
    leftOut.addKey('relation', id, relations)
    const parts = result.flatMap((each) => toPart(each, (tag) => placeOfTag(fields, tag) ?? 0) ?? [])
    const lost = new Set(parts.flatMap((part) => (isRegion(part) && placeOfTag(fields, part.tag) === null ? [String(part.tag)] : [])))
    for (const name of lost) yield noteEntry(file, line, id, message('import.labelStudio.imageOfTagUnknown', { name }))
    for (const each of result) if (isKeyed(each) && each.type !== 'relation') leftOut.addKeys(each, resultKeys, id, 'result.')
    const unread = result.length - relations - parts.length
    if (unread > 0) yield problemEntry(file, line, id, message('import.labelStudio.resultsWithoutType', { count: unread }))
    const context = yield* readParts(parts, [line, id])
    for (const key in data) if (key in context) leftOut.addKey(`data.${key}`, id)
    const names = media.map(mediaNames)
    const boxesDrawnOn = media.map((_, position): DrawnOn | null => {
      const part = parts.find((each) => each.media === position && isRegion(each))
      return part === undefined ? null : { width: part.width, height: part.height, isRelative: true }
    })
    yield {
      kind: 'row',
      file,
      line,
      id,
      mediaNames: names.map(([first]) => first),
      otherNames: names.map(([, ...others]) => others),
      boxesDrawnOn,
      ...(isVideo ? { mediaKind: 'video' as const } : {}),
      context: { ...data, ...context },
    }
  }

  function* finish(): Generator<ImportEntry, void, undefined> {
    for (const [type, { line, id, count }] of unreadTypes)
      yield problemEntry(file, line, id, message('import.labelStudio.typeNotRead', { type, count }))
  }

  return { readTask, finish }
}

/**
 * Reads Label Studio (https://labelstud.io/guide/export): the JSON or JSON-MIN export, or a folder of them. A task is an item with its id;
 * regions become bounding boxes, in fractions of the image; choices and texts are captions, or `texts` if they are about a region.
 */
export async function* readLabelStudio(request: ImportRequest): AsyncGenerator<ImportEntry, void, undefined> {
  const files = await listAnnotationFiles(requireImportFile(request), (name) => /\.json$/i.test(name), message('import.jsonFiles'))
  const leftOut = new LeftOut()
  for (const { path, name } of files) {
    const { readTask, finish } = createTaskReader(name, leftOut)
    let number = 0
    for await (const { key, index, line, value, fault } of readJsonEntries(path)) {
      if (fault) {
        yield problemEntry(name, line, null, message('import.labelStudio.taskOfList', { number: ++number, reason: fault }))
        continue
      }
      if (key !== null && !(isKeyed(value) || Array.isArray(value) || key === 'id')) continue
      if (key !== null) throw badFile(path, message('import.labelStudio.notLabelStudioFile', { key: lastPart(name) }))
      yield* readTask(value, index ?? number, line)
      number++
    }
    yield* finish()
  }
  yield* leftOut.notes(basename(requireImportFile(request)))
}
