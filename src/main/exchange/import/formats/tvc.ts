import { basename } from 'node:path'
import { z } from 'zod'
import type { ImportRequest } from '../../../../shared/contract'
import { message, Message } from '../../../../shared/messages/message'
import { faultCode, type ImportEntry, noteEntry, problemEntry, requireImportFile, schemaFault } from '../row/entry'
import { describeJsonFault, parseJson } from '../json/jsonFault'
import { requireLines } from '../json/jsonl'
import { keysOf, LeftOut } from '../row/leftOut'
import { faultOfKeys } from '../json/readJsonStream'
import { readLines } from '../text/readLines'

const idSchema = z.union([z.string(), z.number()]).nullish()
const clipSchema = z
  .looseObject({
    vid_name: z.string().min(1),
    clip_id: idSchema,
    desc_id: idSchema,
    duration: z.number().positive().optional(),
    ts: z.tuple([z.number(), z.number()], { error: faultCode('import.expectedStartAndEnd') }).optional(),
    descs: z.array(z.looseObject({ desc: z.string() })).optional(),
    desc: z.string().optional(),
  })
  .refine(({ descs, desc, clip_id: clip }) => (descs ?? desc ?? clip) != null, {
    error: faultCode('import.tvc.noDescriptionKeys'),
  })

const clipKeys = keysOf('vid_name clip_id desc_id duration ts descs desc type')
const descriptionKeys = keysOf('desc desc_id type from_retrieval')

function parseClip(text: string): z.infer<typeof clipSchema> | Message {
  let value: unknown
  try {
    value = parseJson(text)
  } catch {
    return describeJsonFault(text, false)
  }
  const fault = faultOfKeys(text, value)
  if (fault) return fault
  const clip = clipSchema.safeParse(value)
  return clip.success ? clip.data : schemaFault(clip.error, '')
}

const noSpan = (key: string) => message('import.tvc.timesMissing', { key })

/** Lines that are reported together: the first line, and the number of further lines. */
interface Alike {
  first: number | null
  more: number
}

function addLine(alike: Alike, line: number): void {
  if (alike.first === null) alike.first = line
  else alike.more++
}

const describeMore = ({ more }: Alike) => (more > 0 ? message('import.tvc.norInMore', { more }) : '')

/**
 * Reads TVC (https://github.com/jayleicn/TVCaption): one JSON object per line, `{vid_name, clip_id, duration, ts, descs: [{desc}]}`, times
 * in seconds; and TVR (https://github.com/jayleicn/TVRetrieval), with a single `desc` and its `desc_id`. A clip is an item
 * `<vid_name>_<clip_id>` or `<vid_name>_<desc_id>`; the file is named by the video, with any extension. A line `{vid_name, descs}`, as read
 * by Syphus, is about the whole video, which a note reports; a line with an id but without `ts` is bad.
 */
export async function* readTvc(request: ImportRequest): AsyncGenerator<ImportEntry, void, undefined> {
  const file = requireImportFile(request)
  const name = basename(file)
  const leftOut = new LeftOut()
  let isFirst = true
  const whole: Alike = { first: null, more: 0 }
  const bare: Alike = { first: null, more: 0 }
  for await (const { line, text, fault } of readLines(file)) {
    if (text?.trim() === '') continue
    if (isFirst && text !== null) requireLines(file, text.trimStart().startsWith('[') ? '[' : text)
    isFirst = false
    const clip = text === null ? (fault ?? message('import.lineUnreadable')) : parseClip(text)
    if (clip instanceof Message) {
      yield problemEntry(name, line, null, clip)
      continue
    }
    const { vid_name: video, duration, ts, descs, desc } = clip
    const number = clip.clip_id ?? clip.desc_id
    const id = number == null ? video : `${video}_${number}`
    if (ts === undefined && number != null) {
      yield problemEntry(name, line, id, noSpan(clip.clip_id == null ? 'desc_id' : 'clip_id'))
      continue
    }
    if (ts === undefined) addLine(whole, line)
    leftOut.addKeys(clip, clipKeys, id)
    for (const each of descs ?? []) leftOut.addKeys(each, descriptionKeys, id, 'descs.')
    const descriptions = leftOut.trim(id, [...(descs ?? []).map((each) => each.desc), ...(desc === undefined ? [] : [desc])])
    if (descs === undefined && desc === undefined) addLine(bare, line)
    const context = {
      ...(duration === undefined ? {} : { duration }),
      ...(ts === undefined ? {} : { clip: { start: ts[0], end: ts[1] } }),
      ...(descriptions.length > 0 ? { descriptions } : {}),
    }
    yield { kind: 'row', file: name, line, id, mediaNames: [video], mediaKind: 'video', context }
  }
  if (whole.first !== null) yield noteEntry(name, whole.first, null, message('import.tvc.wholeVideo', { more: describeMore(whole) }))
  if (bare.first !== null) yield noteEntry(name, bare.first, null, message('import.tvc.noDescriptions', { more: describeMore(bare) }))
  yield* leftOut.notes(name)
}
