import { basename } from 'node:path'
import { z } from 'zod'
import type { ImportRequest } from '../../../shared/contract'
import type { Narration } from '../../../shared/domain'
import { say } from '../../../shared/say'
import { type ImportEntry, inOwnWords, problemEntry, requireImportFile, schemaFault } from './entry'
import { readJsonEntries } from './readJsonStream'
import { trimAll } from './trim'

/** Frames of a window, at one frame a second. */
const windowSeconds = 16

const stepSchema = z.looseObject({
  time: z.number().nonnegative({ error: inOwnWords(say`expected seconds from 0 up`) }),
  text: z.string(),
  object_description: z.union([z.string().transform((text) => [text]), z.array(z.string())]).nullish(),
})
const videoSchema = z.looseObject({ clips: z.array(z.looseObject({ narrations: z.array(z.unknown()) })) })

/** Windows of 16 seconds, each beginning with the second of its first narration; the narrations in the order of their times. */
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
 * Ego4D narrations with objects: `{video: {clips: [{narrations: [{time, text, object_description}]}]}}`, times in seconds of the
 * video. A clip is cut into windows of 16 seconds; a window with narrations is an item `<video>_<n>`, numbered from 1 through the
 * video. The file has the video's id as name, with any ending.
 */
export async function* readEgo4d(request: ImportRequest): AsyncGenerator<ImportEntry, void, undefined> {
  const file = requireImportFile(request)
  const name = basename(file)
  for await (const { key: video, line, value } of readJsonEntries(file)) {
    const parsed = videoSchema.safeParse(value)
    if (video === null || !parsed.success) {
      yield problemEntry(name, line, video, parsed.success ? say`a list element has no video id` : schemaFault(parsed.error, ''))
      continue
    }
    let number = 0
    for (const [index, clip] of parsed.data.clips.entries()) {
      const narrations: Narration[] = []
      for (const [position, each] of clip.narrations.entries()) {
        const step = stepSchema.safeParse(each)
        const place = `clips.${index}.narrations.${position}`
        if (!step.success) yield problemEntry(name, line, video, say`${schemaFault(step.error, place)}; the narration is left out`)
        else if (step.data.text.trim() !== '')
          narrations.push({ time: step.data.time, text: step.data.text.trim(), objects: trimAll(step.data.object_description ?? []) })
      }
      for (const { start, narrations: steps } of windowsOf(narrations)) {
        const context = { clip: { start, end: start + windowSeconds }, narrations: steps }
        yield { kind: 'row', file: name, line, id: `${video}_${++number}`, mediaNames: [video], mediaKind: 'video', context }
      }
    }
    if (number === 0) yield problemEntry(name, line, video, say`the video has no narrations, so it is left out`)
  }
}
