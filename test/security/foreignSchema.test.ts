import BetterSqlite3 from 'better-sqlite3'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { closeProject, openProject, projectFile } from '../../src/main/project/project'
import { computeSchema } from '../../src/main/store/schema/schema'
import { measureSchema } from '../../src/main/store/schema/schemaSize'
import { temporaryDirectory } from '../support/temporaryProject'
import { cocoArgs, run } from '../support/terminal'

/** Would keep whoever reads it busy for ever. */
const endless = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS candidate_id FROM n WHERE i < 0`

const commands = [
  ['stats', 'p'],
  ['stats', 'p', '--json'],
  ['list', 'p', '--items'],
  ['list', 'p', '--candidates'],
  ['doctor', 'p'],
  ['export', 'p', '--format', 'jsonl', '--out', 'out'],
  ['decide', 'p', '--file', 'decisions.jsonl'],
  ['import', 'p', ...cocoArgs],
  ['generate', 'p'],
  ['frames', 'p'],
  ['prompt', 'show', 'p'],
  ['prompt', 'export', 'p', '--file', 'prompt.json'],
] as const

let template: string
beforeAll(async () => {
  template = temporaryDirectory()
  await run(template, ['new', 'p', '--recipe', 'la'])
  await run(template, ['import', 'p', ...cocoArgs])
  await run(template, ['generate', 'p', '--limit', '2'])
})

const hashOf = (file: string) => createHash('sha256').update(fs.readFileSync(file)).digest('hex')

/** A copy of a good project in which somebody else has changed the file. */
function changed(change: string | ((db: BetterSqlite3.Database) => void)): { directory: string; project: string } {
  const directory = temporaryDirectory()
  const project = path.join(directory, 'p.exemplar')
  fs.cpSync(path.join(template, 'p.exemplar'), project, { recursive: true })
  const db = new BetterSqlite3(projectFile(project))
  if (typeof change === 'string') db.exec(change)
  else change(db)
  db.close()
  fs.writeFileSync(path.join(directory, 'decisions.jsonl'), JSON.stringify({ candidate: 1, verdict: 'accept', reviewer: 'Ada' }))
  return { directory, project }
}

/** Writes what SQLite would not: https://www.sqlite.org/pragma.html#pragma_writable_schema */
const forge =
  (sql: string, ...values: readonly unknown[]) =>
  (db: BetterSqlite3.Database) => {
    db.unsafeMode(true)
    db.pragma('writable_schema = ON')
    db.prepare(sql).run(...values)
  }

const poison = `UPDATE pair SET response = 'poisoned' WHERE candidate_id = new.candidate_id`

const alterations: readonly (readonly [what: string, change: Parameters<typeof changed>[0], name: string])[] = [
  ['a trigger', `CREATE TRIGGER evil AFTER INSERT ON decision BEGIN ${poison}; END`, '+ trigger evil'],
  ['a view without an end in place of a table', `DROP TABLE draft; CREATE VIEW draft AS ${endless}`, '+ view draft'],
  ['a view beside the tables', `CREATE VIEW evil AS ${endless}`, '+ view evil'],
  ['a table', `CREATE TABLE evil (id)`, '+ table evil'],
  ['a search index', `CREATE VIRTUAL TABLE evil USING fts5 (text)`, '+ table evil'],
  ['an index over an expression', `CREATE INDEX evil ON pair (hex(response))`, '+ index evil'],
  ['a generated column', `ALTER TABLE draft ADD COLUMN evil TEXT AS (hex(zeroblob(1000000)))`, '≠ table draft'],
  ['a further check of a column', `ALTER TABLE draft ADD COLUMN evil TEXT CHECK (length(evil) < 9)`, '≠ table draft'],
  ['a trigger taken away', `DROP TRIGGER decision_is_kept`, '− trigger decision_is_kept'],
  ['an index taken away', `DROP INDEX candidate_by_item`, '− index candidate_by_item'],
  [
    'one of the triggers made anew',
    `DROP TRIGGER decision_is_kept; CREATE TRIGGER decision_is_kept BEFORE DELETE ON decision BEGIN SELECT 1; END`,
    '≠ trigger decision_is_kept',
  ],
  [
    'a trigger under a name of SQLite',
    forge(
      `INSERT INTO sqlite_schema VALUES ('trigger', 'sqlite_autoindex_evil', 'decision', 0, ?)`,
      `CREATE TRIGGER sqlite_autoindex_evil AFTER INSERT ON decision BEGIN ${poison}; END`,
    ),
    '+ trigger sqlite_autoindex_evil',
  ],
  [
    'a line of a table made a comment',
    forge(`UPDATE sqlite_schema SET sql = replace(sql, 'restores it' || char(10), 'restores it ') WHERE name = 'candidate'`),
    '≠ table candidate',
  ],
  [
    'text that is no SQL',
    forge(`UPDATE sqlite_schema SET sql = 'CREATE TABLE draft (' WHERE name = 'draft'`),
    'malformed database schema (draft)',
  ],
]

describe('a project file whose schema somebody has changed', () => {
  for (const [what, change, name] of alterations)
    test(`${what}: it is not opened, and the message names it`, async () => {
      const { directory, project } = changed(change)
      const before = hashOf(projectFile(project))
      const { code, errors } = await run(directory, ['doctor', 'p'])
      expect({ code, errors }).toEqual({ code: 3, errors: [expect.stringContaining(name)] })
      expect(errors[0]).toMatch(
        /^error: .*was changed by another program: .*\. It was not opened\. → Open only projects that you trust. `npm run exemplar -- recover .*` shows what can be recovered\.$/,
      )
      expect(hashOf(projectFile(project))).toBe(before)
      expect(() => openProject(project, { check: false, readable: true })).toThrow('was changed by another program')
    })

  test('is refused by every command alike', async () => {
    const { directory, project } = changed(`DROP TABLE draft; CREATE VIEW draft AS ${endless}`)
    const before = hashOf(projectFile(project))
    for (const command of commands) {
      const { code, errors, out } = await run(directory, command)
      expect({ command, code, out, errors }).toEqual({ command, code: 3, out: [], errors: [expect.stringContaining('+ view draft')] })
    }
    expect(hashOf(projectFile(project))).toBe(before)
  })

  test('where it would take SQLite minutes to read it, is refused without asking SQLite', async () => {
    for (const inLog of [false, true]) {
      const { directory, project } = changed(() => undefined)
      const db = new BetterSqlite3(projectFile(project))
      db.pragma(inLog ? 'wal_autocheckpoint = 0' : 'wal_checkpoint')
      db.unsafeMode(true)
      db.pragma('writable_schema = ON')
      const add = db.prepare(`INSERT INTO sqlite_schema VALUES ('view', ?, ?, 0, ?)`)
      db.transaction(() => {
        for (let index = 0; index < 100_000; index++) add.run(`v${index}`, `v${index}`, `CREATE VIEW v${index} AS SELECT 1`)
      })()
      if (inLog) for (const side of ['', '-wal']) fs.copyFileSync(projectFile(project) + side, path.join(directory, `kept${side}`))
      db.close()
      if (inLog) for (const side of ['', '-wal']) fs.copyFileSync(path.join(directory, `kept${side}`), projectFile(project) + side)
      expect(measureSchema(projectFile(project)).rows).toBeGreaterThan(20_000)
      const { code, errors } = await run(directory, ['stats', 'p'])
      expect({ code, errors }).toEqual({ code: 3, errors: [expect.stringContaining('too many tables, views and triggers')] })
    }
  })

  test('is opened where somebody only had SQLite count its rows, or made it compact', async () => {
    const { directory } = changed(`ANALYZE; PRAGMA journal_mode = DELETE; VACUUM`)
    expect(await run(directory, ['doctor', 'p'])).toMatchObject({ code: 0, errors: [] })
  })
})

describe('the database of another program', () => {
  const foreign = (sql: string) => {
    const directory = temporaryDirectory()
    const project = path.join(directory, 'p.exemplar')
    fs.mkdirSync(project)
    const db = new BetterSqlite3(projectFile(project))
    db.exec(sql)
    db.close()
    fs.writeFileSync(path.join(directory, 'decisions.jsonl'), '')
    return { directory, file: projectFile(project) }
  }

  for (const [what, sql] of [
    ['of version 3', `CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url TEXT); PRAGMA user_version = 3`],
    ['of no version', `CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url TEXT)`],
    ['of a later version', `CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url TEXT); PRAGMA user_version = 99`],
    ['of a version below zero', `CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url TEXT); PRAGMA user_version = -2`],
    ['with an id of its own', `CREATE TABLE project (id); PRAGMA application_id = 252006673; PRAGMA user_version = 3`],
  ] as const)
    test(`${what} is neither brought up to date nor changed at all`, async () => {
      const { directory, file } = foreign(sql)
      const before = hashOf(file)
      for (const command of commands) {
        const { code, errors } = await run(directory, command)
        expect({ command, code, errors }).toEqual({ command, code: 3, errors: [expect.stringContaining('database of another program')] })
      }
      expect(hashOf(file)).toBe(before)
      expect(fs.readdirSync(path.dirname(file))).toEqual(['project.sqlite'])
    })

  test('with a table of the same name is not taken for an older project', async () => {
    const { directory, file } = foreign(`CREATE TABLE project (id INTEGER PRIMARY KEY, title TEXT); PRAGMA user_version = 3`)
    const before = hashOf(file)
    expect(await run(directory, ['stats', 'p'])).toMatchObject({
      code: 3,
      errors: [expect.stringContaining('database of another program')],
    })
    expect(hashOf(file)).toBe(before)
  })
})

describe('the schema', () => {
  test('is small enough to be read at once', () => {
    const { project } = changed(() => undefined)
    const { rows, bytes } = measureSchema(projectFile(project))
    expect(rows).toBe(computeSchema().size)
    expect(bytes).toBeLessThan(64 * 1024)
  })

  test('an untouched project is opened', () => {
    closeProject(openProject(changed(() => undefined).project))
  })
})
