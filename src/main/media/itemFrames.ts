import type { Context } from '../../shared/domain'
import type { Span } from './frameTimes'

/** Which part of a video an item is about: its clip, or else from its first narration to its last. Empty: all of it. */
export function spanOf({ clip, narrations = [] }: Context): Span {
  if (clip) return clip.end > clip.start ? toSpan(clip.start, clip.end) : {}
  const times = narrations.map(({ time }) => time)
  return times.length === 0 ? {} : toSpan(Math.floor(Math.min(...times)), Math.floor(Math.max(...times)) + 1)
}

const toSpan = (start: number, end: number): Span => ({ startMs: Math.round(start * 1000), endMs: Math.round(end * 1000) })
