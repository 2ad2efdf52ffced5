import { say } from '../../../../shared/say'
import type { ReadCue, TimedCue } from './cue'

const isTimed = (cue: ReadCue | undefined): cue is TimedCue => cue !== undefined && 'lines' in cue

/** How many lines at the end of one cue the next one begins with. */
function overlapOf(before: readonly string[], after: readonly string[]): number {
  for (let count = Math.min(before.length, after.length); count > 0; count--)
    if (after.slice(0, count).every((line, index) => line === before[before.length - count + index])) return count
  return 0
}

/** Seconds between two cues, at most, for the second to go on with what the first shows. */
const mostApart = 0.5
/** Of the cues that follow another, how many go on with it where captions roll. */
const rollingShare = 0.5

/** Lines of each timed cue that the one before it shows already; null where the captions do not roll. */
function overlapsOf(cues: readonly TimedCue[]): number[] | null {
  const overlaps = cues.map((cue, index) => {
    const before = cues[index - 1]
    return before && cue.start - before.end <= mostApart ? overlapOf(before.lines, cue.lines) : 0
  })
  const going = overlaps.filter((count) => count > 0).length
  const rolling = cues.filter(({ lines }, index) => (overlaps[index] ?? 0) > 0 && (overlaps[index] ?? 0) < lines.length).length
  return rolling > 1 && going >= (cues.length - 1) * rollingShare ? overlaps : null
}

/**
 * Takes the lines out of rolling captions that are shown again while new ones come in below them, as the automatic captions of
 * YouTube have it: each line is told once, for as long as it is the newest.
 */
export function unrollCues(cues: readonly ReadCue[]): ReadCue[] {
  const timed = cues.filter(isTimed)
  const overlaps = overlapsOf(timed)
  if (overlaps === null) return [...cues]
  const kept = new Map<TimedCue, TimedCue>()
  let last: TimedCue | null = null
  let again = 0
  for (const [index, cue] of timed.entries()) {
    const overlap = overlaps[index] ?? 0
    again += overlap
    const lines = cue.lines.slice(overlap)
    if (lines.length > 0) kept.set((last = cue), { ...cue, lines })
    else if (last) kept.set(last, { ...(kept.get(last) ?? last), end: Math.max(kept.get(last)?.end ?? 0, cue.end) })
  }
  const line = timed[0]?.line ?? 1
  const note = say`these are rolling captions: lines that are shown again are left out (${again})`
  return [{ line, note }, ...cues.flatMap((cue): readonly ReadCue[] => (isTimed(cue) ? [kept.get(cue) ?? []].flat() : [cue]))]
}
