import { basename } from 'node:path'
import { z } from 'zod'
import type { ImportRequest } from '../../../../../shared/contract'
import type { Context } from '../../../../../shared/domain'
import { message } from '../../../../../shared/messages/message'
import { idOfMedium } from '../../../../media/embeddedMedia'
import {
  atRecord,
  faultCode,
  type ImportEntries,
  type ImportEntry,
  noteEntry,
  problemEntry,
  requireImportFile,
  schemaFault,
} from '../../row/entry'
import { keysOf, LeftOut } from '../../row/leftOut'
import { IdTable } from '../../row/idTable'
import { type FileRecord, idSchema, readRecords } from '../../json/jsonRow'
import { type NamedMedium, readDialogue, turnSchema } from './turns'

const expectedName = { error: faultCode('import.expectedOneFileName') }
const fileNameSchema = z.string().min(1, expectedName)
/** An image as Hugging Face writes it: its name, and the image itself as base64. */
const bytesSchema = z.looseObject({ bytes: fileNameSchema, path: z.string().nullish() })
const nameSchema = z.union(
  [fileNameSchema, bytesSchema, z.looseObject({ path: fileNameSchema }), z.looseObject({ url: fileNameSchema })],
  expectedName,
)
/** A name or a list of names; null and an empty text mean that there is none. */
const namesSchema = z.union([z.string(), z.array(nameSchema), z.null(), nameSchema], expectedName).optional()
type Names = z.infer<typeof namesSchema>

/** Keys of records that name media. */
export const mediaKeys = {
  image: namesSchema,
  images: namesSchema,
  file_name: namesSchema,
  video: namesSchema,
  videos: namesSchema,
} as const

const recordSchema = z
  .looseObject({
    ...mediaKeys,
    id: idSchema.nullish().transform((id) => id ?? null),
    system: z.string().nullish(),
    conversations: z.array(turnSchema).optional(),
    messages: z.array(turnSchema).optional(),
  })
  .refine(({ conversations, messages }) => conversations ?? messages, {
    error: faultCode('import.llava.noConversations'),
  })

const withoutFileScheme = (name: string) => name.replace(/^file:\/\//, '')

function toMedium(kind: NamedMedium['kind'], name: z.infer<typeof nameSchema>): NamedMedium {
  if (typeof name === 'string') return { kind, name: withoutFileScheme(name) }
  if (!('bytes' in name)) return { kind, name: withoutFileScheme('path' in name ? String(name.path) : String(name.url)) }
  const bytes = String(name.bytes)
  return typeof name.path === 'string' && name.path !== '' ? { kind, name: withoutFileScheme(name.path), bytes } : { kind, name: bytes }
}

const toMedia = (kind: NamedMedium['kind'], names: Names): NamedMedium[] =>
  names == null || names === '' ? [] : [names].flat().map((name) => toMedium(kind, name))

/** Returns the media of a record without duplicates: first those of its own keys, then those named only in its turns. */
export function mediaOf(
  { image, images, file_name: fileName, video, videos }: { readonly [Key in keyof typeof mediaKeys]?: Names },
  inTurns: readonly NamedMedium[],
): NamedMedium[] {
  const own = [
    ...toMedia('image', image),
    ...toMedia('image', images),
    ...toMedia('image', fileName),
    ...toMedia('video', video),
    ...toMedia('video', videos),
  ]
  if (inTurns.length === 0) return own
  const known = new Set(own.map(({ name }) => name))
  return [...own, ...inTurns.map(({ kind, name }) => toMedium(kind, name)).filter(({ name }) => !known.has(name))]
}

/** Returns an id that no record has yet: the second record with an id becomes `<id>_2`, and so on. */
function takeId(seen: IdTable, id: string): string {
  let count = (seen.get(id) ?? 0) + 1
  let free = count === 1 ? id : `${id}_${count}`
  while (count > 1 && seen.get(free) !== undefined) free = `${id}_${++count}`
  seen.set(id, count)
  if (free !== id) seen.set(free, 1)
  return free
}

const givenId = (value: unknown): string | null => {
  const id: unknown = typeof value === 'object' && value !== null && 'id' in value ? value.id : null
  return typeof id === 'string' || typeof id === 'number' ? String(id) : null
}

const recordKeys = keysOf('id image images file_name video videos system conversations messages')
const turnKeys = keysOf('from role value content tool_calls')

function readRecord(file: string, { line, index, value, fault }: FileRecord, seen: IdTable, leftOut: LeftOut): ImportEntry[] {
  const parsed = fault === undefined ? recordSchema.safeParse(value) : undefined
  if (!parsed?.success)
    return [
      problemEntry(
        file,
        line,
        givenId(value),
        atRecord(index, fault ?? (parsed ? schemaFault(parsed.error, '') : message('import.notAsExpected'))),
      ),
    ]
  const record = parsed.data
  const { rounds, system, lonely, leftOut: unread, media: inTurns, marks } = readDialogue(record.conversations ?? record.messages ?? [])
  const media = mediaOf(record, inTurns)
  const [first] = media
  if (first === undefined) return [problemEntry(file, line, record.id, atRecord(index, message('import.llava.recordWithoutImage')))]
  const id = takeId(seen, record.id ?? idOfMedium(first.name))
  leftOut.addKeys(record, recordKeys, id)
  // If a record has both, its messages are not read.
  if (record.conversations && record.messages) leftOut.addKey('messages', id)
  for (const turn of record.conversations ?? record.messages ?? []) leftOut.addKeys(turn, turnKeys, id, 'turns.')
  const entries: ImportEntry[] = []
  if (lonely > 0) entries.push(problemEntry(file, line, id, atRecord(index, message('import.llava.lonelyTurns', { count: lonely }))))
  if (unread.length > 0)
    entries.push(problemEntry(file, line, id, atRecord(index, message('import.llava.unknownRoles', { roles: unread.join('”, “') }))))
  if (marks > 0 && marks !== media.length)
    entries.push(noteEntry(file, line, id, atRecord(index, message('import.llava.marksDiffer', { count: marks, media: media.length }))))
  const instructions = [record.system?.trim() ?? '', ...system].filter((text) => text !== '')
  const context: Context = {
    ...(instructions.length > 0 ? { system: instructions.join('\n') } : {}),
    ...(rounds.length > 0 ? { conversation: rounds } : {}),
  }
  const mediaKind = media.every(({ kind }) => kind === 'video') ? 'video' : 'image'
  const embedded = media.some(({ bytes }) => bytes !== undefined) ? { embedded: media.map(({ bytes }) => bytes) } : {}
  return [...entries, { kind: 'row', file, line, id, mediaNames: media.map(({ name }) => name), ...embedded, mediaKind, context }]
}

/**
 * Reads LLaVA-Instruct (https://github.com/haotian-liu/LLaVA) and similar formats: a list, or JSON Lines, of `{id, image, conversations:
 * [{from, value}]}`, or with `images`, `file_name`, `video`, `videos` and `messages: [{role, content}]`. A record is an item; the turns of
 * user and model are its conversation, system messages are kept as `system`. In the published file several records of an image have the
 * same id: the second becomes `<id>_2`, and so on. A record without id is named after its first medium.
 */
export async function* readLlava(request: ImportRequest): ImportEntries {
  const file = requireImportFile(request)
  const name = basename(file)
  const seen = new IdTable()
  const leftOut = new LeftOut()
  for await (const records of readRecords(file)) yield records.flatMap((record) => readRecord(name, record, seen, leftOut))
  yield [...leftOut.notes(name)]
}
