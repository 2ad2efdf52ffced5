import { basename } from 'node:path'
import { z } from 'zod'
import type { ImportRequest } from '../../../shared/contract'
import type { Context } from '../../../shared/domain'
import { say } from '../../../shared/say'
import { type ImportEntries, type ImportEntry, inOwnWords, problemEntry, requireImportFile, schemaFault } from './entry'
import { type JsonEntry, readJsonPieces } from './readJsonStream'
import { trimAll } from './trim'

const pairSchema = z.looseObject({
  img_id: z.union([z.string(), z.number().int()], { error: inOwnWords(say`expected a text or a whole number`) }).transform(String),
  sentences: z.array(z.string()),
})

function readPair(name: string, { line, value }: JsonEntry): ImportEntry {
  const pair = pairSchema.safeParse(value)
  if (!pair.success) return problemEntry(name, line, null, schemaFault(pair.error, ''))
  const { img_id: id, sentences } = pair.data
  const differences = trimAll(sentences)
  const mediaNames = [`${id}_1`, `${id}_2`]
  // A list without sentences says that nothing differs; one of blank sentences says nothing.
  const context: Context = differences.length > 0 || sentences.length === 0 ? { differences } : {}
  return { kind: 'row', file: name, line, id, mediaNames, otherNames: [id], context }
}

/**
 * Spot-the-Diff (https://github.com/harsh19/spot-the-diff): a list of `{img_id, sentences}`. The images are `<id>_1` and `<id>_2`
 * with any ending, or `<id>` and `<id>_2` as they were published.
 */
export async function* readSpotTheDiff(request: ImportRequest): ImportEntries {
  const file = requireImportFile(request)
  const name = basename(file)
  for await (const piece of readJsonPieces(file)) yield piece.map((entry) => readPair(name, entry))
}
