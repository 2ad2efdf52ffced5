import { createEffort, nextJson, readJsonAt } from './findJson'
import { nextMark, type ReasoningMark, withoutTemplateTokens } from './reasoningMarks'

export interface Answer {
  /** Reply without its reasoning. */
  readonly text: string
  readonly hadReasoning: boolean
  /** Whether reasoning begins but does not end: the answer is missing, or cannot be distinguished from the reasoning. */
  readonly endsInReasoning: boolean
}

/**
 * Removes a model's reasoning from its reply: every marked block, and all text before an end mark without a start mark, since many
 * templates put the start mark into the prompt. A mark inside a JSON string is part of a pair and is kept. Takes linear time.
 */
export function stripReasoning(text: string): Answer {
  let kept: string[] = []
  let hadReasoning = false
  let answered = false
  /** Start of the part that is not yet kept or dropped, and position from which marks are searched. */
  let at = 0
  let from = 0
  const endOfJsonAround = createJsonLookup(text)
  const finish = (endsInReasoning: boolean): Answer => {
    const rest = kept.join('\n').trim()
    return { text: withoutTemplateTokens(rest).trim() === '' ? '' : rest, hadReasoning, endsInReasoning }
  }
  for (let mark = nextMark(text, from); mark; mark = nextMark(text, from)) {
    const jsonEnd = endOfJsonAround(from, mark)
    if (jsonEnd !== null) {
      from = jsonEnd
      continue
    }
    switch (mark.kind) {
      case 'endOfPart':
        from = mark.end
        continue
      case 'close':
        kept = []
        hadReasoning = true
        at = from = mark.end
        break
      case 'answer':
        if (!answered) kept = []
        else kept.push(text.slice(at, mark.start))
        hadReasoning ||= text.slice(0, mark.start).trim() !== ''
        answered = true
        at = from = mark.end
        break
      case 'open':
      case 'channel': {
        kept.push(text.slice(at, mark.start))
        hadReasoning = true
        const end = endOfReasoning(text, mark)
        if (end === null) return finish(true)
        at = from = end
      }
    }
  }
  kept.push(text.slice(at))
  return finish(false)
}

/** Start marks with an end mark that also has other uses. */
const ownEnds = [
  ['```', '```'],
  ['<details', '</details>'],
] as const

function endOfReasoning(text: string, opening: ReasoningMark): number | null {
  const ownEnd = ownEnds.find(([beginning]) => text.startsWith(beginning, opening.start))?.[1]
  if (ownEnd !== undefined) {
    const found = text.indexOf(ownEnd, opening.end)
    return found < 0 ? null : found + ownEnd.length
  }
  for (let mark = nextMark(text, opening.end); mark; mark = nextMark(text, mark.end)) {
    if (mark.kind === 'close') return mark.end
    if (mark.kind === 'answer') return mark.start
    if (opening.kind === 'channel' && (mark.kind === 'channel' || mark.kind === 'endOfPart')) return mark.start
  }
  return null
}

/**
 * Creates a function that returns the end of the JSON around a mark in one of its strings; null if the mark is outside of JSON. Marks must
 * be passed in order. In damaged JSON, a mark at the start or end of a line counts as a real mark.
 */
function createJsonLookup(text: string): (from: number, mark: ReasoningMark) => number | null {
  const effort = createEffort(text)
  let start = nextJson(text, 0)
  return (from, mark) => {
    if (start >= 0 && start < from) start = nextJson(text, from)
    while (start >= 0 && start < mark.start) {
      const read = readJsonAt(text, start)
      if ('end' in read && read.end > mark.start) return read.end
      if ('fault' in read && read.at > mark.start && !beginsOrEndsLine(text, mark)) return Math.max(read.at, mark.end)
      if ('fault' in read && !effort.spend(read.at - start)) return null
      start = nextJson(text, 'end' in read ? read.end : start + 1)
    }
    return null
  }
}

const beginsOrEndsLine = (text: string, { start, end }: ReasoningMark) => /[\n\r]/.test(`${text[start - 1] ?? '\n'}${text[end] ?? '\n'}`)
