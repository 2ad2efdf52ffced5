import { cleanPairText } from '../../../shared/domain'
import { message } from '../../../shared/messages/message'
import { findControlToken, withoutStopTokens } from '../../../shared/text/controlTokens'
import { UnclearShape } from './rawPair'

/** Returns the text of a pair as it is stored, without the control tokens at its end. */
export const cleanReplyText = (text: string): string => withoutStopTokens(cleanPairText(text))

/** @throws UnclearShape if a cleaned text is more than the text of a pair */
export function requireOneText(text: string, isInPrompt: (text: string) => boolean): void {
  const token = findControlToken(text)
  if (token !== null && !isInPrompt(token)) throw new UnclearShape(message('reply.controlToken', { token }))
  if (asksAndAnswers(text)) throw new UnclearShape(message('reply.turnsInText'))
}

const asks = /^[\s#>*_-]{0,9}(?:human|user|question|instruction|q)\s?\d{0,3}[*_]{0,3}\s?:/im
const answers = /^[\s#>*_-]{0,9}(?:assistant|answer|response|a|ai|bot|gpt)\s?\d{0,3}[*_]{0,3}\s?:/im

/** Returns whether later lines of a text contain turns of their own, as from models that do not stop. */
function asksAndAnswers(text: string): boolean {
  const later = text.slice(text.indexOf('\n') + 1)
  return later.length < text.length && asks.test(later) && answers.test(later)
}
