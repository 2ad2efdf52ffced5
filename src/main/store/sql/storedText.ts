import { type Text, textOrMessageSchema } from '../../../shared/messages/message'

/** Returns a text as a column keeps it: as JSON, so that it can be shown in every language. */
export const toStoredText = (text: Text): string => JSON.stringify(text)

/** Reads what `toStoredText` wrote. Earlier versions of Exemplar stored plain English, which is given back as it is. */
export function fromStoredText(stored: string): Text {
  try {
    return textOrMessageSchema.catch(stored).parse(JSON.parse(stored))
  } catch {
    return stored
  }
}
