import type { z } from 'zod'
import { type Context, contextSchema, type ImportReport, type MediaKind } from '../../../../shared/domain'
import type { ImportRequest } from '../../../../shared/contract'
import { Problem } from '../../../../shared/problem'
import type { DrawnOn } from './fitBoxes'
import { Message, message, type PlainKey, type Text } from '../../../../shared/messages/message'
import { isMessageKey } from '../../../../shared/messages/translate'

export type ImportProblem = ImportReport['problems'][number]

/** What is wrong with a row, or with a part of it, and what helps; or what was corrected in it, which is a note. */
export type RowFault = Pick<ImportProblem, 'reason' | 'remedy'> & { readonly isNote?: true }

/** A medium that a data file held, written to a file of its own for the time of the import. */
export interface EmbeddedFile {
  readonly file: string
}

/** One item as a file gives it: not yet looked at are its media, which are named relative to the media folder. */
export interface ImportRow {
  readonly kind: 'row'
  readonly file: string
  /** 1-based; null where the format has no lines */
  readonly line: number | null
  readonly id: string
  /** file names; or what stands for them: a file name without its ending, or a key of the files map */
  readonly mediaNames: readonly string[]
  /** other names that a medium may have, by its position, where there is no file of the first */
  readonly otherNames?: readonly (string | readonly string[] | undefined)[]
  /** the medium itself as base64 or as a temporary file, by its position, where there is no file of it */
  readonly embedded?: readonly (string | EmbeddedFile | undefined)[]
  /** what people know a medium as, by its position, where its file has another name */
  readonly fileNames?: readonly (string | undefined)[]
  /** SHA-256 of the media, in hexadecimal, by position, where the file says it: another file in their place is refused */
  readonly hashes?: readonly (string | undefined)[]
  /** which of several files with one name but for their ending is meant; images by default */
  readonly mediaKind?: MediaKind
  readonly context: Context
  /** the row only says whose pairs follow: an item that is there stays as it is, if it shows the same media */
  readonly forPairs?: boolean
  /** SHA-256 of the files that the media were made of, by position: an item that shows those shows the same */
  readonly sourceHashes?: readonly (string | undefined)[]
  /** sizes of the images that the boxes were drawn on, by position; null where the file does not say: `fitBoxes` corrects by them */
  readonly boxesDrawnOn?: readonly (DrawnOn | null)[]
  /** items of a single image without its file, which this row pairs now that the file is there */
  readonly inPlaceOf?: readonly string[]
}

/**
 * What a format yields, one after the other, so that a file may be larger than the memory: items, problems (of a row that is left
 * out, or of a part of one), notes (which are told and change nothing), and, where the format knows it, how many items to expect.
 */
export type ImportEntry =
  | ImportRow
  | ({ readonly kind: 'problem' } & Readonly<ImportProblem>)
  | ({ readonly kind: 'note' } & Readonly<ImportProblem>)
  | { readonly kind: 'total'; readonly total: number }

/** Several at a time from a format that has them at hand, since a wait for each of a million would be felt. */
export type ImportEntries = AsyncGenerator<ImportEntry | readonly ImportEntry[], void, undefined>

/** A format: throws Problem 'bad-file' or 'wrong-use' where the file as a whole is of no use, yields a problem for a bad row. */
export type ReadImport = (request: ImportRequest) => ImportEntries

const isSeveral = (entry: ImportEntry | readonly ImportEntry[]): entry is readonly ImportEntry[] => Array.isArray(entry)

/** What a format yielded, as a list. */
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

/** The file that a format reads. Throws Problem 'wrong-use' where none was named. */
export function requireImportFile({ format, file }: ImportRequest): string {
  if (file !== undefined) return file
  throw new Problem('wrong-use', message('import.fileNeeded', { format }), message('import.nameFileOption'))
}

/** Says which record of a list something is about: a list on a single line has no other place. @param index from 0, null for lines */
export const atRecord = (index: number | null, reason: Message): Message =>
  index === null ? reason : message('import.atRecord', { number: index + 1, reason })

const longestId = 500

/** Why a text cannot be the id of an item, or null. */
export function idFault(id: string): Message | null {
  if (id.trim() === '') return message('import.row.idEmpty')
  if (id.length > longestId) return message('import.row.idTooLong', { limit: longestId })
  // oxlint-disable-next-line no-control-regex -- ids stand in file names and tables
  if (/[\u0000-\u001f\u007f]/.test(id) || !id.isWellFormed()) return message('import.row.idBroken')
  return null
}

/** What a schema reports of a value that it does not take: the key of a message, which `schemaFault` reads again. */
export const faultCode = (code: PlainKey): string => code

/** The first thing a schema minds, in words: `context.captions.0: expected string, received number`. */
export function schemaFault(error: z.ZodError, root: string): Message {
  const issue = error.issues[0]
  const place = [root, ...(issue?.path ?? []).map(String)].filter(Boolean).join('.')
  const words = issue?.message.replace(/^Invalid input: /, '') // zod's own
  const reason = words === undefined ? message('import.notAsExpected') : isMessageKey(words) ? new Message(words) : words
  return place === '' ? message('common.text', { text: reason }) : message('common.labelled', { label: place, text: reason })
}

/** What reads a context calls itself for each level, so that the stack, which is not always as deep, would set the limit. */
const deepestLevel = 100

function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepestLevel) return true
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []))
  }
  return false
}

/** Reads a context of unknown origin; a text says why it cannot be one. */
export function parseContext(value: unknown): Context | Message {
  if (isTooDeep(value)) return message('import.row.contextTooDeep', { limit: deepestLevel })
  const parsed = contextSchema.safeParse(value)
  return parsed.success ? parsed.data : schemaFault(parsed.error, 'context')
}
