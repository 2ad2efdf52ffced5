import { basename } from 'node:path'
import { z } from 'zod'
import type { ImportRequest } from '../../../shared/contract'
import { Said, say } from '../../../shared/say'
import { type ImportEntry, inOwnWords, noteEntry, problemEntry, requireImportFile, schemaFault } from './entry'
import { describeJsonFault } from './jsonFault'
import { requireLines } from './jsonl'
import { readLines } from './readLines'
import { trimAll } from './trim'

const clipSchema = z.looseObject({
  vid_name: z.string().min(1),
  clip_id: z.union([z.string(), z.number()]).optional(),
  duration: z.number().positive().optional(),
  ts: z.tuple([z.number(), z.number()], { error: inOwnWords(say`expected [start, end] in seconds`) }).optional(),
  descs: z.array(z.looseObject({ desc: z.string() })),
})

function parseClip(text: string): z.infer<typeof clipSchema> | Said {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return describeJsonFault(text, false)
  }
  const clip = clipSchema.safeParse(value)
  return clip.success ? clip.data : schemaFault(clip.error, '')
}

const noSpan = say`ts: missing, so that nobody knows which part of the video the clip is; add [start, end] in seconds, or leave clip_id out where the descriptions are about the whole video`

/**
 * TVR and TVC (https://github.com/jayleicn/TVCaption): a JSON object a line, `{vid_name, clip_id, duration, ts, descs: [{desc}]}`,
 * times in seconds. A clip is an item `<vid_name>_<clip_id>`; the file of its video has the name of the video, with any ending.
 * A line `{vid_name, descs}`, as Syphus reads it, is about the whole video, and a note says so; one with a `clip_id` alone is bad.
 */
export async function* readTvc(request: ImportRequest): AsyncGenerator<ImportEntry, void, undefined> {
  const file = requireImportFile(request)
  const name = basename(file)
  let isFirst = true
  const whole: number[] = []
  for await (const { line, text, fault } of readLines(file)) {
    if (text?.trim() === '') continue
    if (isFirst && text !== null) requireLines(file, text.trimStart().startsWith('[') ? '[' : text)
    isFirst = false
    const clip = text === null ? (fault ?? say`the line cannot be read`) : parseClip(text)
    if (clip instanceof Said) {
      yield problemEntry(name, line, null, clip)
      continue
    }
    const { vid_name: video, clip_id: number, duration, ts } = clip
    const id = number === undefined ? video : `${video}_${number}`
    if (ts === undefined && number !== undefined) {
      yield problemEntry(name, line, id, noSpan)
      continue
    }
    if (ts === undefined) whole.push(line)
    const descriptions = trimAll(clip.descs.map(({ desc }) => desc))
    const context = {
      ...(duration === undefined ? {} : { duration }),
      ...(ts === undefined ? {} : { clip: { start: ts[0], end: ts[1] } }),
      ...(descriptions.length > 0 ? { descriptions } : {}),
    }
    yield { kind: 'row', file: name, line, id, mediaNames: [video], mediaKind: 'video', context }
  }
  const [first] = whole
  if (first === undefined) return
  const others = whole.length > 1 ? say` (nor in ${whole.length - 1} more)` : ''
  yield noteEntry(name, first, null, say`no clip_id and no ts in this row${others}: taken to be about the whole video`)
}
