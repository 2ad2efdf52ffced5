import fs from 'node:fs'
import { z } from 'zod'
import type { Database } from 'better-sqlite3'
import { connect } from '../sql/database'
import { createSchema } from '../schema/schema'

const pageBytes = 4096
const rootSchema = z.object({ rootpage: z.number(), isIndex: z.number() }).array()
/** https://www.sqlite.org/fileformat.html#b_tree_pages */
const kinds: Readonly<Record<number, 'table' | 'index'>> = { 2: 'index', 10: 'index', 5: 'table', 13: 'table' }

/**
 * Copies a file whose list of tables is lost, and replaces the list with that of a new project, whose tables begin at the same pages. The
 * log is not copied, because it would restore the lost pages.
 * @returns the copy @throws if the tables begin at other pages
 */
export function graftSchema(file: string): string {
  const copy = `${file}-grafted`
  const donor = `${file}-donor`
  for (const side of ['', '-wal', '-shm']) fs.rmSync(copy + side, { force: true })
  const db = connect(donor)
  try {
    createSchema(db)
    requireFit(db, file)
    const pages = z
      .number()
      .array()
      .parse(db.prepare(`SELECT pageno FROM dbstat WHERE name = 'sqlite_schema' ORDER BY pageno`).pluck().all())
    db.close()
    fs.copyFileSync(file, copy, fs.constants.COPYFILE_FICLONE)
    replacePages(copy, fs.readFileSync(donor), pages)
    return copy
  } finally {
    if (db.open) db.close()
    fs.rmSync(donor, { force: true })
  }
}

function replacePages(file: string, donor: Buffer, pages: readonly number[]): void {
  const handle = fs.openSync(file, 'r+')
  try {
    donor.writeUInt32BE(Math.ceil(fs.fstatSync(handle).size / pageBytes), 28) // number of pages
    for (const page of pages) fs.writeSync(handle, donor, (page - 1) * pageBytes, pageBytes, (page - 1) * pageBytes)
  } finally {
    fs.closeSync(handle)
  }
}

/** In a project with another schema, some tables begin where an index does. */
function requireFit(donor: Database, file: string): void {
  const roots = donor.prepare(
    `SELECT rootpage, type = 'index' OR sql LIKE '%WITHOUT ROWID%' AS isIndex FROM sqlite_schema WHERE rootpage > 1`,
  )
  const handle = fs.openSync(file, 'r')
  try {
    for (const { rootpage, isIndex } of rootSchema.parse(roots.all())) {
      const kind = Buffer.alloc(1)
      fs.readSync(handle, kind, 0, 1, (rootpage - 1) * pageBytes)
      const found = kinds[kind[0] ?? 0]
      if (found && (found === 'index') !== (isIndex === 1)) throw new Error('its tables begin elsewhere')
    }
  } finally {
    fs.closeSync(handle)
  }
}
