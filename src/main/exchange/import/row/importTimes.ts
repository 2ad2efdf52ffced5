import type { Context, Narration, TimedSentence } from '../../../../shared/domain'
import { type Said, say } from '../../../../shared/say'

interface Medium {
  readonly fileName: string
  readonly durationMs?: number | null | undefined
}

/** Annotators stop a moment after the last frame; that is not worth a word. */
const toleranceSeconds = 0.5

const seconds = (value: number) => say`${Number(value.toFixed(2))} s`

type Checked<T> = { readonly kept: T | null; readonly fault: Said | null }

/** A span within 0 and `limit`, itself where it lies there; null where nothing is left of it. */
function fit<T extends { start: number; end: number }>(span: T, limit: number | null, nameOf: () => Said): Checked<T> {
  const { start, end } = span
  if (start >= 0 && start <= end && (limit === null || (end <= limit && start < limit))) return { kept: span, fault: null }
  const what = nameOf()
  if (end < start) return { kept: null, fault: say`${what} is left out: it ends (${seconds(end)}) before it begins (${seconds(start)})` }
  if (end < 0) return { kept: null, fault: say`${what} is left out: it ends before the video begins` }
  if (limit !== null && start >= limit)
    return { kept: null, fault: say`${what} is left out: it begins at ${seconds(start)}, and the video lasts ${seconds(limit)}` }
  const fitted = { ...span, start: Math.max(0, start), end: limit === null ? end : Math.min(end, limit) }
  if (start < 0) return { kept: fitted, fault: say`${what} begins at ${seconds(start)}; it is taken to begin at 0 s` }
  if (limit !== null && end > limit + toleranceSeconds)
    return { kept: fitted, fault: say`${what} ends at ${seconds(end)}, and the video lasts ${seconds(limit)}; it is cut there` }
  return { kept: fitted, fault: null }
}

const shorten = (text: string) => (text.length > 60 ? `${text.slice(0, 59)}…` : text)

function fitSentences(sentences: readonly TimedSentence[], limit: number | null, faults: Said[]): TimedSentence[] {
  const fitted: TimedSentence[] = []
  for (const sentence of sentences) {
    const { kept, fault } = fit(sentence, limit, () => say`the sentence “${shorten(sentence.text)}”`)
    if (fault !== null) faults.push(fault)
    if (kept !== null) fitted.push(kept)
  }
  return fitted
}

/** Narrations are moments: one that lies outside of the video, or of the item's part of it, is left out. */
function fitNarrations(narrations: readonly Narration[], clip: Context['clip'], limit: number | null, faults: Said[]): Narration[] {
  return narrations.filter(({ time, text }) => {
    const leaveOut = (reason: Said) => {
      faults.push(say`the narration “${shorten(text)}” is left out: it is at ${seconds(time)}, and ${reason}`)
      return false
    }
    if (limit !== null && time > limit) return leaveOut(say`the video lasts ${seconds(limit)}`)
    if (clip && (time < clip.start || time > clip.end))
      return leaveOut(say`the clip goes from ${seconds(clip.start)} to ${seconds(clip.end)}`)
    return true
  })
}

/** Seconds: the smaller of what the annotation says and what the video says of itself; null where neither is known. */
function durationOf(context: Context, medium: Medium | undefined): number | null {
  const known = [context.duration ?? null, medium?.durationMs == null ? null : medium.durationMs / 1000].filter((each) => each !== null)
  return known.length === 0 ? null : Math.min(...known)
}

/** Why nothing of a video can be the clip of a context, or null. */
function clipFault({ start, end }: NonNullable<Context['clip']>, limit: number | null): Said | null {
  if (end < start) return say`it ends (${seconds(end)}) before it begins (${seconds(start)})`
  if (end === start) return say`it ends where it begins (${seconds(start)})`
  if (end <= 0) return say`it ends before the video begins`
  if (limit !== null && start >= limit) return say`it begins at ${seconds(start)}, and the video lasts ${seconds(limit)}`
  return null
}

/** Why a context cannot be about its video, or null: without its clip it would be about all of it, which nobody said. */
export function wrongClip(context: Context, media: readonly Medium[]): Said | null {
  const fault = context.clip ? clipFault(context.clip, durationOf(context, media[0])) : null
  return fault === null ? null : say`left out, since there is no such clip: ${fault}; correct its times`
}

/**
 * Makes the times of a context fit its video: what is reversed or begins after the end is left out, what reaches over an edge is cut
 * there, and each is told. The end is that of the video, or the annotation's duration where that is shorter. The window of a clip is
 * cut silently where its video is over: windows have a fixed length. Of a clip that is nowhere on the video, `wrongClip` tells.
 */
export function checkTimes(context: Context, media: readonly Medium[]): { context: Context; faults: Said[] } {
  const { sentences, clip, narrations } = context
  if (sentences === undefined && clip === undefined && narrations === undefined) return { context, faults: [] }
  const faults: Said[] = []
  const limit = durationOf(context, media[0])
  const checked: Context = { ...context }
  if (clip) {
    const { kept, fault } = fit(clip, limit, () => say`the clip`)
    if (fault !== null && kept !== null && context.duration !== undefined) faults.push(fault)
    if (kept) checked.clip = kept
    else delete checked.clip
  }
  const kept = fitSentences(sentences ?? [], limit, faults)
  if (kept.length > 0) checked.sentences = kept
  else delete checked.sentences
  const keptNarrations = fitNarrations(narrations ?? [], checked.clip, limit, faults)
  if (keptNarrations.length > 0) checked.narrations = keptNarrations
  else delete checked.narrations
  return { context: checked, faults }
}
