import { basename } from 'node:path'
import { z } from 'zod'
import type { ImportRequest } from '../../../shared/contract'
import { type ImportEntry, problemEntry, requireImportFile, schemaFault } from './entry'
import { readJsonEntries } from './readJsonStream'

const spanSchema = z.tuple([z.number(), z.number()], { error: 'expected [start, end] in seconds' })
const videoSchema = z.looseObject({
  duration: z.number().positive().optional(),
  timestamps: z.array(spanSchema),
  sentences: z.array(z.string()),
})

/**
 * ActivityNet Captions (https://cs.stanford.edu/people/ranjaykrishna/densevid/): `{video: {duration, timestamps, sentences}}`, times
 * in seconds. A video is an item; its file has the video's id as name, with any ending.
 */
export async function* readActivitynet(request: ImportRequest): AsyncGenerator<ImportEntry, void, undefined> {
  const file = requireImportFile(request)
  const name = basename(file)
  for await (const { key: id, line, value } of readJsonEntries(file)) {
    const video = videoSchema.safeParse(value)
    if (id === null || !video.success) {
      yield problemEntry(name, line, id, video.success ? 'a list element has no video id' : schemaFault(video.error, ''))
      continue
    }
    const { duration, timestamps, sentences } = video.data
    if (timestamps.length !== sentences.length)
      yield problemEntry(
        name,
        line,
        id,
        `it has ${timestamps.length} timestamps and ${sentences.length} sentences; what has no counterpart is left out`,
      )
    const timed = timestamps.flatMap(([start, end], index) => {
      const text = sentences[index]?.trim() ?? ''
      return text === '' ? [] : [{ start, end, text }]
    })
    const context = { ...(duration === undefined ? {} : { duration }), ...(timed.length > 0 ? { sentences: timed } : {}) }
    yield { kind: 'row', file: name, line, id, mediaNames: [id], mediaKind: 'video', context }
  }
}
