import { basename } from 'node:path'
import { z } from 'zod'
import type { ImportRequest } from '../../../shared/contract'
import { type ImportEntry, problemEntry, requireImportFile, schemaFault } from './entry'
import { readJsonEntries } from './readJsonStream'
import { trimAll } from './trim'

const pairSchema = z.looseObject({
  img_id: z.union([z.string(), z.number().int()], { error: 'expected a text or a whole number' }).transform(String),
  sentences: z.array(z.string()),
})

/**
 * Spot-the-Diff (https://github.com/harsh19/spot-the-diff): a list of `{img_id, sentences}`. The images are `<id>_1` and `<id>_2`
 * with any ending, or `<id>` and `<id>_2` as they were published.
 */
export async function* readSpotTheDiff(request: ImportRequest): AsyncGenerator<ImportEntry, void, undefined> {
  const file = requireImportFile(request)
  const name = basename(file)
  for await (const { line, value } of readJsonEntries(file)) {
    const pair = pairSchema.safeParse(value)
    if (!pair.success) {
      yield problemEntry(name, line, null, schemaFault(pair.error, ''))
      continue
    }
    const { img_id: id, sentences } = pair.data
    const differences = trimAll(sentences)
    const mediaNames = [`${id}_1`, `${id}_2`]
    yield { kind: 'row', file: name, line, id, mediaNames, otherNames: [id], context: differences.length > 0 ? { differences } : {} }
  }
}
