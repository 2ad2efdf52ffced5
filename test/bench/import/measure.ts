import fs from 'node:fs'
import path from 'node:path'
import { batchRows } from '../../../src/main/exchange/import/importStage'
import { importFiles } from '../../../src/main/exchange/import/importFiles'
import { createProject, type Project } from '../../../src/main/project/project'
import { closeDatabase } from '../../../src/main/store/sql/database'
import type { WritableDb } from '../../../src/main/store/sql/types'
import { insertItem } from '../../../src/main/store/library/items'
import type { NewItem } from '../../support/saveItem'
import { contextText } from '../../../src/main/store/search/searchTerms'
import { nativeFiles, type NativeForm } from './nativeFiles'

export type Way = 'import' | 'bare'

/** What a process of its own measured. `stored` is the same for both ways where they store the same. */
export interface Measured {
  /** of each round */
  readonly seconds: readonly number[]
  readonly megabytes: number
  readonly stored: string
}

/** Says on stderr how far it is, every few seconds. */
function createTelling(what: string, rows: number): (done: number) => void {
  let told = Date.now()
  return (done) => {
    if (Date.now() - told < 5000) return
    told = Date.now()
    console.error(`${what}: ${done.toLocaleString('en')} of ${rows.toLocaleString('en')} rows`)
  }
}

async function importAll(project: Project, form: NativeForm, file: string, media: string): Promise<number> {
  const tell = createTelling(`${form}, import`, nativeFiles[form].rows)
  const start = performance.now()
  await importFiles(project, { format: form, file, mediaDirectory: media }, { onProgress: ({ done }) => tell(done) })
  return (performance.now() - start) / 1000
}

/** The values that the statements of a row take. */
const valuesOf = ({ sourceId, context, mediaIds }: NewItem) => ({
  sourceId,
  missing: mediaIds.flatMap((medium) => (typeof medium === 'number' ? [] : medium.missing)),
  body: JSON.stringify(context),
  text: `${sourceId}\n${contextText(context)}`,
})

/** The statements of an import with the same values in the same batches; only these count, not the making of the values. */
function insertBare(db: WritableDb, form: NativeForm): number {
  const { rows, itemOf } = nativeFiles[form]
  const item = db.prepare(insertItem.item)
  const missing = db.prepare(insertItem.missing)
  const context = db.prepare(insertItem.context)
  const text = db.prepare(insertItem.text)
  const insert = db.transaction((batch: readonly ReturnType<typeof valuesOf>[]) => {
    for (const row of batch) {
      const id = Number(item.run(row.sourceId, Date.now()).lastInsertRowid)
      for (let position = 0; position < row.missing.length; position++) missing.run(id, position, row.missing[position])
      context.run(id, row.body)
      text.run(id, row.text)
    }
  }).immediate
  const tell = createTelling(`${form}, bare driver`, rows)
  let seconds = 0
  for (let from = 0; from < rows; from += batchRows) {
    const batch = Array.from({ length: Math.min(batchRows, rows - from) }, (_, index) => valuesOf(itemOf(from + index)))
    const start = performance.now()
    insert(batch)
    seconds += (performance.now() - start) / 1000
    tell(from)
  }
  return seconds
}

/** Stores the rows of a file in projects made for it, so many times. */
export async function measure(way: Way, form: NativeForm, folder: string, rounds: number): Promise<Measured> {
  const seconds: number[] = []
  let stored = ''
  for (let round = 0; round < rounds; round++) {
    const directory = path.join(folder, `${way}-${round}.exemplar`)
    const project = createProject(directory, nativeFiles[form].recipe)
    seconds.push(
      way === 'bare'
        ? insertBare(project.db, form)
        : await importAll(project, form, path.join(folder, 'rows.json'), path.join(folder, 'media')),
    )
    stored = describeStored(project.db)
    closeDatabase(project.db)
    fs.rmSync(directory, { recursive: true })
  }
  return { seconds, megabytes: process.resourceUsage().maxRSS / 1000, stored }
}

const describeStored = (db: WritableDb) =>
  JSON.stringify([
    db.prepare('SELECT count(*), sum(length(source_id)), sum(length(body)) FROM item JOIN context ON item_id = item.id').raw().get(),
    db.prepare('SELECT count(*), sum(length(name)) FROM missing_media').raw().get(),
    db.prepare('SELECT count(*) FROM item_text').raw().get(),
  ])
