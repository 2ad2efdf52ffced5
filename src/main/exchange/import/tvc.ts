import { basename } from 'node:path'
import { z } from 'zod'
import type { ImportRequest } from '../../../shared/contract'
import { type ImportEntry, problemEntry, requireImportFile, schemaFault } from './entry'
import { describeJsonFault } from './jsonFault'
import { requireLines } from './jsonl'
import { readLines } from './readLines'
import { trimAll } from './trim'

const clipSchema = z.looseObject({
  vid_name: z.string().min(1),
  clip_id: z.union([z.string(), z.number()]).optional(),
  duration: z.number().positive().optional(),
  ts: z.tuple([z.number(), z.number()], { error: 'expected [start, end] in seconds' }).optional(),
  descs: z.array(z.looseObject({ desc: z.string() })),
})

function parseClip(text: string): z.infer<typeof clipSchema> | string {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return describeJsonFault(text, false)
  }
  const clip = clipSchema.safeParse(value)
  return clip.success ? clip.data : schemaFault(clip.error, '')
}

/**
 * TVR and TVC (https://github.com/jayleicn/TVCaption): a JSON object a line, `{vid_name, clip_id, duration, ts, descs: [{desc}]}`,
 * times in seconds. A clip is an item `<vid_name>_<clip_id>`; the file of its video has the name of the video, with any ending.
 */
export async function* readTvc(request: ImportRequest): AsyncGenerator<ImportEntry, void, undefined> {
  const file = requireImportFile(request)
  const name = basename(file)
  let isFirst = true
  for await (const { line, text, fault } of readLines(file)) {
    if (text?.trim() === '') continue
    if (isFirst && text !== null) requireLines(file, text.trimStart().startsWith('[') ? '[' : text)
    isFirst = false
    const clip = text === null ? (fault ?? 'the line cannot be read') : parseClip(text)
    if (typeof clip === 'string') {
      yield problemEntry(name, line, null, clip)
      continue
    }
    const { vid_name: video, clip_id: number, duration, ts } = clip
    const descriptions = trimAll(clip.descs.map(({ desc }) => desc))
    const context = {
      ...(duration === undefined ? {} : { duration }),
      ...(ts === undefined ? {} : { clip: { start: ts[0], end: ts[1] } }),
      ...(descriptions.length > 0 ? { descriptions } : {}),
    }
    const id = number === undefined ? video : `${video}_${number}`
    yield { kind: 'row', file: name, line, id, mediaNames: [video], mediaKind: 'video', context }
  }
}
