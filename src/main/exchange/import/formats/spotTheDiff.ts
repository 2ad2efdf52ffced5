import { basename } from 'node:path'
import { z } from 'zod'
import type { ImportRequest } from '../../../../shared/contract'
import type { Context } from '../../../../shared/domain'
import { type Gathering, openScratch } from '../../../store/sql/scratch'
import { atRecord, type ImportEntries, type ImportEntry, problemEntry, requireImportFile, schemaFault } from '../row/entry'
import { findRepeated } from '../row/idTable'
import { idSchema } from '../json/jsonRow'
import { keysOf, LeftOut } from '../row/leftOut'
import { type JsonEntry, readJsonPieces } from '../json/readJsonStream'
import { requireFile } from '../text/readLines'

const pairSchema = z.looseObject({
  img_id: idSchema,
  sentences: z.array(z.string()),
})

/** Sentences of pairs with several records. */
type Repeated = Gathering<{ readonly line: number }, readonly string[]>

/**
 * Creates the row of a pair.
 * @param isEmpty whether an empty list of sentences states that nothing differs; a list of blank sentences states nothing
 */
function rowOf(file: string, line: number, id: string, differences: string[], isEmpty: boolean): ImportEntry {
  const context: Context = differences.length > 0 || isEmpty ? { differences } : {}
  return { kind: 'row', file, line, id, mediaNames: [`${id}_1`, `${id}_2`], otherNames: [id], context }
}

const pairKeys = keysOf('img_id sentences')

const givenId = (value: unknown) =>
  typeof value === 'object' && value !== null && 'img_id' in value && value.img_id != null ? String(value.img_id as string) : null

interface Reading {
  readonly file: string
  readonly isRepeated: (id: string) => boolean
  readonly repeated: Repeated
  readonly leftOut: LeftOut
}

function readPair({ line, index, value, fault }: JsonEntry, { file, isRepeated, repeated, leftOut }: Reading) {
  if (fault) return problemEntry(file, line, givenId(value), atRecord(index, fault))
  const pair = pairSchema.safeParse(value)
  if (!pair.success) return problemEntry(file, line, givenId(value), atRecord(index, schemaFault(pair.error, '')))
  const { img_id: id, sentences } = pair.data
  leftOut.addKeys(pair.data, pairKeys, id)
  if (!isRepeated(id)) return rowOf(file, line, id, leftOut.trim(id, sentences), sentences.length === 0)
  repeated.push(repeated.put(id, { line }).place, sentences)
  return []
}

/**
 * Reads Spot-the-Diff (https://github.com/harsh19/spot-the-diff): a list of `{img_id, sentences}`. The images are `<id>_1` and `<id>_2`
 * with any extension, or `<id>` and `<id>_2` as published. A tenth of the published pairs has up to three records by several annotators:
 * their sentences are merged without duplicates, in items after all others.
 */
export async function* readSpotTheDiff(request: ImportRequest): ImportEntries {
  const file = requireImportFile(request)
  const name = basename(file)
  await requireFile(file)
  const isRepeated = await findRepeated(file, 'img_id')
  const scratch = openScratch()
  const repeated: Repeated = scratch.gather()
  const leftOut = new LeftOut()
  try {
    let broken: unknown
    try {
      for await (const piece of readJsonPieces(file))
        yield piece.flatMap((entry) => readPair(entry, { file: name, isRepeated, repeated, leftOut }))
    } catch (error) {
      broken = error
    }
    // Records read before an error in the file are valid.
    for (const { id, head, parts } of repeated.read()) {
      const differences = leftOut.keepOnce(id, leftOut.trim(id, parts.flat()))
      yield rowOf(
        name,
        head.line,
        id,
        differences,
        parts.some(({ length }) => length === 0),
      )
    }
    yield* leftOut.notes(name)
    if (broken !== undefined) throw broken
  } finally {
    scratch.close()
  }
}
