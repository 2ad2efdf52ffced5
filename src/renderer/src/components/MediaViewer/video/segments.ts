import type { Context } from '../../../../../shared/domain'

/** A part of a video with what is said of it. Seconds from the start of the video. */
export interface Segment {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly kind: 'sentence' | 'clip'
}

/** Seconds that the last narration is shown for, within its clip; of the others the next one is the end. */
const LAST_NARRATION = 3

/** What an annotation says with times, by start: its clip, timed sentences, and narrations, each of which lasts until the next. */
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
  /** reversed, or after the end of the video: they can be on no track */
  readonly outside: readonly Segment[]
}

/**
 * Cuts segments at the end of the video, and sets apart what is not on it. The import does so too, but not where the video was missing then.
 * @param duration seconds; 0 where it is not known
 */
export function fitSegments(segments: readonly Segment[], duration: number): FittedSegments {
  const limit = duration > 0 ? duration : Infinity
  const fits = ({ start, end }: Segment) => end >= Math.max(0, start) && start < limit
  return {
    shown: segments.filter(fits).map((segment) => ({ ...segment, start: Math.max(0, segment.start), end: Math.min(segment.end, limit) })),
    outside: segments.filter((segment) => !fits(segment)),
  }
}

/** The segments with the number of their row, so that none lies over another. */
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

/** What a loop at this time goes over: the sentence being said, else the clip, else the sentence said next. */
export function segmentToLoop(segments: readonly Segment[], time: number): Segment | null {
  const during = segments.filter((segment) => isDuring(segment, time) && segment.end > segment.start)
  const sentence = during.find(({ kind }) => kind === 'sentence')
  return sentence ?? segments.find(({ kind }) => kind === 'clip') ?? segments.find(({ start }) => start >= time) ?? null
}

/** Seconds as `1:05.3`. */
export function clock(seconds: number): string {
  const tenths = Math.round(seconds * 10)
  const rest = String(Math.floor((tenths % 600) / 10)).padStart(2, '0')
  return `${Math.floor(tenths / 600)}:${rest}${tenths % 10 === 0 ? '' : `.${tenths % 10}`}`
}
