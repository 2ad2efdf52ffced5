import { z } from 'zod'
import { inEnglish, say, saidTextsSchema, tell, type SaidTexts, type Text } from './say'

/**
 * An error that a person can act on: what happened, to which item, and what to do. Rooms throw it, the window and the command
 * line show it. Anything else that is thrown is a fault of ours.
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
  message: z.string(),
  remedy: z.string(),
  item: z.string().nullable(),
  said: saidTextsSchema.optional(),
})
export type ProblemData = z.infer<typeof problemSchema>

/** `message` and `remedy` are English; `said` holds what they are made of, for a window in another language. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: ProblemCode
  readonly remedy: string
  readonly item: string | null
  readonly said: SaidTexts

  constructor(code: ProblemCode, message: Text, remedy: Text, options: { item?: string; cause?: unknown } = {}) {
    super(inEnglish(message), { cause: options.cause })
    this.code = code
    this.remedy = inEnglish(remedy)
    this.item = options.item ?? null
    this.said = tell({ message, remedy }).said ?? {}
  }

  /** What another process told. */
  static fromData({ code, message, remedy, item, said }: ProblemData): Problem {
    return new Problem(code, said?.['message'] ?? message, said?.['remedy'] ?? remedy, item === null ? {} : { item })
  }

  toData(): ProblemData {
    return { code: this.code, message: this.message, remedy: this.remedy, item: this.item, said: this.said }
  }
}

/** A short, honest text for anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function errorCode(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** Turns what the file system, SQLite or a library throws into a Problem; a Problem stays as it is. `what` names the file or item. */
export function toProblem(error: unknown, what?: string): Problem {
  if (error instanceof Problem) return error
  const about = what ? say`${what}: ` : ''
  const options = { cause: error, ...(what ? { item: what } : {}) }
  const code = errorCode(error) ?? ''
  // SQLite cannot say ENOSPC where it makes room for its index of the log.
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE')
    return new Problem(
      'disk-full',
      say`${about}the disk is full.`,
      say`Free some space and try again; everything stored so far is safe.`,
      options,
    )
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM' || code.startsWith('SQLITE_READONLY'))
    return new Problem(
      'read-only',
      say`${about}writing is not allowed here.`,
      say`Choose another folder, or change its permissions.`,
      options,
    )
  if (code === 'SQLITE_BUSY' || code === 'SQLITE_LOCKED')
    return new Problem(
      'busy',
      say`${about}another program is writing to this project.`,
      say`Wait until it has finished and try again.`,
      options,
    )
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_IOERR'))
    return new Problem(
      'damaged-project',
      say`${about}the project file cannot be read (${messageOf(error)}).`,
      say`Run \`npm run exemplar -- recover <project>\` to choose what to go on with.`,
      options,
    )
  if (code === 'SQLITE_ERROR')
    return new Problem(
      'damaged-project',
      say`${about}the project file is not as Exemplar made it (${messageOf(error)}).`,
      say`Run \`npm run exemplar -- recover <project>\` to choose what to go on with.`,
      options,
    )
  if (error instanceof z.ZodError) {
    const [issue] = error.issues
    return new Problem(
      'internal',
      say`${about}a value that was read has another form than Exemplar writes (${[issue?.path.join('.'), issue?.message].filter(Boolean).join(': ')}).`,
      say`Run \`npm run exemplar -- doctor <project>\`; if it finds nothing, report this text.`,
      options,
    )
  }
  if (code === 'ENOENT') return new Problem('not-found', say`${about}no such file or folder.`, say`Check the path.`, options)
  return new Problem(
    'internal',
    `${inEnglish(about)}${messageOf(error)}`,
    say`Try again; if it happens again, report it with this text.`,
    options,
  )
}
