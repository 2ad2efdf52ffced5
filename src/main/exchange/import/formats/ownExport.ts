import { z } from 'zod'
import { Message, message } from '../../../../shared/messages/message'
import { lastPart } from '../annotationFiles'
import { type ImportEntry, noteEntry, parseContext, problemEntry } from '../row/entry'
import { IdTable } from '../row/idTable'

const lineSchema = z.looseObject({
  item: z.string().min(1),
  media: z.array(z.looseObject({ file: z.string().min(1), name: z.string().min(1), sha256: z.string().optional() })),
  context: z.unknown(),
  instruction: z.string(),
  response: z.string(),
  decision: z.looseObject({ verdict: z.string() }),
})

/** The item of a line in Exemplar's own JSONL export. */
export interface ExportedItem {
  readonly id: string
  readonly mediaNames: readonly string[]
  /** Names to use if the media folder itself was chosen. */
  readonly otherNames: readonly string[]
  /** Names under which the media were imported. */
  readonly fileNames: readonly string[]
  readonly hashes: readonly (string | undefined)[]
  readonly context: unknown
}

/** Checks whether a line contains a pair as Exemplar exports it; runs before parsing, because most lines do not. */
const looksExported = (text: string) => ['"item"', '"instruction"', '"decision"'].every((key) => text.includes(key))

/** Reads a line of Exemplar's own JSONL export; null for any other line. */
export function parseExportLine(text: string): ExportedItem | null {
  if (!looksExported(text)) return null
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  const line = lineSchema.safeParse(value)
  if (!line.success) return null
  const { item, media, context } = line.data
  return {
    id: item,
    mediaNames: media.map(({ file }) => file),
    otherNames: media.map(({ file }) => lastPart(file)),
    fileNames: media.map(({ name }) => name),
    hashes: media.map(({ sha256 }) => sha256),
    context,
  }
}

/** Hashes a text (FNV-1a) to detect whether two texts are equal. */
function numberOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash >>> 0
}

/**
 * Converts the lines of an export, one per pair, into items: the first line of an item is its row, later lines are only used if they
 * differ.
 */
export function createExportReader(file: string) {
  const seen = new IdTable()
  let pairs = 0
  let first: number | null = null
  return {
    read(item: ExportedItem, line: number): ImportEntry | null {
      pairs++
      first ??= line
      const { id, mediaNames, otherNames, fileNames, hashes, context: given } = item
      const known = seen.add(id, numberOf(JSON.stringify([mediaNames, given])))
      if (known === numberOf(JSON.stringify([mediaNames, given]))) return null
      const context = parseContext(given)
      if (context instanceof Message) return problemEntry(file, line, id, context)
      return { kind: 'row', file, line, id, mediaNames, otherNames, fileNames, hashes, context }
    },

    /** Yields the final note that the pairs were not imported. */
    *finish(): Generator<ImportEntry, void, undefined> {
      if (pairs > 0) yield noteEntry(file, first, null, message('import.ownExport.itemsComeBack', { items: seen.size, pairs }))
    },
  }
}
