import type { Context, TimedSentence } from '../../shared/domain'

interface Medium {
  readonly fileName: string
  readonly durationMs?: number | null | undefined
}

/** Annotators stop a moment after the last frame; that is not worth a word. */
const toleranceSeconds = 0.5

const seconds = (value: number) => `${Number(value.toFixed(2))} s`

type Checked<T> = { readonly kept: T | null; readonly fault: string | null }

/** A span within 0 and `limit`, itself where it lies there; null where nothing is left of it. */
function fit<T extends { start: number; end: number }>(span: T, limit: number | null, nameOf: () => string): Checked<T> {
  const { start, end } = span
  if (start >= 0 && start <= end && (limit === null || (end <= limit && start < limit))) return { kept: span, fault: null }
  const what = nameOf()
  if (end < start) return { kept: null, fault: `${what} is left out: it ends (${seconds(end)}) before it begins (${seconds(start)})` }
  if (end < 0) return { kept: null, fault: `${what} is left out: it ends before the video begins` }
  if (limit !== null && start >= limit)
    return { kept: null, fault: `${what} is left out: it begins at ${seconds(start)}, and the video lasts ${seconds(limit)}` }
  const fitted = { ...span, start: Math.max(0, start), end: limit === null ? end : Math.min(end, limit) }
  if (start < 0) return { kept: fitted, fault: `${what} begins at ${seconds(start)}; it is taken to begin at 0 s` }
  if (limit !== null && end > limit + toleranceSeconds)
    return { kept: fitted, fault: `${what} ends at ${seconds(end)}, and the video lasts ${seconds(limit)}; it is cut there` }
  return { kept: fitted, fault: null }
}

const shorten = (text: string) => (text.length > 60 ? `${text.slice(0, 59)}…` : text)

function fitSentences(sentences: readonly TimedSentence[], limit: number | null, faults: string[]): TimedSentence[] {
  const fitted: TimedSentence[] = []
  for (const sentence of sentences) {
    const { kept, fault } = fit(sentence, limit, () => `the sentence “${shorten(sentence.text)}”`)
    if (fault !== null) faults.push(fault)
    if (kept !== null) fitted.push(kept)
  }
  return fitted
}

/**
 * Makes the times of a context fit its video: what is reversed or begins after the end is left out, what reaches over an edge is cut
 * there, and each is told. The duration is the annotation's, else the video's own where that is known. The window of a clip is cut
 * silently where its video is over: windows have a fixed length.
 */
export function checkTimes(context: Context, media: readonly Medium[]): { context: Context; faults: string[] } {
  const { sentences, clip } = context
  if (sentences === undefined && clip === undefined) return { context, faults: [] }
  const faults: string[] = []
  const own = media[0]?.durationMs ?? null
  const limit = context.duration ?? (own === null ? null : own / 1000)
  const checked: Context = { ...context }
  if (clip) {
    const { kept, fault } = fit(clip, limit, () => 'the clip')
    if (fault !== null && (context.duration !== undefined || kept === null)) faults.push(fault)
    if (kept) checked.clip = kept
    else delete checked.clip
  }
  const kept = fitSentences(sentences ?? [], limit, faults)
  if (kept.length > 0) checked.sentences = kept
  else delete checked.sentences
  return { context: checked, faults }
}
