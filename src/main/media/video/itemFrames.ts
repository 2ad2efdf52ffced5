import type { Context } from '../../../shared/domain'
import { spanStart } from '../../../shared/spanStart'
import type { Span } from './frameTimes'

/** Which part of a video an item is about: its clip, or else from its first narration to its last. Empty: all of it. */
export function spanOf(context: Context): Span {
  const { clip, narrations = [] } = context
  if (clip) return clip.end > clip.start ? toSpan(spanStart(context), clip.end) : {}
  const times = narrations.map(({ time }) => time)
  return times.length === 0 ? {} : toSpan(spanStart(context), Math.floor(Math.max(...times)) + 1)
}

const toSpan = (start: number, end: number): Span => ({ startMs: Math.round(start * 1000), endMs: Math.round(end * 1000) })
