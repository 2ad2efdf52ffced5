import type { z } from 'zod'
import { type Context, contextSchema, type ImportReport, type MediaKind } from '../../../../shared/domain'
import type { ImportRequest } from '../../../../shared/contract'
import { Problem } from '../../../../shared/problem'
import type { DrawnOn } from './fitBoxes'
import { Message, message, type PlainKey, type Text } from '../../../../shared/messages/message'
import { isMessageKey } from '../../../../shared/messages/translate'

export type ImportProblem = ImportReport['problems'][number]

/** A problem of a row or of a part of it, with a remedy; or a correction, which is a note. */
export type RowFault = Pick<ImportProblem, 'reason' | 'remedy'> & { readonly isNote?: true }

/** A medium that was embedded in a data file and is written to a temporary file during the import. */
export interface EmbeddedFile {
  readonly file: string
}

/** An item as read from a file. Its media are named relative to the media folder and have not been checked yet. */
export interface ImportRow {
  readonly kind: 'row'
  readonly file: string
  /** 1-based; null if the format has no lines. */
  readonly line: number | null
  readonly id: string
  /** File names, or values that identify them: a file name without its extension, or a key of the files map. */
  readonly mediaNames: readonly string[]
  /** Alternative names of each medium, by position, used if there is no file with the first name. */
  readonly otherNames?: readonly (string | readonly string[] | undefined)[]
  /** The medium itself as base64 or as a temporary file, by position, used if there is no file. */
  readonly embedded?: readonly (string | EmbeddedFile | undefined)[]
  /** Display name of each medium, by position, if its file has a different name. */
  readonly fileNames?: readonly (string | undefined)[]
  /** SHA-256 of the media, in hexadecimal, by position, if the file states it; a file with another hash is rejected. */
  readonly hashes?: readonly (string | undefined)[]
  /** Preferred kind if several files have the same name apart from the extension; images by default. */
  readonly mediaKind?: MediaKind
  readonly context: Context
  /** The row only identifies the item of the pairs that follow: an existing item with the same media is not changed. */
  readonly forPairs?: boolean
  /** SHA-256 of the files from which the media were made, by position: an item with these files counts as having the same media. */
  readonly sourceHashes?: readonly (string | undefined)[]
  /** Sizes of the images on which the boxes were drawn, by position; null if the file does not state it. Used by `fitBoxes`. */
  readonly boxesDrawnOn?: readonly (DrawnOn | null)[]
  /** Source ids of single-image items without a file, which this row replaces as a pair now that the file exists. */
  readonly inPlaceOf?: readonly string[]
}

/**
 * An entry that a format yields, so that a file may be larger than memory: an item, a problem (of a skipped row, or of a part of a row),
 * a note (reported without any effect) or, if the format knows it, the number of items to expect.
 */
export type ImportEntry =
  | ImportRow
  | ({ readonly kind: 'problem' } & Readonly<ImportProblem>)
  | ({ readonly kind: 'note' } & Readonly<ImportProblem>)
  | { readonly kind: 'total'; readonly total: number }

/** Entries of a format, several at a time if they are available, because awaiting each of a million entries would be slow. */
export type ImportEntries = AsyncGenerator<ImportEntry | readonly ImportEntry[], void, undefined>

/**
 * Reads a format. Yields a problem for each bad row.
 * @throws Problem 'bad-file' or 'wrong-use' if the file as a whole is unusable
 */
export type ReadImport = (request: ImportRequest) => ImportEntries

const isSeveral = (entry: ImportEntry | readonly ImportEntry[]): entry is readonly ImportEntry[] => Array.isArray(entry)

/** Returns the yielded entry or entries as a list. */
export const toEntries = (some: ImportEntry | readonly ImportEntry[]): readonly ImportEntry[] => (isSeveral(some) ? some : [some])

export const problemEntry = (
  file: string,
  line: number | null,
  item: string | null,
  reason: Text,
  remedy?: ImportProblem['remedy'],
): ImportEntry => ({ kind: 'problem', file, line, item, reason, remedy })

export const noteEntry = (file: string, line: number | null, item: string | null, reason: Text): ImportEntry => ({
  kind: 'note',
  file,
  line,
  item,
  reason,
})

/**
 * Returns the file of a request.
 * @throws Problem 'wrong-use' if none is given
 */
export function requireImportFile({ format, file }: ImportRequest): string {
  if (file !== undefined) return file
  throw new Problem('wrong-use', message('import.fileNeeded', { format }), message('import.nameFileOption'))
}

/**
 * Adds the record number to a reason, because a list on a single line has no line numbers.
 * @param index 0-based; null for lines
 */
export const atRecord = (index: number | null, reason: Message): Message =>
  index === null ? reason : message('import.atRecord', { number: index + 1, reason })

const longestId = 500

/** Returns the reason why a text cannot be the id of an item, or null. */
export function idFault(id: string): Message | null {
  if (id.trim() === '') return message('import.row.idEmpty')
  if (id.length > longestId) return message('import.row.idTooLong', { limit: longestId })
  // oxlint-disable-next-line no-control-regex -- ids stand in file names and tables
  if (/[\u0000-\u001f\u007f]/.test(id) || !id.isWellFormed()) return message('import.row.idBroken')
  return null
}

/** Error code of a schema: a message key that `schemaFault` converts back into a message. */
export const faultCode = (code: PlainKey): string => code

/** Describes the first issue of a schema: `context.captions.0: expected string, received number`. */
export function schemaFault(error: z.ZodError, root: string): Message {
  const issue = error.issues[0]
  const place = [root, ...(issue?.path ?? []).map(String)].filter(Boolean).join('.')
  const words = issue?.message.replace(/^Invalid input: /, '') // zod's own message
  const reason = words === undefined ? message('import.notAsExpected') : isMessageKey(words) ? new Message(words) : words
  return place === '' ? message('common.text', { text: reason }) : message('common.labelled', { label: place, text: reason })
}

/**
 * Maximum nesting depth of a context. Readers of a context are recursive, so otherwise the stack size, which varies, would be the limit.
 */
const deepestLevel = 100

function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepestLevel) return true
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []))
  }
  return false
}

/** Parses a context of unknown origin; returns a Message if it is invalid. */
export function parseContext(value: unknown): Context | Message {
  if (isTooDeep(value)) return message('import.row.contextTooDeep', { limit: deepestLevel })
  const parsed = contextSchema.safeParse(value)
  return parsed.success ? parsed.data : schemaFault(parsed.error, 'context')
}
