import { createEffort, nextJson, readJsonAt } from './findJson'
import { nextMark, type ReasoningMark, withoutTemplateTokens } from './reasoningMarks'

export interface Answer {
  /** what is left of the reply without its reasoning */
  readonly text: string
  readonly hadReasoning: boolean
  /** reasoning begins and does not end: an answer never came, or cannot be told from the reasoning */
  readonly endsInReasoning: boolean
}

/**
 * Takes a model's reasoning out of its reply: every marked block, and all that stands before an end mark without a beginning, since many
 * templates put the beginning into the prompt. A mark inside a string of JSON is part of a pair and stays. Takes linear time.
 */
export function stripReasoning(text: string): Answer {
  let kept: string[] = []
  let hadReasoning = false
  let answered = false
  /** where the part begins that is not kept or dropped yet, and where to look for marks */
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

/** Marks whose end is used for much else too. */
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
 * Finds where the JSON ends in one of whose strings a mark stands; null where it stands outside of JSON. Marks are asked for in their order.
 * In damaged JSON, a mark that begins or ends a line is taken for the mark that it looks like.
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
