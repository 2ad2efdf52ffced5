import { z } from 'zod'

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
  'damaged-project',
  'read-only',
  'disk-full',
  'busy',
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
})
export type ProblemData = z.infer<typeof problemSchema>

export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: ProblemCode
  readonly remedy: string
  readonly item: string | null

  constructor(code: ProblemCode, message: string, remedy: string, options: { item?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.code = code
    this.remedy = remedy
    this.item = options.item ?? null
  }

  toData(): ProblemData {
    return { code: this.code, message: this.message, remedy: this.remedy, item: this.item }
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
  const about = what ? `${what}: ` : ''
  const options = { cause: error, ...(what ? { item: what } : {}) }
  const code = errorCode(error) ?? ''
  // SQLite cannot say ENOSPC where it makes room for its index of the log.
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE')
    return new Problem(
      'disk-full',
      `${about}the disk is full.`,
      'Free some space and try again; everything stored so far is safe.',
      options,
    )
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM' || code.startsWith('SQLITE_READONLY'))
    return new Problem('read-only', `${about}writing is not allowed here.`, 'Choose another folder, or change its permissions.', options)
  if (code === 'SQLITE_BUSY' || code === 'SQLITE_LOCKED')
    return new Problem('busy', `${about}another program is writing to this project.`, 'Wait until it has finished and try again.', options)
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_IOERR'))
    return new Problem(
      'damaged-project',
      `${about}the project file cannot be read (${messageOf(error)}).`,
      'Run `npm run exemplar -- doctor <project>`, or restore a copy from its backups folder.',
      options,
    )
  if (code === 'SQLITE_ERROR')
    return new Problem(
      'damaged-project',
      `${about}the project file is not as Exemplar made it (${messageOf(error)}).`,
      'Run `npm run exemplar -- doctor <project>`, or restore a copy from its backups folder.',
      options,
    )
  if (code === 'ENOENT') return new Problem('not-found', `${about}no such file or folder.`, 'Check the path.', options)
  return new Problem('internal', `${about}${messageOf(error)}`, 'Try again; if it happens again, report it with this text.', options)
}
