import type { ItemSource } from '../../../../shared/domain'
import type { SourcePair } from '../training/records'

/** Minimum, maximum and quantiles of a list of numbers. */
export interface Quantiles {
  readonly min: number
  readonly p25: number
  readonly median: number
  readonly p75: number
  readonly p95: number
  readonly max: number
}

/** Counts of a set's pairs for its card. Lists are ordered by count. */
export interface CardFacts {
  readonly items: number
  readonly images: number
  readonly videos: number
  readonly pairs: number
  readonly accepted: number
  readonly edited: number
  readonly rejected: number
  readonly demoPairs: number
  readonly humanPairs: number
  /** Number of pairs judged by two or more reviewers. */
  readonly reviewedTwice: number
  readonly reviewers: number
  readonly instructionWords: Quantiles
  readonly responseWords: Quantiles
  readonly languages: readonly Counted[]
  readonly models: readonly Counted[]
  readonly promptVersions: readonly Counted[]
  readonly licenses: readonly Counted[]
  /** Hosts where the media were published. */
  readonly hosts: readonly Counted[]
  /** Milliseconds since 1970; null if there are no decisions. */
  readonly firstDecidedAt: number | null
  readonly lastDecidedAt: number | null
}

export interface Counted {
  readonly name: string
  readonly count: number
}

/** A conversation of an item, or a row created from it. */
interface CountedPairs {
  readonly item: string
  readonly source?: ItemSource | null
  readonly media: readonly { readonly kind: 'image' | 'video' }[]
  readonly pairs: readonly SourcePair[]
}

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' })

/** Counts the words of a text, including scripts without spaces. */
export function countWords(text: string): number {
  if (!unspaced.test(text)) return text.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu)?.length ?? 0
  let words = 0
  for (const { isWordLike } of segmenter.segment(text)) if (isWordLike) words += 1
  return words
}

/** Creates a histogram; memory holds each distinct value once. */
function createHistogram() {
  const counts = new Map<number, number>()
  let total = 0
  return {
    add(value: number) {
      counts.set(value, (counts.get(value) ?? 0) + 1)
      total += 1
    },
    /** Returns the quantiles by nearest rank. */
    read(): Quantiles {
      const sorted = [...counts].toSorted(([a], [b]) => a - b)
      const at = (share: number) => {
        let passed = 0
        for (const [value, count] of sorted) if ((passed += count) >= Math.max(share * total, 1)) return value
        return 0
      }
      return { min: at(0), p25: at(0.25), median: at(0.5), p75: at(0.75), p95: at(0.95), max: at(1) }
    },
  }
}

function createCounter() {
  const counts = new Map<string, number>()
  return {
    add: (name: string, count = 1) => counts.set(name, (counts.get(name) ?? 0) + count),
    size: () => counts.size,
    read: (): Counted[] =>
      [...counts].map(([name, count]) => ({ name, count })).toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1)),
  }
}

const hostOf = (url: string): string | null => (URL.canParse(url) ? new URL(url).host || null : null)

/** Returns the language of a text as ISO 639, or null if it cannot be detected. */
export type DetectLanguage = (text: string) => string | null

/** Loads the detector that the window also uses (eld, 60 languages); it processes about 5,000 pairs per second. */
export async function loadLanguageDetector(): Promise<DetectLanguage> {
  const { eld } = await import('eld/extrasmall')
  return (text) => eld.detect(text).language || null
}

/** Counts pairs in item order. Memory grows only with the number of different models, languages and lengths. */
export function createCardFacts(detect: DetectLanguage): { add(each: CountedPairs): void; read(): CardFacts } {
  const counts = {
    items: 0,
    images: 0,
    videos: 0,
    pairs: 0,
    accepted: 0,
    edited: 0,
    rejected: 0,
    demoPairs: 0,
    humanPairs: 0,
    reviewedTwice: 0,
  }
  const [instructions, responses] = [createHistogram(), createHistogram()]
  const [languages, models, promptVersions, licenses, hosts, reviewers] = Array.from({ length: 6 }, createCounter) as [Counter, Counter, Counter, Counter, Counter, Counter] // prettier-ignore
  let [lastItem, first, last]: [string | null, number | null, number | null] = [null, null, null]

  const addItem = ({ media, source }: CountedPairs) => {
    counts.items += 1
    for (const { kind } of media) counts[kind === 'image' ? 'images' : 'videos'] += 1
    licenses.add(source?.license ?? source?.licenseUrl ?? 'not stated')
    const host = source?.url ? hostOf(source.url) : null
    if (host) hosts.add(host)
  }

  return {
    add(each) {
      if (each.pairs.length === 0) return
      if (each.item !== lastItem) addItem(each)
      lastItem = each.item
      for (const { instruction, response, state, isDemo, decidedAt, origin } of each.pairs) {
        counts.pairs += 1
        counts[state] += 1
        if (isDemo) counts.demoPairs += 1
        instructions.add(countWords(instruction))
        responses.add(countWords(response))
        first = Math.min(first ?? decidedAt, decidedAt)
        last = Math.max(last ?? decidedAt, decidedAt)
        if (!origin) continue
        if (origin.author !== null) counts.humanPairs += 1
        if (origin.model !== null && !isDemo) models.add(origin.model)
        if (origin.promptVersion) promptVersions.add(toName(origin.promptVersion))
        languages.add(origin.language ?? detect(`${instruction}\n${response}`) ?? 'und')
        if (origin.reviewers.length > 1) counts.reviewedTwice += 1
        for (const reviewer of origin.reviewers) reviewers.add(reviewer)
      }
    },
    read: () => ({
      ...counts,
      reviewers: reviewers.size(),
      instructionWords: instructions.read(),
      responseWords: responses.read(),
      languages: languages.read(),
      models: models.read(),
      promptVersions: promptVersions.read(),
      licenses: licenses.read(),
      hosts: hosts.read(),
      firstDecidedAt: first,
      lastDecidedAt: last,
    }),
  }
}
type Counter = ReturnType<typeof createCounter>

const toName = ({ id, name }: { id: number; name: string | null }) => (name ? `${id} (${name})` : String(id))
