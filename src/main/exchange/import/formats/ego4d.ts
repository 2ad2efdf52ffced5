import { basename } from 'node:path'
import { z } from 'zod'
import type { ImportRequest } from '../../../../shared/contract'
import type { Narration } from '../../../../shared/domain'
import { message, Message } from '../../../../shared/messages/message'
import { atRecord, type ImportEntry, faultCode, problemEntry, requireImportFile, schemaFault } from '../row/entry'
import { keysOf, LeftOut } from '../row/leftOut'
import { readJsonEntries } from '../json/readJsonStream'

/** Length of a window in seconds, which is also its number of frames at one frame per second. */
const windowSeconds = 16
const passKey = /^narration_pass_\d+$/

const timeSchema = z.number().nonnegative({ error: faultCode('import.ego4d.expectedSeconds') })
const stepSchema = z.looseObject({
  time: timeSchema,
  text: z.string(),
  object_description: z.union([z.string().transform((text) => [text]), z.array(z.string())]).nullish(),
})
/** A narration as in narration.json. */
const publishedStepSchema = z.looseObject({ timestamp_sec: timeSchema, narration_text: z.string() })
const listSchema = z.looseObject({ narrations: z.array(z.unknown()), summaries: z.array(z.unknown()).nullish().catch(null) })
const videoSchema = z
  .looseObject({ clips: z.array(listSchema).optional() })
  .refine((video) => video.clips ?? Object.keys(video).some((key) => passKey.test(key)), {
    error: faultCode('import.ego4d.noClipsOrNarrations'),
  })

const stepKeys = keysOf('time text object_description')
const publishedStepKeys = keysOf('timestamp_sec timestamp_frame narration_text annotation_uid')
const clipKeys = keysOf('narrations clip_uid annotation_uid')
const passKeys = keysOf('narrations summaries')
const publishedKeys = keysOf('status')

/** Narrations that are split into windows together, each with its path in the file. */
type Part = readonly { readonly place: string; readonly step: unknown }[]

/**
 * Returns the clips of a video; in the published form all passes together, because each covers the whole video. Returns a Message if the
 * video is invalid.
 */
function partsOf(value: unknown, video: string, leftOut: LeftOut): readonly Part[] | Message {
  const parsed = videoSchema.safeParse(value)
  if (!parsed.success) return schemaFault(parsed.error, '')
  if (parsed.data.clips) {
    const { clips, ...others } = parsed.data
    leftOut.addKeys(others, publishedKeys, video)
    return clips.map((clip, number) => {
      leftOut.addKeys(clip, clipKeys, video, 'clips.')
      return clip.narrations.map((step, index) => ({ place: `clips.${number}.narrations.${index}`, step }))
    })
  }
  const passes: Part[] = []
  for (const [key, pass] of Object.entries(parsed.data)) {
    if (!passKey.test(key)) {
      leftOut.addKeys({ [key]: pass }, publishedKeys, video)
      continue
    }
    // A missing pass counts as empty.
    const list = listSchema.safeParse(pass ?? { narrations: [] })
    if (!list.success) return schemaFault(list.error, key)
    leftOut.addKeys(list.data, passKeys, video, `${key}.`)
    leftOut.add('summary', video, list.data.summaries?.length ?? 0)
    passes.push(list.data.narrations.map((step, index) => ({ place: `${key}.narrations.${index}`, step })))
  }
  return [passes.flat()]
}

function readStep(step: unknown, place: string, video: string, leftOut: LeftOut): Narration | Message {
  if (typeof step === 'object' && step !== null && ('timestamp_sec' in step || 'narration_text' in step)) {
    const published = publishedStepSchema.safeParse(step)
    if (!published.success) return schemaFault(published.error, place)
    leftOut.addKeys(published.data, publishedStepKeys, video, 'narrations.')
    return { time: published.data.timestamp_sec, text: published.data.narration_text.trim(), objects: [] }
  }
  const parsed = stepSchema.safeParse(step)
  if (!parsed.success) return schemaFault(parsed.error, place)
  leftOut.addKeys(parsed.data, stepKeys, video, 'narrations.')
  return { time: parsed.data.time, text: parsed.data.text.trim(), objects: leftOut.trim(video, parsed.data.object_description ?? []) }
}

/** Splits narrations, sorted by time, into windows of 16 seconds. Each window starts at the full second of its first narration. */
function windowsOf(narrations: readonly Narration[]): { start: number; narrations: Narration[] }[] {
  const windows: { start: number; narrations: Narration[] }[] = []
  for (const narration of narrations.toSorted((a, b) => a.time - b.time)) {
    const last = windows.at(-1)
    if (last && narration.time < last.start + windowSeconds) last.narrations.push(narration)
    else windows.push({ start: Math.floor(narration.time), narrations: [narration] })
  }
  return windows
}

/**
 * Reads Ego4D narrations: `{video: {clips: [{narrations: [{time, text, object_description}]}]}}` as in Syphus, with objects, or the
 * published narration.json (https://ego4d-data.org/docs/data/annotations-schemas/), `{videos: {video: {narration_pass_1: {narrations:
 * [{timestamp_sec, narration_text}]}}}}`; times in seconds of the video. A clip, or the video, is split into windows of 16 seconds. A
 * window with narrations is an item `<video>_<n>`, numbered from 1 through the video. The file is named by the id of the video, with any
 * extension.
 */
export async function* readEgo4d(request: ImportRequest): AsyncGenerator<ImportEntry, void, undefined> {
  const file = requireImportFile(request)
  const name = basename(file)
  const leftOut = new LeftOut()
  for await (const { key: video, index, line, value } of readJsonEntries(file, undefined, 'videos')) {
    // Metadata of the document, such as its version and date.
    if (video !== null && index === null && (typeof value !== 'object' || value === null)) {
      leftOut.addKey(video, name)
      continue
    }
    const parts = video === null ? message('import.elementWithoutVideoId') : partsOf(value, video, leftOut)
    if (parts instanceof Message) {
      yield problemEntry(name, line, video, atRecord(index, parts))
      continue
    }
    let number = 0
    for (const part of parts) {
      const narrations: Narration[] = []
      const known = new Set<string>()
      for (const { place, step } of part) {
        const narration = readStep(step, place, video ?? '', leftOut)
        if (narration instanceof Message) {
          yield problemEntry(name, line, video, message('import.ego4d.narrationLeftOut', { narration }))
          continue
        }
        // Two passes may contain the same narration of the same moment.
        const same = JSON.stringify(narration)
        if (narration.text === '') leftOut.add('empty', video ?? '')
        else if (known.has(same)) leftOut.add('repeated', video ?? '')
        else narrations.push(narration)
        known.add(same)
      }
      for (const { start, narrations: steps } of windowsOf(narrations)) {
        const context = { clip: { start, end: start + windowSeconds }, narrations: steps }
        yield { kind: 'row', file: name, line, id: `${video}_${++number}`, mediaNames: [video ?? ''], mediaKind: 'video', context }
      }
    }
    if (number === 0) yield problemEntry(name, line, video, message('import.ego4d.videoWithoutNarrations'))
  }
  yield* leftOut.notes(name)
}
