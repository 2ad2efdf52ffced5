import type { ReadableDb, WritableDb } from '../sql/types'
import { Problem } from '../../../shared/problem'
import { message } from '../../../shared/messages/message'
import { prepare } from '../sql/statement'
import { textSchema } from '../sql/stored'
import { write } from '../sql/transaction'

export interface ImageName {
  /** without the prefix of the set */
  readonly name: string
  readonly owner: Buffer
}

/** Returns the name that an export gave an image, or null. */
export function findImageName(db: ReadableDb, owner: Buffer): string | null {
  const name = prepare(db, `SELECT name FROM image_id WHERE owner = ?`).pluck().get(owner)
  return name === undefined ? null : textSchema.parse(name)
}

/** Whether an export gave this name to an image. */
export const isImageName = (db: ReadableDb, name: string): boolean =>
  prepare(db, `SELECT 1 FROM image_id WHERE name = ?`).pluck().get(name) !== undefined

/**
 * Keeps the names that an export gives, so that no later one gives them to other images.
 * @throws Problem busy where another export gave one of them meanwhile
 */
export function saveImageNames(db: WritableDb, names: readonly ImageName[]): void {
  if (names.length === 0) return
  write(db, () => {
    const insert = prepare(db, `INSERT INTO image_id (name, owner) VALUES (?, ?) ON CONFLICT DO NOTHING`)
    for (const { name, owner } of names)
      if (insert.run(name, owner).changes === 0 && findImageName(db, owner) !== name)
        throw new Problem('busy', message('store.imagesNamedMeanwhile'), message('app.exportAgain'), { item: name })
  })
}
