import { rm } from 'node:fs/promises'
import type { RecipeId } from '../../../shared/domain'
import { Problem } from '../../../shared/problem'
import { message } from '../../../shared/messages/message'
import { hashFile, type NewMedia, type StagedMedia, stageMedia, syncMediaFolder } from '../../media/storeMedia'
import { getRecipe, videoRecipes } from '../../recipes/registry'
import { mediaPath } from '../../media/mediaPath'
import type { WritableDb } from '../../store/sql/types'
import { deleteUnpairedImage, linkMedia, replaceContext, replaceItem, saveEncodedItem } from '../../store/library/items'
import { deleteUnshownMedia, saveMedia } from '../../store/library/media'
import { write } from '../../store/sql/transaction'
import { createNameReserver } from '../export/mimicIt/imageSource'
import type { LinkRow, ReadyRow, SavedRow, UpdateRow } from './row/preparedRow'
import type { ImportTally } from './importTally'

interface Entry {
  readonly staged: Promise<StagedMedia>
  users: number
  kept: Promise<void> | undefined
}

/** Maximum number of files whose copies are remembered, so that the clips of one video share one copy. */
const maxRemembered = 5000

function forgetOldest<V>(map: Map<string, V>, mayGo: (value: V) => boolean): void {
  if (map.size <= maxRemembered) return
  for (const [key, value] of map) {
    if (mayGo(value)) map.delete(key)
    return
  }
}

/**
 * Checks that the recipe supports the kind of a medium.
 * @throws Problem 'bad-media' if it could never be exported
 */
function requireKind({ kind, fileName }: NewMedia, recipe: RecipeId): void {
  if (kind === 'image' || getRecipe(recipe).frames) return
  const others = message('common.or', { list: videoRecipes.slice(0, -1).join(', '), last: videoRecipes.at(-1) ?? '' })
  throw new Problem(
    'bad-media',
    message('import.videoInImageRecipe', { fileName, recipe, recipes: others }),
    message('import.useVideoProject'),
    { item: fileName },
  )
}

/** Copies and hashes each file once for all rows that refer to it. Rejects files that the recipe does not support. */
export function startStaging(projectDirectory: string, recipe: RecipeId, signal: AbortSignal | undefined) {
  const entries = new Map<string, Entry>()
  const hashes = new Map<string, Promise<string>>()

  const stageOne = async (file: string, name: string): Promise<StagedMedia> => {
    const staged = await stageMedia(file, projectDirectory, name, signal)
    try {
      requireKind(staged.media, recipe)
      return staged
    } catch (error) {
      await staged.discard()
      throw error
    }
  }

  /** Like `stageMedia`, but the copy is shared until every user has discarded it. */
  const stage = async (file: string, name: string): Promise<StagedMedia> => {
    const known = entries.get(file)
    const entry: Entry = known ?? { staged: stageOne(file, name), users: 0, kept: undefined }
    entries.set(file, entry)
    entry.users++
    forgetOldest(entries, ({ kept }) => kept !== undefined)
    const staged = await entry.staged.catch((error: unknown) => {
      entries.delete(file)
      throw error
    })
    return {
      media: staged.media,
      ...(staged.pages !== undefined && { pages: staged.pages }),
      keep: () => (entry.kept ??= staged.keep()),
      discard: async () => {
        if (--entry.users > 0 || entry.kept) return
        entries.delete(file)
        await staged.discard()
      },
    }
  }

  const hash = (file: string, name: string): Promise<string> => {
    const known = hashes.get(file) ?? hashFile(file, name, signal)
    hashes.set(file, known)
    known.catch(() => hashes.delete(file))
    forgetOldest(hashes, () => true)
    return known
  }

  return { stage, hash }
}
export type Staging = ReturnType<typeof startStaging>

class Different extends Error {}

type ReserveNames = ReturnType<typeof createNameReserver>

