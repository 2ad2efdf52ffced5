import { z } from 'zod'
import { message } from '../../../../shared/messages/message'
import { schemaFault } from '../row/entry'
import { isKeyed } from '../row/shapes'
import type { ReadCue } from './cue'

const header = /^start\tend\ttext\s*$/i

/** Checks by its header whether a text is a transcript table. */
export const isTranscriptTable = (content: string): boolean => header.test(content.split(/[\r\n]/, 1)[0] ?? '')

/** Reads a transcript table, which Whisper writes in addition to SRT: start and end in milliseconds and the text, separated by tabs. */
export function* readTranscriptTable(content: string): Generator<ReadCue> {
  for (const [index, row] of content.split(/\r\n|\r|\n/).entries()) {
    if (index === 0 || row.trim() === '') continue
    const line = index + 1
    const [start = '', end = '', ...texts] = row.split('\t')
    const text = texts.join(' ').trim()
    if (![start, end].every((time) => /^\s*\d+\s*$/.test(time)))
      yield { line, fault: message('import.subtitles.noMilliseconds', { row: row.trim().slice(0, 80) }) }
    else if (text !== '') yield { line, start: Number(start) / 1000, end: Number(end) / 1000, lines: [text] }
  }
}

const seconds = z.number().nonnegative()
/** A segment of Whisper and similar tools. */
const segmentSchema = z.looseObject({ start: seconds, end: seconds, text: z.string() })
/** A segment of tools that download YouTube transcripts. */
const lastingSchema = z
  .looseObject({ start: seconds, duration: seconds, text: z.string() })
  .transform(({ start, duration, text }) => ({ start, end: Number((start + duration).toFixed(6)), text }))
/** A segment of whisper.cpp, in milliseconds. */
const offsetsSchema = z
  .looseObject({ offsets: z.looseObject({ from: seconds, to: seconds }), text: z.string() })
  .transform(({ offsets, text }) => ({ start: offsets.from / 1000, end: offsets.to / 1000, text }))
/** A segment of the transformers pipelines. */
const chunkSchema = z
  .looseObject({ timestamp: z.tuple([seconds, seconds]), text: z.string() })
  .transform(({ timestamp: [start, end], text }) => ({ start, end, text }))

/** Checks for a speaker, as WhisperX and other tools write it. */
const hasSpeaker = (part: unknown) => isKeyed(part) && typeof part.speaker === 'string' && part.speaker !== ''

const isLasting = (part: unknown) => isKeyed(part) && 'duration' in part && !('end' in part)

const kinds = { segments: segmentSchema, transcription: offsetsSchema, chunks: chunkSchema } as const

function listOf(
  value: unknown,
): { readonly schema: (typeof kinds)[keyof typeof kinds] | typeof lastingSchema; readonly parts: readonly unknown[] } | null {
  if (Array.isArray(value)) return { schema: isLasting(value[0]) ? lastingSchema : segmentSchema, parts: value }
  if (typeof value !== 'object' || value === null) return null
  for (const [key, schema] of Object.entries(kinds)) {
    const parts: unknown = Object.hasOwn(value, key) ? Object.entries(value).find(([name]) => name === key)?.[1] : undefined
    if (Array.isArray(parts)) return { schema, parts }
  }
  return null
}

/**
 * Reads the segments of a JSON transcript from Whisper, whisper.cpp or transformers; null if it is none of these.
 * @throws SyntaxError if the text is not JSON
 */
export function readTranscript(content: string): ReadCue[] | null {
  const list = listOf(JSON.parse(content) as unknown)
  return (
    list?.parts.flatMap((part, index): ReadCue[] => {
      const segment = list.schema.safeParse(part)
      if (!segment.success)
        return [
          { line: 1, fault: message('import.subtitles.segmentLeftOut', { number: index + 1, reason: schemaFault(segment.error, '') }) },
        ]
      const { start, end, text } = segment.data
      return text.trim() === ''
        ? []
        : [{ line: 1, start, end, lines: [text.trim().replaceAll(/\s+/g, ' ')], ...(hasSpeaker(part) && { hasSpeaker: true }) }]
    }) ?? null
  )
}
