import { z } from 'zod'
import { Problem } from '../../../shared/problem'
import { type Message, message, type Text, textOrMessageSchema } from '../../../shared/messages/message'
import { toEnglish } from '../../../shared/messages/translate'

/** Returns a text in the form stored in a column: as JSON, so that it can be shown in every language. */
export const toStoredText = (text: Text): string => JSON.stringify(text)

/** Reads the output of `toStoredText`. Earlier versions of Exemplar stored plain English, which is returned unchanged. */
export function fromStoredText(stored: string): Text {
  try {
    return textOrMessageSchema.catch(stored).parse(JSON.parse(stored))
  } catch {
    return stored
  }
}

// Schemas are expensive to create, so none is created per row.
export const textSchema = z.string()
export const numberSchema = z.number()
export const numberOrNoneSchema = numberSchema.optional()
export const numbersSchema = numberSchema.array()

/**
 * Parses and checks JSON stored in a project file. `what` describes it to the user.
 * @throws Problem damaged-project if it is not JSON or has another shape: other programs can write to the file too
 */
export function parseStored<S extends z.ZodType>(schema: S, text: unknown, what: Message): z.output<S> {
  try {
    return schema.parse(JSON.parse(textSchema.parse(text)))
  } catch (error) {
    throw unreadable(what, error)
  }
}

/** Checks a row of a project file. @throws Problem damaged-project */
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