function saveNew(db: WritableDb, ready: ReadyRow | UpdateRow, reserveNames: ReserveNames): SavedRow {
  const { row, context, media } = ready
  let mediaAdded = 0
  const mediaIds = media.map((each) => {
    if ('missing' in each) return each
    const { id, added } = saveMedia(db, each)
    if (added) mediaAdded++
    return id
  })
  if ('itemId' in ready) {
    reserveNames(ready.itemId, mediaIds)
    return { row, result: 'updated', mediaAdded, replaced: replaceItem(db, ready.itemId, { ...context, mediaIds }) }
  }
  const { result } = saveEncodedItem(db, { sourceId: row.id, body: context.body, text: context.text, mediaIds })
  if (result === 'different') throw new Different()
  for (const sourceId of (result === 'added' && row.inPlaceOf) || []) deleteUnpairedImage(db, sourceId)
  return { row, result, mediaAdded }
}

/** Saves one row in its own savepoint, so that no media remain if the item differs from the stored one. */
function saveRow(db: WritableDb, ready: ReadyRow | UpdateRow, reserveNames: ReserveNames): SavedRow {
  try {
    return countMedia(ready) > 0 ? db.transaction(() => saveNew(db, ready, reserveNames))() : saveNew(db, ready, reserveNames)
  } catch (error) {
    if (error instanceof Different) return { row: ready.row, result: 'different', mediaAdded: 0 }
    throw error
  }
}

function saveLinks(db: WritableDb, { row, itemId, links, context }: LinkRow): SavedRow {
  for (const { position, medium } of links) linkMedia(db, itemId, position, saveMedia(db, medium).id)
  if (context) replaceContext(db, itemId, context)
  return { row, result: 'linked', mediaAdded: links.length }
}

type RowToSave = ReadyRow | UpdateRow | LinkRow

const isLink = (row: RowToSave): row is LinkRow => 'links' in row

/** Returns the number of media files that a row adds. */
function countMedia(row: RowToSave): number {
  if (isLink(row)) return row.links.length
  let count = 0
  for (const each of row.media) if (!('missing' in each)) count++
  return count
}

/** Stores rows in one transaction, after their files have been flushed to disk. */
async function saveRows(project: { db: WritableDb; directory: string }, rows: readonly RowToSave[]): Promise<SavedRow[]> {
  if (rows.length === 0) return []
  if (rows.some((row) => countMedia(row) > 0)) await syncMediaFolder(project.directory)
  const reserveNames = createNameReserver(project.db)
  return write(project.db, () => rows.map((row) => (isLink(row) ? saveLinks(project.db, row) : saveRow(project.db, row, reserveNames))))
}

/** Removes replaced media that no item uses any more. Runs at the end of an import, when no later row can need them. */
export async function removeReplaced(project: { db: WritableDb; directory: string }, mediaIds: readonly number[]): Promise<void> {
  if (mediaIds.length === 0) return
  const names = write(project.db, () => deleteUnshownMedia(project.db, mediaIds))
  for (const name of names) await rm(mediaPath(project.directory, name), { force: true })
}

/** Every transaction writes to the disk; with many rows per transaction, an import of annotations only is several times faster. */
export const batchRows = 1500
const batchMedia = 100
const batchMs = { withMedia: 200, without: 1000 } as const
/** Collects rows, and reports a batch as due if it has many rows or many media, or if its first row has waited long enough. */
export function startBatch(project: { readonly db: WritableDb; readonly directory: string }, tally: ImportTally) {
  let rows: RowToSave[] = []
  const replaced: number[] = []
  let media = 0
  let since = 0
  const flush = async () => {
    const taken = rows
    rows = []
    media = 0
    for (const saved of await saveRows(project, taken)) {
      tally.addSaved(saved)
      replaced.push(...(saved.replaced ?? []))
    }
  }
  const add = (row: RowToSave) => {
    if (rows.length === 0) since = Date.now()
    rows.push(row)
    media += countMedia(row)
  }
  const isDue = () =>
    rows.length > 0 &&
    (rows.length >= batchRows || media >= batchMedia || Date.now() - since >= (media > 0 ? batchMs.withMedia : batchMs.without))
  return { add, flush, isDue, replaced }
}
