import { z } from 'zod'
import { Problem } from '../../../shared/problem'
import { type Message, message, type Text, textOrMessageSchema } from '../../../shared/messages/message'
import { toEnglish } from '../../../shared/messages/translate'

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

// Schemas are costly to make: none is made for a single row.
export const textSchema = z.string()
export const numberSchema = z.number()
export const numberOrNoneSchema = numberSchema.optional()
export const numbersSchema = numberSchema.array()

/**
 * What a project file holds as JSON, checked. `what` says what it is, for people.
 * @throws Problem damaged-project where it is not JSON or has another form: other programs can write into the file too
 */
export function parseStored<S extends z.ZodType>(schema: S, text: unknown, what: Message): z.output<S> {
  try {
    return schema.parse(JSON.parse(textSchema.parse(text)))
  } catch (error) {
    throw unreadable(what, error)
  }
}

/** The same for a row. @throws Problem damaged-project */
export function parseRow<S extends z.ZodType>(schema: S, row: unknown, what: Message): z.output<S> {
  const parsed = schema.safeParse(row)
  if (parsed.success) return parsed.data
  throw unreadable(what, parsed.error)
}

function unreadable(what: Message, error: unknown): Problem {
  const [issue] = error instanceof z.ZodError ? error.issues : []
  const reason = issue ? [issue.path.join('.'), issue.message].filter(Boolean).join(': ') : message('store.notJson')
  return new Problem('damaged-project', message('store.unreadable', { what, reason }), message('store.runDoctorOrRecover'), {
    item: toEnglish(what),
    cause: error,
  })
}
