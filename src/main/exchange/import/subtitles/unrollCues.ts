import { message } from '../../../../shared/messages/message'
import type { ReadCue, TimedCue } from './cue'

const isTimed = (cue: ReadCue | undefined): cue is TimedCue => cue !== undefined && 'lines' in cue

/** How many lines at the end of one cue the next one begins with. */
function overlapOf(before: readonly string[], after: readonly string[]): number {
  for (let count = Math.min(before.length, after.length); count > 0; count--)
    if (after.slice(0, count).every((line, index) => line === before[before.length - count + index])) return count
  return 0
}

/** Seconds between two cues, at most, for the second to go on with what the first shows. */
const maxApart = 0.5
/** Of the cues that follow another, how many go on with it where captions roll. */
const rollingShare = 0.5

/** Lines of each timed cue that the one before it shows already; null where the captions do not roll. */
function overlapsOf(cues: readonly TimedCue[]): number[] | null {
  const overlaps = cues.map((cue, index) => {
    const before = cues[index - 1]
    return before && cue.start - before.end <= maxApart ? overlapOf(before.lines, cue.lines) : 0
  })
  const going = overlaps.filter((count) => count > 0).length
  const rolling = cues.filter(({ lines }, index) => (overlaps[index] ?? 0) > 0 && (overlaps[index] ?? 0) < lines.length).length
  return rolling > 1 && going >= (cues.length - 1) * rollingShare ? overlaps : null
}

/** Whether a cue shows what another does, and more words behind its last line. */
function isGrown({ lines: before }: TimedCue, { lines: after }: TimedCue): boolean {
  const last = before.length - 1
  return (
    after.length === before.length &&
    before.every((line, index) => (index < last ? after[index] === line : after[index]?.startsWith(`${line} `)))
  )
}

/** Joins cues that grow word by word, as those of live captions do: of each only the longest is left, from when the first begins. */
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
 * Takes the lines out of rolling captions that are shown again while new ones come in below them, as the automatic captions of
 * YouTube have it, or words behind them: each line is told once, for as long as it is the newest.
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
