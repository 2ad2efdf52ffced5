import { message } from '../../../../shared/messages/message'
import type { ReadCue, TimedCue } from './cue'

const isTimed = (cue: ReadCue | undefined): cue is TimedCue => cue !== undefined && 'lines' in cue

/** Returns the number of lines at the end of one cue that the next cue repeats at its start. */
function overlapOf(before: readonly string[], after: readonly string[]): number {
  for (let count = Math.min(before.length, after.length); count > 0; count--)
    if (after.slice(0, count).every((line, index) => line === before[before.length - count + index])) return count
  return 0
}

/** Maximum gap in seconds between two cues for the second to continue the first. */
const maxApart = 0.5
/** Minimum share of cues that continue the previous one in rolling captions. */
const rollingShare = 0.5

/** Returns for each timed cue the number of lines repeated from the previous one; null if the captions do not roll. */
function overlapsOf(cues: readonly TimedCue[]): number[] | null {
  const overlaps = cues.map((cue, index) => {
    const before = cues[index - 1]
    return before && cue.start - before.end <= maxApart ? overlapOf(before.lines, cue.lines) : 0
  })
  const going = overlaps.filter((count) => count > 0).length
  const rolling = cues.filter(({ lines }, index) => (overlaps[index] ?? 0) > 0 && (overlaps[index] ?? 0) < lines.length).length
  return rolling > 1 && going >= (cues.length - 1) * rollingShare ? overlaps : null
}

/** Checks whether a cue repeats another and adds words to its last line. */
function isGrown({ lines: before }: TimedCue, { lines: after }: TimedCue): boolean {
  const last = before.length - 1
  return (
    after.length === before.length &&
    before.every((line, index) => (index < last ? after[index] === line : after[index]?.startsWith(`${line} `)))
  )
}

/** Joins cues that grow word by word, as in live captions: only the longest is kept, starting when the first one starts. */
function joinGrowing(cues: readonly TimedCue[]): readonly TimedCue[] {
  const growing = new Set(
    cues.filter((cue, index) => {
      const after = cues[index + 1]
      return after && after.start - cue.end <= maxApart && isGrown(cue, after)
    }),
  )
  if (growing.size < 2 || growing.size < (cues.length - 1) * rollingShare) return cues
  const joined: TimedCue[] = []
  let first: TimedCue | null = null
  for (const cue of cues) {
    first ??= cue
    if (growing.has(cue)) continue
    joined.push({ ...cue, line: first.line, start: first.start })
    first = null
  }
  return joined
}

/**
 * Removes repeated lines from rolling captions, such as YouTube's automatic captions, where lines or words are shown again as new ones are
 * added. Each line is kept once, for the time in which it is the newest.
 */
export function unrollCues(cues: readonly ReadCue[]): ReadCue[] {
  const all = cues.filter(isTimed)
  const timed = joinGrowing(all)
  const overlaps = overlapsOf(timed)
  if (overlaps === null && timed === all) return [...cues]
  const kept: TimedCue[] = []
  let again = all.length - timed.length
  for (const [index, cue] of timed.entries()) {
    const overlap = overlaps?.[index] ?? 0
    again += overlap
    const lines = cue.lines.slice(overlap)
    const last = kept.at(-1)
    if (lines.length > 0) kept.push({ ...cue, lines })
    else if (last) kept.splice(-1, 1, { ...last, end: Math.max(last.end, cue.end) })
  }
  const others = cues.filter((cue) => !isTimed(cue))
  const note = message('import.subtitles.rollingCaptions', { count: again })
  return [{ line: timed[0]?.line ?? 1, note }, ...[...kept, ...others].toSorted((a, b) => a.line - b.line)]
}
