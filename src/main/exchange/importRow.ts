import { isDeepStrictEqual } from 'node:util'
import type { Context, Item } from '../../shared/domain'
import { Problem } from '../../shared/problem'
import { resolveMedia } from '../media/resolveMedia'
import { hashFile, type NewMedia, type StagedMedia, stageMedia } from '../media/storeMedia'
import type { ImportRow } from './import/entry'
import { checkBoxes } from './importBoxes'

/** A row whose media are in the project's folder, ready to be stored. */
export interface ReadyRow {
  readonly row: ImportRow
  readonly context: Context
  readonly media: readonly NewMedia[]
}

/** What became of it. */
export interface SavedRow {
  readonly row: ImportRow
  readonly result: 'added' | 'unchanged' | 'different' | 'linked'
  readonly mediaAdded: number
}

export type PreparedRow =
  | ({ readonly kind: 'ready' } & ReadyRow & { readonly faults: readonly string[] })
  | { readonly kind: 'unchanged'; readonly row: ImportRow; readonly faults: readonly string[] }
  | { readonly kind: 'bad'; readonly row: ImportRow; readonly reason: string }
  /** the import as a whole cannot go on */
  | { readonly kind: 'failed'; readonly row: ImportRow; readonly error: unknown }
  | { readonly kind: 'cancelled' }

export const differentReason = (id: string) => `the project has an item “${id}” with other media or another context; it is left as it is`

interface Place {
  readonly projectDirectory: string
  /** a real path */
  readonly mediaDirectory: string
  readonly signal: AbortSignal | undefined
}

/** As JSON keeps it: the store would give back 0 for -0. */
const asStored = (context: Context): unknown => JSON.parse(JSON.stringify(context))

/** Compares a row with the item that has its id, by the hashes of its files, without copying anything. */
async function compare(row: ImportRow, files: readonly string[], existing: Item, signal: AbortSignal | undefined): Promise<PreparedRow> {
  const hashes: string[] = []
  for (const [index, file] of files.entries()) hashes.push(await hashFile(file, row.mediaNames[index], signal))
  const { context, faults } = checkBoxes(row.context, existing.media)
  const isSame =
    isDeepStrictEqual(
      hashes,
      existing.media.map(({ sha256 }) => sha256),
    ) && isDeepStrictEqual(asStored(context), asStored(existing.context))
  return isSame ? { kind: 'unchanged', row, faults } : { kind: 'bad', row, reason: differentReason(row.id) }
}

async function stageAll(row: ImportRow, files: readonly string[], place: Place): Promise<StagedMedia[]> {
  const staged: StagedMedia[] = []
  try {
    for (const [index, file] of files.entries())
      staged.push(await stageMedia(file, place.projectDirectory, row.mediaNames[index] ?? row.id, place.signal))
    return staged
  } catch (error) {
    await Promise.all(staged.map((each) => each.discard()))
    throw error
  }
}

/**
 * Finds, checks and copies the media of a row; never rejects. `existing` is the project's item of the same id. Nothing stays in
 * the media folder for a row that is bad.
 */
export async function prepareRow(row: ImportRow, existing: Item | undefined, place: Place): Promise<PreparedRow> {
  try {
    const files: string[] = []
    for (const name of row.mediaNames) files.push(await resolveMedia(place.mediaDirectory, name))
    if (existing) return await compare(row, files, existing, place.signal)
    const staged = await stageAll(row, files, place)
    const media = staged.map((each) => each.media)
    for (const each of staged) await each.keep()
    return { kind: 'ready', row, media, ...checkBoxes(row.context, media) }
  } catch (error) {
    if (place.signal?.aborted && !(error instanceof Problem)) return { kind: 'cancelled' }
    if (error instanceof Problem && error.code === 'bad-media') return { kind: 'bad', row, reason: error.message }
    return { kind: 'failed', row, error }
  }
}
