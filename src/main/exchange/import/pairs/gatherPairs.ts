import { createHash } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import type { ImportRequest } from '../../../../shared/contract'
import { cleanPairText, type Pair } from '../../../../shared/domain'
import type { PairFormat } from '../../../../shared/imports'
import { message } from '../../../../shared/messages/message'
import { isCleanText } from '../../../../shared/text/cleanText'
import { findControlTokenIn } from '../../../../shared/text/controlTokens'
import { idOfMedium } from '../../../media/embeddedMedia'
import type { ImportedPair } from '../../../store/candidates/importedPairs'
import type { Gathering } from '../../../store/sql/scratch'
import { lastPart } from '../annotationFiles'
import { atRecord, type EmbeddedFile, type ImportEntry, type ImportRow, problemEntry, requireImportFile } from '../row/entry'
import { IdTable } from '../row/idTable'
import { isFault, type PairMedium, type PairRecord } from './record'
import { type PairsContext, pairReaders } from './readPairs'

/** An item whose pairs are gathered, identified by its id and its media. */
export interface GatheredItem {
  readonly id: string
  readonly mediaKey: string
}

/** A record whose item is known. */
export interface GatheredRecord extends Pick<PairRecord, 'file' | 'line' | 'system' | 'origin' | 'conversation' | 'isPreference'> {
  readonly pairs: readonly ImportedPair[]
}

export type GatheredPairs = Gathering<GatheredItem, GatheredRecord>

const hashOf = (texts: readonly string[]) => createHash('sha256').update(JSON.stringify(texts)).digest('base64url')

/**
 * Returns the id of the item of a record. A number that is not part of the media name is only a row number, which other files use as well.
 */
function itemIdOf({ id, media }: PairRecord): string {
  const name = media[0]?.fileName ?? media[0]?.name ?? ''
  if (id !== null && (!/^\d{1,9}$/.test(id) || name.includes(id))) return id
  return idOfMedium(name)
}

/** Returns an id that no item of the file has yet: the second item with an id becomes `<id>_2`, and so on. */
function takeId(seen: IdTable, id: string): string {
  let free = id
  for (let count = 2; seen.get(free) !== undefined; count++) free = `${id}_${count}`
  seen.set(free, 1)
  return free
}

const cleanPair = ({ instruction, response }: Pair): Pair => ({
  instruction: cleanPairText(instruction),
  response: cleanPairText(response),
})
const isClean = ({ instruction, response, rationale }: PairRecord['pairs'][number]) =>
  [instruction, response, rationale ?? ''].every(isCleanText)
const isEmpty = ({ instruction, response }: Pair) => instruction === '' || response === ''

function cleanPairs({ pairs }: PairRecord): ImportedPair[] | null {
  const cleaned = pairs.map(({ draft, rationale, kind = null, label, ...pair }): ImportedPair => ({
    ...cleanPair(pair),
    ...{ kind, label, rationale: rationale === null ? null : cleanPairText(rationale) || null },
    draft: draft === null ? null : cleanPair(draft),
  }))
  return cleaned.some((pair) => isEmpty(pair) || (pair.draft !== null && isEmpty(pair.draft))) ? null : cleaned
}

async function toEmbedded({ embedded }: PairMedium, takeFile: PairsContext['takeFile']): Promise<string | EmbeddedFile | undefined> {
  if (typeof embedded !== 'object' || 'file' in embedded) return embedded
  const file = await takeFile()
  await writeFile(file, embedded.bytes)
  return { file }
}

async function toRow(record: PairRecord, id: string, takeFile: PairsContext['takeFile']): Promise<ImportRow> {
  const { file, line, media, context = {} } = record
  const embedded: (string | EmbeddedFile | undefined)[] = []
  for (const medium of media) embedded.push(await toEmbedded(medium, takeFile))
  return {
    ...{ kind: 'row', file, line, id, context, forPairs: true, embedded },
    mediaNames: media.map(({ name }) => name),
    otherNames: media.map(({ otherName, name }) => otherName ?? (/^data:/i.test(name) ? undefined : lastPart(name))),
    fileNames: media.map(({ fileName }) => fileName),
    sourceHashes: media.map(({ sourceHash }) => sourceHash),
    mediaKind: media.every(({ kind }) => kind === 'video') ? 'video' : 'image',
  }
}

const dropFiles = (media: readonly PairMedium[]) =>
  Promise.all(media.map(({ embedded }) => typeof embedded === 'object' && 'file' in embedded && rm(embedded.file, { force: true })))

/**
 * Reads the pairs of a file or folder. Yields a row for each of their items, and problems and notes. Keeps the pairs by item, to be stored
 * after the items.
 */
export async function* gatherPairs(
  request: ImportRequest & { readonly format: PairFormat },
  gathered: GatheredPairs,
  context: PairsContext,
): AsyncGenerator<ImportEntry, void, undefined> {
  const seen = new IdTable()
  let file: string | null = null
  for await (const entries of pairReaders[request.format](requireImportFile(request), context, request))
    for (const entry of entries) {
      if ('kind' in entry) {
        yield entry
        continue
      }
      file ??= entry.file
      if (isFault(entry)) {
        yield problemEntry(entry.file, entry.line, entry.id, atRecord(entry.index, entry.fault))
        continue
      }
      const { line, index, media, item } = entry
      const refuse = async (reason: Parameters<typeof atRecord>[1]) => {
        await dropFiles(media)
        return problemEntry(entry.file, line, item ?? entry.id, atRecord(index, reason))
      }
      const pairs = cleanPairs(entry)
      if (findControlTokenIn(entry.pairs) !== null) context.notes.add('controlTokens', item ?? entry.id ?? entry.file)
      if (!entry.pairs.every(isClean)) context.notes.add('cleaned', item ?? entry.id ?? entry.file)
      if (pairs === null) {
        yield await refuse(message('import.asPairs.emptyText'))
        continue
      }
      if (media.length === 0) {
        yield await refuse(message('import.asPairs.noMedia'))
        continue
      }
      const mediaKey = hashOf(media.map(({ name }) => name))
      const { place, isNew } = gathered.put(item === null ? `media ${mediaKey}` : `item ${item}`, { id: '', mediaKey })
      if (isNew) {
        const id = takeId(seen, item ?? itemIdOf(entry))
        gathered.replace(place, { id, mediaKey })
        yield await toRow(entry, id, context.takeFile)
      } else if (gathered.get(place).mediaKey !== mediaKey) {
        yield await refuse(message('import.asPairs.otherMedia'))
        continue
      } else await dropFiles(media)
      const { system, origin, conversation, isPreference } = entry
      const cleanSystem = system === null ? null : cleanPairText(system) || null
      gathered.push(place, { file: entry.file, line, system: cleanSystem, origin, conversation, isPreference, pairs })
    }
  yield* context.leftOut.notes(file ?? '')
}
