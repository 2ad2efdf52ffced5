import type { UnusedField } from '../../../shared/domain'
import { unusedField } from './unusedField'

const medium = '(?:images?|pictures?|photos?|videos?|clips?|frames?|files?|attachments?)'
const not =
  "(?:cannot|can not|can['’]t|could not|couldn['’]t|unable to|not able to|do not|don['’]t|did not|didn['’]t) (?:actually |directly |really )?"
const remark = new RegExp(
  `\\b(?:${not}(?:see|view|access|open|load|process|analy[sz]e|inspect|watch|receive|have access to)\\b[^\\n.!?]{0,60}\\b${medium}` +
    `|no ${medium} (?:was|were|is|are|has been|have been) (?:provided|attached|uploaded|shared|included|given))\\b`,
  'i',
)
/** Characters around the words that are shown. */
const around = 100

/** The comments in the JSON of a reply. */
export const describeComments = ([first, ...others]: readonly string[]): UnusedField[] =>
  first === undefined ? [] : [unusedField('//', first, others.length + 1)]

/** What a model writes beside its pairs when it has not seen the media: as a field, since nothing else shows it. */
export function findRemark(text: string): UnusedField[] {
  const found = remark.exec(text)
  if (!found) return []
  const end = found.index + found[0].length
  const before = /[^\n.!?]*$/.exec(text.slice(Math.max(0, found.index - around), found.index))?.[0] ?? ''
  const after = /^[^\n.!?]*/.exec(text.slice(end, end + around))?.[0] ?? ''
  return [unusedField('text', `${before}${found[0]}${after}`)]
}
