import type { Context, Narration, TimedSentence } from '../../../../shared/domain'
import { message, type Message } from '../../../../shared/messages/message'

interface Medium {
  readonly fileName: string
  readonly durationMs?: number | null | undefined
}

/** Annotators often stop slightly after the last frame; this is not reported. */
const toleranceSeconds = 0.5

const seconds = (value: number) => message('common.seconds', { seconds: Number(value.toFixed(2)) })

type Checked<T> = { readonly kept: T | null; readonly fault: Message | null }

/** Clips a span to 0 and `limit`. Returns the span itself if it fits; null if nothing remains. */
function fit<T extends { start: number; end: number }>(span: T, limit: number | null, nameOf: () => Message): Checked<T> {
  const { start, end } = span
  if (start >= 0 && start <= end && (limit === null || (end <= limit && start < limit))) return { kept: span, fault: null }
  const what = nameOf()
  if (end < start) return { kept: null, fault: message('import.row.spanReversed', { what, end: seconds(end), start: seconds(start) }) }
  if (end < 0) return { kept: null, fault: message('import.row.spanBeforeVideo', { what }) }
  if (limit !== null && start >= limit)
    return { kept: null, fault: message('import.row.spanAfterVideo', { what, start: seconds(start), duration: seconds(limit) }) }
  const fitted = { ...span, start: Math.max(0, start), end: limit === null ? end : Math.min(end, limit) }
  if (start < 0) return { kept: fitted, fault: message('import.row.spanStartCut', { what, start: seconds(start) }) }
  if (limit !== null && end > limit + toleranceSeconds)
    return { kept: fitted, fault: message('import.row.spanEndCut', { what, end: seconds(end), duration: seconds(limit) }) }
  return { kept: fitted, fault: null }
}

const shorten = (text: string) => (text.length > 60 ? `${text.slice(0, 59)}…` : text)

function fitSentences(sentences: readonly TimedSentence[], limit: number | null, faults: Message[]): TimedSentence[] {
  const fitted: TimedSentence[] = []
  for (const sentence of sentences) {
    const { kept, fault } = fit(sentence, limit, () => message('import.row.sentence', { text: shorten(sentence.text) }))
    if (fault !== null) faults.push(fault)
    if (kept !== null) fitted.push(kept)
  }
  return fitted
}

/** Filters narrations, which are moments: those outside the video, or outside the clip of the item, are dropped. */
function fitNarrations(narrations: readonly Narration[], clip: Context['clip'], limit: number | null, faults: Message[]): Narration[] {
  return narrations.filter(({ time, text }) => {
    const leaveOut = (reason: Message) => {
      faults.push(message('import.row.narrationLeftOut', { text: shorten(text), time: seconds(time), reason }))
      return false
    }
    if (limit !== null && time > limit) return leaveOut(message('import.row.videoLasts', { duration: seconds(limit) }))
    if (clip && (time < clip.start || time > clip.end))
      return leaveOut(message('import.row.clipRange', { start: seconds(clip.start), end: seconds(clip.end) }))
    return true
  })
}

/** Returns the duration in seconds: the smaller of the annotated and the actual duration; null if neither is known. */
function durationOf(context: Context, medium: Medium | undefined): number | null {
  const known = [context.duration ?? null, medium?.durationMs == null ? null : medium.durationMs / 1000].filter((each) => each !== null)
  return known.length === 0 ? null : Math.min(...known)
}

/** Returns the reason why a clip does not fit its video, or null. */
function clipFault({ start, end }: NonNullable<Context['clip']>, limit: number | null): Message | null {
  if (end < start) return message('import.row.clipReversed', { end: seconds(end), start: seconds(start) })
  if (end === start) return message('import.row.clipEmpty', { start: seconds(start) })
  if (end <= 0) return message('import.row.clipBeforeVideo')
  if (limit !== null && start >= limit) return message('import.row.clipAfterVideo', { start: seconds(start), duration: seconds(limit) })
  return null
}

/**
 * Returns the reason why a context does not fit its video, or null. Without its clip, the context would wrongly apply to the whole video.
 */
export function wrongClip(context: Context, media: readonly Medium[]): Message | null {
  const fault = context.clip ? clipFault(context.clip, durationOf(context, media[0])) : null
  return fault === null ? null : message('import.row.noSuchClip', { reason: fault })
}

/**
 * Adjusts the times of a context to its video and reports each change: spans that are reversed or start after the end are dropped, others
 * are cut at the edges. The end is that of the video, or the annotated duration if that is shorter. A clip that exceeds its video is cut
 * silently, because windows have a fixed length. `wrongClip` reports clips that lie entirely outside the video.
 */
export function checkTimes(context: Context, media: readonly Medium[]): { context: Context; faults: Message[] } {
  const { sentences, clip, narrations } = context
  if (sentences === undefined && clip === undefined && narrations === undefined) return { context, faults: [] }
  const faults: Message[] = []
  const limit = durationOf(context, media[0])
  const checked: Context = { ...context }
  if (clip) {
    const { kept, fault } = fit(clip, limit, () => message('import.row.clip'))
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
