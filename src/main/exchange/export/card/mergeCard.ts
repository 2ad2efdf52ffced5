/** Markers around the generated parts in the YAML and the text of a card. Lines outside of them belong to the lead. */
export const cardMarks = {
  yaml: { start: '# generated from here: changes are lost', end: '# generated to here: your own keys go below' },
  text: { start: '<!-- generated from here: changes are lost -->', end: '<!-- generated to here: your own text goes below or above -->' },
} as const
type Marks = (typeof cardMarks)[keyof typeof cardMarks]

/** A generated card, without markers. */
export interface GeneratedCard {
  /** Lines of YAML, each entry starting with a key. */
  readonly yaml: string
  /** Markdown text. */
  readonly text: string
}

const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'))

interface Parts {
  readonly before: readonly string[]
  readonly after: readonly string[]
  /** Whether there was a generated part. */
  readonly isMarked: boolean
}

/** Splits lines at their first generated part. Other generated parts and unmatched markers are removed; all other lines are kept. */
function partAtMarks(lines: readonly string[], { start, end }: Marks): Parts {
  const isMark = (line: string, mark: string) => line.trim() === mark
  const kept: string[][] = [[]]
  let open: string[] | null = null
  for (const line of lines) {
    if (isMark(line, start)) {
      // The previous start marker is unmatched, so the lines after it belong to the lead.
      if (open) kept.at(-1)?.push(...open)
      open = []
    } else if (isMark(line, end)) {
      if (open) kept.push([])
      open = null
    } else (open ?? kept.at(-1))?.push(line)
  }
  if (open) kept.at(-1)?.push(...open)
  const [before = [], ...after] = kept
  return { before, after: after.flat(), isMarked: kept.length > 1 }
}

/** Splits a card into the YAML between `---` at its start and the text after it. */
function partCard(card: string): { yaml: string[]; text: string[] } {
  const lines = linesOf(card.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n'))
  const end = lines[0] === '---' ? lines.indexOf('---', 1) : -1
  return end < 0 ? { yaml: [], text: lines } : { yaml: lines.slice(1, end), text: lines.slice(end + 1) }
}

const keyOf = (line: string): string | undefined => /^["']?([^\s#"'-][^:"']*)["']?\s*:(?:\s|$)/.exec(line)?.[1]

/** Removes entries whose key the lead has set. */
function withoutKeys(lines: readonly string[], keys: ReadonlySet<string>): string[] {
  let isLeftOut = false
  return lines.filter((line) => {
    const key = keyOf(line)
    if (key !== undefined) isLeftOut = keys.has(key)
    return !isLeftOut
  })
}

/**
 * Merges a generated card into an earlier one: the parts between the markers are replaced, the lead's lines outside of them are kept in
 * order, and YAML keys that the lead has set take precedence. A card without markers is kept completely, before the generated part.
 * @param old the earlier card; null or empty if there is none
 */
export function mergeCard(old: string | null, generated: GeneratedCard): string {
  const earlier = partCard(old ?? '')
  const yaml = partAtMarks(earlier.yaml, cardMarks.yaml)
  const text = partAtMarks(earlier.text, cardMarks.text)
  const keys = new Set([...yaml.before, ...yaml.after].flatMap((line) => keyOf(line) ?? []))
  const isFirst = text.before.length + text.after.length === 0
  const gap = text.isMarked ? [] : ['']
  return `${[
    '---',
    ...yaml.before,
    ...[cardMarks.yaml.start, ...withoutKeys(linesOf(generated.yaml), keys), cardMarks.yaml.end],
    ...yaml.after,
    '---',
    ...(isFirst && !text.isMarked ? gap : [...text.before, ...(text.before.length > 0 ? gap : [])]),
    ...[cardMarks.text.start, ...linesOf(generated.text), cardMarks.text.end],
    ...text.after,
  ].join('\n')}\n`
}
