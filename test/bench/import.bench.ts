import BetterSqlite3 from 'better-sqlite3'
import fs from 'node:fs'
import path from 'node:path'
import { importFiles } from '../../src/main/exchange/importFiles'
import { createProject, projectFile } from '../../src/main/project/project'
import { closeDatabase } from '../../src/main/store/database'
import { report } from '../support/figures'

const rows = 1_000_000
// On the project's own disk: a temporary folder may be memory, where durable costs nothing.
const folder = fs.mkdtempSync(path.resolve('out/bench-import-'))
const file = path.join(folder, 'activitynet.json')
const media = path.join(folder, 'media')

const bodyOf = (index: number) => ({
  duration: 120.5,
  sentences: [
    { start: 0, end: 41.25, text: `A person enters room ${index} and looks around.` },
    { start: 40, end: 118.5, text: 'She sits down and begins to read a book by the window.' },
  ],
})

/** ActivityNet Captions with one video a line. */
function writeFile(): void {
  const handle = fs.openSync(file, 'w')
  for (let index = 0; index < rows; index++) {
    const { duration, sentences } = bodyOf(index)
    const video = {
      duration,
      timestamps: sentences.map(({ start, end }) => [start, end]),
      sentences: sentences.map(({ text }) => ` ${text}`),
    }
    fs.writeSync(handle, `${index === 0 ? '{' : ',\n'}"v_${index}": ${JSON.stringify(video)}`)
  }
  fs.writeSync(handle, '}')
  fs.closeSync(handle)
}

/** The rows of an import, bare: the same tables and statements, 1,000 rows in a transaction. */
function insertBare(): number {
  const project = createProject(path.join(folder, 'bare'), 'dc')
  closeDatabase(project.db)
  const db = new BetterSqlite3(projectFile(project.directory))
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  db.pragma('cache_size = -16000')
  const item = db.prepare('INSERT INTO item (source_id, created_at) VALUES (?, ?)')
  const missing = db.prepare('INSERT INTO missing_media (item_id, position, name) VALUES (?, 0, ?)')
  const context = db.prepare('INSERT INTO context (item_id, body) VALUES (?, ?)')
  const text = db.prepare('INSERT INTO item_text (rowid, text) VALUES (?, ?)')
  const insertMany = db.transaction((from: number) => {
    for (let index = from; index < from + 1000; index++) {
      const body = bodyOf(index)
      const id = Number(item.run(`v_${index}`, Date.now()).lastInsertRowid)
      missing.run(id, `v_${index}`)
      context.run(id, JSON.stringify(body))
      text.run(id, `v_${index}\n${body.sentences.map((each) => each.text).join('\n')}`)
    }
  })
  const start = performance.now()
  for (let from = 0; from < rows; from += 1000) insertMany(from)
  const seconds = (performance.now() - start) / 1000
  db.close()
  return rows / seconds
}

async function importAll(): Promise<{ rate: number; megabytes: number }> {
  const project = createProject(path.join(folder, 'imported'), 'dc')
  globalThis.gc?.()
  let most = 0
  const look = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 50)
  const start = performance.now()
  const { added } = await importFiles(project, { format: 'activitynet', file, mediaDirectory: media })
  const seconds = (performance.now() - start) / 1000
  clearInterval(look)
  closeDatabase(project.db)
  if (added !== rows) throw new Error(`${added} of ${rows} rows were imported`)
  return { rate: rows / seconds, megabytes: most / 1e6 }
}

try {
  fs.mkdirSync(media)
  writeFile()
  const { rate, megabytes } = await importAll()
  const bare = insertBare()
  report({ name: 'import of 1,000,000 ActivityNet rows', value: rate, unit: 'rows/s' })
  report({ name: 'the same rows by the bare driver', value: bare, unit: 'rows/s' })
  report({ name: 'import against the bare driver', value: rate / bare, unit: 'of the bare rate', atLeast: 0.5 })
  report({ name: 'most memory while importing', value: megabytes, unit: 'MB', atMost: 300 })
} finally {
  fs.rmSync(folder, { recursive: true, force: true })
}
