import type { Context } from '../../../../../shared/domain'

/** A part of a video with its text. Times are in seconds from the start of the video. */
export interface Segment {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly kind: 'sentence' | 'clip'
}

/** Duration of the last narration, within its clip, in seconds. Every other narration ends when the next one starts. */
const LAST_NARRATION = 3

/** Returns the timed parts of an annotation by start: its clip, timed sentences, and narrations, each of which lasts until the next. */
export function segmentsOf({ clip, sentences = [], narrations = [] }: Context, clipText: string): readonly Segment[] {
  const steps = narrations.toSorted((a, b) => a.time - b.time)
  const all: Segment[] = [
    ...(clip ? [{ ...clip, text: clipText, kind: 'clip' as const }] : []),
    ...sentences.map((sentence) => ({ ...sentence, kind: 'sentence' as const })),
    ...steps.map(({ time, text }, index) => ({
      start: time,
      end: steps[index + 1]?.time ?? Math.max(time, Math.min(time + LAST_NARRATION, clip?.end ?? Infinity)),
      text,
      kind: 'sentence' as const,
    })),
  ]
  return all.toSorted((a, b) => a.start - b.start)
}

export interface FittedSegments {
  readonly shown: readonly Segment[]
  /** Segments that end before they start, or that are outside the video; they cannot be shown on a track. */
  readonly outside: readonly Segment[]
}

/**
 * Cuts segments at the end of the video and separates those outside it. The import does the same, unless the video was missing then.
 * @param duration seconds; 0 if unknown
 */
export function fitSegments(segments: readonly Segment[], duration: number): FittedSegments {
  const limit = duration > 0 ? duration : Infinity
  const fits = ({ start, end }: Segment) => end >= Math.max(0, start) && start < limit
  return {
    shown: segments.filter(fits).map((segment) => ({ ...segment, start: Math.max(0, segment.start), end: Math.min(segment.end, limit) })),
    outside: segments.filter((segment) => !fits(segment)),
  }
}

/** Returns the row of each segment, so that segments do not overlap. */
export function rowsOf(segments: readonly Segment[]): readonly number[] {
  const ends: number[] = []
  return segments.map(({ start, end }) => {
    const free = ends.findIndex((taken) => taken <= start)
    const row = free < 0 ? ends.length : free
    ends[row] = end
    return row
  })
}

export const isDuring = ({ start, end }: Segment, time: number) => time >= start && (time < end || start === end)

/** Returns the segment to loop at this time: the current sentence, else the clip, else the next sentence. */
export function segmentToLoop(segments: readonly Segment[], time: number): Segment | null {
  const during = segments.filter((segment) => isDuring(segment, time) && segment.end > segment.start)
  const sentence = during.find(({ kind }) => kind === 'sentence')
  return sentence ?? segments.find(({ kind }) => kind === 'clip') ?? segments.find(({ start }) => start >= time) ?? null
}

/** Formats seconds as `1:05.3`. */
export function clock(seconds: number): string {
  const tenths = Math.round(seconds * 10)
  const rest = String(Math.floor((tenths % 600) / 10)).padStart(2, '0')
  return `${Math.floor(tenths / 600)}:${rest}${tenths % 10 === 0 ? '' : `.${tenths % 10}`}`
}
