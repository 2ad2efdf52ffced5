import { basename } from 'node:path'
import { z } from 'zod'
import type { ImportRequest } from '../../../shared/contract'
import type { Context } from '../../../shared/domain'
import { say } from '../../../shared/say'
import { type ImportEntry, inOwnWords, problemEntry, requireImportFile, schemaFault } from './entry'
import { IdTable } from './idTable'
import { readJsonEntries } from './readJsonStream'

const nameSchema = z.union([z.string().min(1), z.array(z.string().min(1))], { error: inOwnWords(say`expected a file name`) })
const recordSchema = z.looseObject({
  id: z.union([z.string(), z.number().int()], { error: inOwnWords(say`expected a text or a whole number`) }).transform(String),
  image: nameSchema.optional(),
  video: nameSchema.optional(),
  conversations: z.array(z.object({ from: z.string(), value: z.string() })),
})
type Record = z.infer<typeof recordSchema>
type Round = NonNullable<Context['conversation']>[number]

const isPerson = (from: string) => from === 'human' || from === 'user'
const isModel = (from: string) => from === 'gpt' || from === 'assistant'
/** Stands where the picture goes into the prompt; it is no part of the question. */
const withoutMarks = (text: string) => text.replaceAll(/<(?:image|video)>/g, '').trim()

/** Each turn of a person with the turn of the model that follows; `lonely` are turns without the other one. */
function roundsOf({ conversations }: Record): { rounds: Round[]; lonely: number } {
  const rounds: Round[] = []
  let lonely = 0
  let asked: string | null = null
  for (const { from, value } of conversations) {
    if (isPerson(from)) {
      if (asked !== null) lonely++
      asked = withoutMarks(value)
    } else if (isModel(from)) {
      if (asked === null) lonely++
      else rounds.push({ instruction: asked, response: value.trim() })
      asked = null
    }
  }
  return { rounds, lonely: asked === null ? lonely : lonely + 1 }
}

/**
 * LLaVA-Instruct (https://github.com/haotian-liu/LLaVA): a list of `{id, image, conversations: [{from, value}]}`. A record is an
 * item; the turns of `human` and `gpt`, without `<image>`, are its conversation. One image has several records of one id in the
 * published file: the second becomes `<id>_2`, and so on, in the order of the file.
 */
export async function* readLlava(request: ImportRequest): AsyncGenerator<ImportEntry, void, undefined> {
  const file = requireImportFile(request)
  const name = basename(file)
  const seen = new IdTable()
  for await (const { line, value } of readJsonEntries(file)) {
    const record = recordSchema.safeParse(value)
    if (!record.success) {
      yield problemEntry(name, line, null, schemaFault(record.error, ''))
      continue
    }
    const { id, image, video } = record.data
    const count = (seen.get(id) ?? 0) + 1
    seen.set(id, count)
    const itemId = count === 1 ? id : `${id}_${count}`
    const media = image ?? video
    if (media === undefined) {
      yield problemEntry(name, line, itemId, say`the record names no image, so it is left out`)
      continue
    }
    const { rounds, lonely } = roundsOf(record.data)
    if (lonely > 0)
      yield problemEntry(
        name,
        line,
        itemId,
        lonely === 1 ? say`a turn has no counterpart and is left out` : say`${lonely} turns have no counterpart and are left out`,
      )
    const context: Context = rounds.length > 0 ? { conversation: rounds } : {}
    const mediaNames = typeof media === 'string' ? [media] : media
    yield { kind: 'row', file: name, line, id: itemId, mediaNames, mediaKind: image === undefined ? 'video' : 'image', context }
  }
}
