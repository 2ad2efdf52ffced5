import { basename } from 'node:path'
import { z } from 'zod'
import type { ImportRequest } from '../../../../shared/contract'
import type { Context, TimedSentence } from '../../../../shared/domain'
import { message } from '../../../../shared/messages/message'
import { type ImportEntries, type ImportEntry, faultCode, problemEntry, requireImportFile, schemaFault } from '../row/entry'
import { keysOf, LeftOut } from '../row/leftOut'
import { type JsonEntry, readJsonPieces } from '../json/readJsonStream'

const spanSchema = z.tuple([z.number(), z.number()], { error: faultCode('import.expectedStartAndEnd') })
const videoSchema = z.looseObject({
  duration: z.number().positive().optional(),
  timestamps: z.array(spanSchema),
  sentences: z.array(z.string()),
})

const videoKeys = keysOf('duration timestamps sentences url')

function readVideo(name: string, { key: id, line, value }: JsonEntry, leftOut: LeftOut): ImportEntry | ImportEntry[] {
  const video = videoSchema.safeParse(value)
  if (id === null || !video.success)
    return problemEntry(name, line, id, video.success ? message('import.elementWithoutVideoId') : schemaFault(video.error, ''))
  const { duration, timestamps, sentences } = video.data
  leftOut.addKeys(video.data, videoKeys, id)
  const timed: TimedSentence[] = []
  let index = 0
  for (const [start, end] of timestamps) {
    const [text] = leftOut.trim(id, sentences.slice(index, ++index))
    if (text !== undefined) timed.push({ start, end, text })
  }
  const context: Context = duration === undefined ? {} : { duration }
  if (timed.length > 0) context.sentences = timed
  const row: ImportEntry = { kind: 'row', file: name, line, id, mediaNames: [id], mediaKind: 'video', context }
  if (timestamps.length === sentences.length) return row
  const lonely = message('import.activitynet.countsDiffer', { timestamps: timestamps.length, sentences: sentences.length })
  return [problemEntry(name, line, id, lonely), row]
}

/**
 * Reads ActivityNet Captions (https://cs.stanford.edu/people/ranjaykrishna/densevid/): `{video: {duration, timestamps, sentences}}`, times
 * in seconds. A video is an item; its file is named by the id of the video, with any extension.
 */
export async function* readActivitynet(request: ImportRequest): ImportEntries {
  const file = requireImportFile(request)
  const name = basename(file)
  const leftOut = new LeftOut()
  for await (const piece of readJsonPieces(file)) yield piece.flatMap((entry) => readVideo(name, entry, leftOut))
  yield* leftOut.notes(name)
}
