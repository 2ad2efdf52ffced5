import type { DraftedPair, UnusedField } from '../../../shared/domain'
import { unusedField } from './unusedField'

const medium = '(?:images?|pictures?|photos?|videos?|clips?|frames?|files?|attachments?)'
const not =
  "(?:cannot|can not|can['’]t|could not|couldn['’]t|unable to|not able to|do not|don['’]t|did not|didn['’]t) (?:actually |directly |really )?"

/** Remarks of a model next to its pairs that affect their value. */
const remarks = [
  // it did not see the media
  `\\b${not}(?:see|view|access|open|load|process|analy[sz]e|inspect|watch|receive|have access to)\\b[^\\n.!?]{0,60}\\b${medium}\\b`,
  `\\bno ${medium} (?:was|were|is|are|has been|have been) (?:provided|attached|uploaded|shared|included|given)\\b`,
  // it refuses a part of the request
  "\\b(?:I|we)(?: am|['’]m| are|['’]re)? ?(?:cannot|can not|can['’]t|could not|couldn['’]t|won['’]t|will not|unable to|not able to|(?:must |have to )?decline)\\b",
  '\\b(?:sorry|apologi[sz]e|unfortunately|regrettably|not (?:allowed|permitted) to|es tut mir leid|leider|helaas|het spijt me|malheureusement|lo siento|mi dispiace)\\b',
  '抱歉|对不起|對不起|申し訳|죄송|désolé',
  // it doubts its pairs
  '\\b(?:guess(?:es|ed|ing)?|made up|invented|fabricated|hallucinat\\w{1,9}|assum(?:ed?|ing|ptions?)|uncertain|unsure|not (?:\\w{1,12} )?(?:sure|certain)|disclaimer|low confidence)\\b',
  '\\b(?:may|might|could) (?:not )?(?:be|contain) (?:\\w{1,12} ){0,2}(?:inaccura\\w{1,6}|incorrect|wrong|accurate|correct|errors?|mistakes?)\\b',
  `\\b${medium} (?:is|was|are|were) (?:\\w{1,12} )?(?:blurr(?:y|ed)|dark|unclear|too small|cropped|illegible|unreadable|low.resolution)\\b`,
  // it judges its pairs
  '\\b(?:score|rating|confidence|quality)\\b[\\W]{1,5}\\d|\\b\\d{1,3} ?/ ?(?:5|10|100)\\b',
  '\\bfail(?:s|ed)?\\b[^\\n.!?]{0,40}\\b(?:guidelines?|requirements?|checks?|criteria|rules?)\\b',
].map((source) => new RegExp(source, 'gi'))
/** Number of characters shown on each side of the matched words. */
const around = 100

/** Describes the comments in the JSON of a reply. */
export const describeComments = ([first, ...others]: readonly string[]): UnusedField[] =>
  first === undefined ? [] : [unusedField('//', first, others.length + 1)]

/** Lists a model's remarks next to its pairs that nothing else shows, for example that it refuses, guesses or has not seen the media. */
export function findRemarks(text: string): UnusedField[] {
  const sentences = new Map<number, string>()
  for (const remark of remarks) for (const { index, 0: found } of text.matchAll(remark)) addSentence(sentences, text, index, found)
  const [first, ...others] = [...sentences].toSorted(([a], [b]) => a - b).map(([, sentence]) => sentence)
  return first === undefined ? [] : [unusedField('text', first, others.length + 1)]
}

/** Adds the sentence around the matched words, once per start position. */
function addSentence(sentences: Map<number, string>, text: string, index: number, found: string): void {
  const end = index + found.length
  const before = /[^\n.!?]*$/.exec(text.slice(Math.max(0, index - around), index))?.[0] ?? ''
  const after = /^[^\n.!?]*/.exec(text.slice(end, end + around))?.[0] ?? ''
  if (!sentences.has(index - before.length)) sentences.set(index - before.length, `${before}${found}${after}`)
}

/** Returns the lines of a transcript that belong to none of its pairs. */
export function linesBeside(text: string, pairs: readonly DraftedPair[]): string {
  const parts = pairs.flatMap(({ instruction, response }) => [instruction, response])
  const known = parts.map((part) => ({ part, first: part.split('\n', 1)[0] ?? part }))
  const isKnown = (line: string) => known.some(({ part, first }) => part.includes(line) || line.includes(first))
  return text
    .split('\n')
    .filter((line) => line.trim() !== '' && !isKnown(line.trim()))
    .join('\n')
}
