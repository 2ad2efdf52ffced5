import { z } from 'zod'
import type { en } from './messages/en'
import { message, type Message, type Text, textOrMessageSchema } from './messages/message'
import { toEnglish } from './messages/translate'

/**
 * Codes of errors that a person can act on, with what happened, to which item, and what to do. The modules throw a `Problem`, the window
 * and the command line show it. Any other thrown error is a bug in Exemplar.
 */
export const problemCodeSchema = z.enum([
  'wrong-use',
  'not-found',
  'exists',
  'unreadable-project',
  'newer-project',
  'older-project',
  'damaged-project',
  'read-only',
  'disk-full',
  'busy',
  'hidden',
  'bad-file',
  'bad-media',
  'bad-template',
  'no-key',
  'provider',
  'conflict',
  'internal',
])
export type ProblemCode = z.infer<typeof problemCodeSchema>

export const problemSchema = z.object({
  code: problemCodeSchema,
  message: textOrMessageSchema,
  remedy: textOrMessageSchema,
  item: z.string().nullable(),
})
export type ProblemData = z.infer<typeof problemSchema>

/** `message` and `remedy` are English, for logs and the command line; `text` and `remedyText` can be translated. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: ProblemCode
  readonly text: Text
  readonly remedyText: Text
  readonly remedy: string
  readonly item: string | null

  constructor(code: ProblemCode, text: Text, remedy: Text, options: { item?: string; cause?: unknown } = {}) {
    super(toEnglish(text), { cause: options.cause })
    this.code = code
    this.text = text
    this.remedyText = remedy
    this.remedy = toEnglish(remedy)
    this.item = options.item ?? null
  }

  /** The part of the text after the item, if the text has no other part: `it is empty` of `a.json: it is empty.` */
  get reason(): Text | null {
    if (typeof this.text === 'string' || this.text.code !== 'common.aboutItem') return null
    const { reason } = this.text.values
    return typeof reason === 'number' ? String(reason) : (reason ?? null)
  }

  /** Returns the Problem that another process reported. */
  static fromData({ code, message: text, remedy, item }: ProblemData): Problem {
    return new Problem(code, text, remedy, item === null ? {} : { item })
  }

  toData(): ProblemData {
    return { code: this.code, message: this.text, remedy: this.remedyText, item: this.item }
  }
}

/** Returns a short text for any thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function errorCode(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

type SystemFault = keyof typeof en.problem.about

/** Describes a fault, with the file or item if one is known. */
const describeFault = (fault: SystemFault, item: string | undefined, reason: string): Message =>
  item ? message(`problem.about.${fault}`, { item, reason }) : message(`problem.${fault}`, { reason })

/** Converts an error of the file system, SQLite or a library to a Problem; returns a Problem unchanged. `what` names the file or item. */
export function toProblem(error: unknown, what?: string): Problem {
  if (error instanceof Problem) return error
  const problem = (code: ProblemCode, fault: SystemFault, remedy: Message, reason = messageOf(error)) =>
    new Problem(code, describeFault(fault, what, reason), remedy, { cause: error, ...(what ? { item: what } : {}) })
  const code = errorCode(error) ?? ''
  // SQLite reports no ENOSPC when it allocates its index of the log.
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE')
    return problem('disk-full', 'diskFull', message('problem.freeSpace'))
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM' || code.startsWith('SQLITE_READONLY'))
    return problem('read-only', 'writingNotAllowed', message('problem.chooseAnotherFolder'))
  if (code === 'SQLITE_BUSY' || code === 'SQLITE_LOCKED') return problem('busy', 'anotherProgramWriting', message('problem.waitForOther'))
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_IOERR'))
    return problem('damaged-project', 'projectFileUnreadable', message('problem.runRecover'))
  if (code === 'SQLITE_ERROR') return problem('damaged-project', 'projectFileForeign', message('problem.runRecover'))
  if (error instanceof z.ZodError) {
    const [issue] = error.issues
    const reason = [issue?.path.join('.'), issue?.message].filter(Boolean).join(': ')
    return problem('internal', 'unknownForm', message('problem.runDoctor'), reason)
  }
  if (code === 'ENOENT') return problem('not-found', 'noSuchFile', message('problem.checkPath'))
  const text = what ? message('common.labelled', { label: what, text: messageOf(error) }) : messageOf(error)
  return new Problem('internal', text, message('problem.retryOrReport'), { cause: error, ...(what ? { item: what } : {}) })
}
