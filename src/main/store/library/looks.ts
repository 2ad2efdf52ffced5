import { z } from 'zod'
import type { ImageLook } from '../../media/neighbours/imageLook'
import { prepare } from '../sql/statement'
import { write } from '../sql/transaction'
import type { ReadableDb, WritableDb } from '../sql/types'

const filesSchema = z.object({ id: z.number(), fileName: z.string(), storedName: z.string() }).array()
export type FileOfMedium = z.infer<typeof filesSchema>[number]

/** Returns the images of decided pairs without a stored fingerprint, oldest first. */
export const listImagesWithoutLook = (db: ReadableDb): FileOfMedium[] =>
  filesSchema.parse(
    prepare(
      db,
      `SELECT id, file_name AS fileName, stored_name AS storedName FROM media
       WHERE kind = 'image' AND NOT EXISTS (SELECT 1 FROM media_fingerprint WHERE media_id = media.id) AND EXISTS (
         SELECT 1 FROM item_media CROSS JOIN candidate ON candidate.item_id = item_media.item_id
         WHERE media_id = media.id AND state IN ('accepted', 'edited', 'rejected')) ORDER BY id`,
    ).all(),
  )

/** Saves the fingerprints of images; null for images that cannot be decoded. */
export function saveLooks(db: WritableDb, looks: readonly { readonly mediaId: number; readonly look: ImageLook | null }[]): void {
  write(db, () => {
    const insert = prepare(db, `INSERT OR IGNORE INTO media_fingerprint (media_id, high, low, colors) VALUES (?, ?, ?, ?)`)
    for (const { mediaId, look } of looks)
      insert.run(mediaId, look?.high ?? null, look?.low ?? null, look === null ? null : Buffer.from(look.colors))
  })
}

type LookRow = [mediaId: number, high: number, low: number]

/** One check per row: schemas of its columns would take longer than the query. */
const looksSchema = z.custom<LookRow[]>(
  (rows) =>
    Array.isArray(rows) &&
    rows.every(([id, high, low]: unknown[]) => typeof id === 'number' && typeof high === 'number' && typeof low === 'number'),
)

const colorsSchema = z.instanceof(Uint8Array)

/** A fingerprint whose colors are read on demand: few images are similar enough to need them. */
class StoredLook implements ImageLook {
  #colors: Uint8Array | undefined

  constructor(
    private readonly db: ReadableDb,
    private readonly mediaId: number,
    readonly high: number,
    readonly low: number,
  ) {}

  get colors(): Uint8Array {
    this.#colors ??= colorsSchema.parse(
      prepare(this.db, `SELECT colors FROM media_fingerprint WHERE media_id = ?`).pluck().get(this.mediaId),
    )
    return this.#colors
  }
}

/** Reads the fingerprints of the images of the chosen items (see `chooseItems`). */
export function readChosenLooks(db: ReadableDb): { mediaIds: number[]; looks: ImageLook[] } {
  const rows = looksSchema.parse(
    prepare(
      db,
      `SELECT media_id, high, low FROM media_fingerprint WHERE high IS NOT NULL
         AND media_id IN (SELECT item_media.media_id FROM chosen_item CROSS JOIN item_media ON item_media.item_id = chosen_item.item_id)`,
    )
      .raw()
      .all(),
  )
  return { mediaIds: rows.map(([id]) => id), looks: rows.map(([id, high, low]) => new StoredLook(db, id, high, low)) }
}
