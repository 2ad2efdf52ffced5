import BetterSqlite3 from 'better-sqlite3'
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { runJob } from '../../../src/main/jobs/runJob'
import { backUpNow } from '../../../src/main/project/backups'
import { closeProject, openProject, projectFile } from '../../../src/main/project/project'
import { prepareRecovery } from '../../../src/main/project/recover'
import { decide } from '../../../src/main/store/decisions/decisions'
import { replaceFile } from '../../../src/main/store/recovery/setAside'
import { toProblem, type Problem } from '../../../src/shared/problem'
import { addItem, draftPairs, pair, temporaryDirectory, temporaryProject } from '../../support/temporaryProject'
import { run } from '../../support/terminal'
import { inspectDatabase } from '../../support/inEnglish'

const most = 30

/** A closed project with pairs, all accepted. */
function decidedProject(pairs = most): string {
  const project = temporaryProject()
  const itemId = addItem(project.db, 'one')
  const texts = Array.from({ length: pairs }, (_, n) => pair(`thing ${n}`))
  for (const candidateId of draftPairs(project.db, [{ itemId, pairs: texts }]))
    decide(project.db, { candidateId, verdict: 'accept', reviewer: 'Ada' })
  closeProject(project)
  return project.directory
}

const problemOf = (work: () => unknown): Problem => {
  try {
    work()
  } catch (error) {
    return toProblem(error)
  }
  throw new Error('it did not fail')
}

/** What recovery offers, with nothing used. */
function offerOf(directory: string) {
  const recovery = prepareRecovery(directory)
  recovery?.close()
  return recovery?.offer ?? null
}

/** The log of a project, as a process that was killed leaves it. */
function logOf(directory: string, change: (db: BetterSqlite3.Database) => void): Buffer {
  const db = new BetterSqlite3(projectFile(directory))
  try {
    db.pragma('wal_autocheckpoint = 0')
    change(db)
    return fs.readFileSync(`${projectFile(directory)}-wal`)
  } finally {
    db.close()
  }
}

const rename = (db: BetterSqlite3.Database) => void db.exec(`UPDATE project SET name = 'another'`)

describe.skipIf(process.platform === 'win32')('recovery follows', () => {
  test('no link in place of the project file, and waits for no pipe', () => {
    const other = decidedProject()
    for (const put of [(file: string) => fs.symlinkSync(projectFile(other), file), (file: string) => execFileSync('mkfifo', [file])]) {
      const directory = decidedProject()
      fs.rmSync(projectFile(directory))
      put(projectFile(directory))
      const before = fs.readdirSync(directory)
      expect(problemOf(() => prepareRecovery(directory))).toMatchObject({ code: 'unreadable-project', item: projectFile(directory) })
      expect(fs.readdirSync(directory)).toEqual(before)
    }
  })

  test('no pipe in place of the log', () => {
    const directory = decidedProject()
    execFileSync('mkfifo', [`${projectFile(directory)}-wal`])
    expect(problemOf(() => prepareRecovery(directory)).message).toMatch(/-wal is not a regular file/)
  })

  test('no link in place of a file that was set aside', () => {
    const directory = path.join(temporaryDirectory(), 'p.exemplar')
    fs.mkdirSync(directory)
    fs.symlinkSync(projectFile(decidedProject()), `${projectFile(directory)}.damaged-2026-01-01T00-00-00-000Z`)
    expect(problemOf(() => prepareRecovery(directory)).message).toMatch(/^There is no project/)
  })
})

describe('recovery', () => {
  test('takes nothing from the database of another program, even where a table has the name of one of ours', () => {
    const directory = decidedProject()
    fs.rmSync(projectFile(directory))
    const db = new BetterSqlite3(projectFile(directory))
    db.exec(`CREATE TABLE places (url TEXT); CREATE TABLE project (id INTEGER PRIMARY KEY, uuid TEXT, name TEXT, recipe TEXT);
      INSERT INTO project VALUES (1, 'a', 'b', 'la')`)
    db.close()
    expect(offerOf(directory)).toMatchObject({ salvaged: null, backup: null })
  })

  test('leaves out the log of another project, which would spoil what it is laid over', () => {
    const directory = decidedProject(600)
    const other = decidedProject(1)
    fs.writeFileSync(`${projectFile(directory)}-wal`, logOf(other, rename))
    expect(offerOf(directory)?.salvaged).toMatchObject({ summary: { candidates: 600, decisions: 600 }, damagedTables: [], leftOut: 0 })
  })

  test('keeps what stands in the log alone', () => {
    const directory = decidedProject()
    const log = logOf(directory, (db) => {
      db.pragma('trusted_schema = ON')
      db.exec(`UPDATE item SET source_id = 'from the log'`)
    })
    expect(log.length).toBeGreaterThan(0)
    const file = fs.readFileSync(projectFile(directory))
    file.fill(0xa5, file.length - 4096)
    fs.writeFileSync(projectFile(directory), file)
    expect(offerOf(directory)?.salvaged?.summary.decisions).toBe(most)
  })

  test('finds the file that a killed restore had set aside, with its log under the old name', async () => {
    const directory = decidedProject()
    const file = projectFile(directory)
    const before = fs.readFileSync(file)
    const log = logOf(directory, (db) => db.exec(`INSERT INTO item (source_id, created_at) VALUES ('only in the log', 1)`))
    fs.rmSync(file)
    fs.writeFileSync(`${file}.replaced-2026-01-01T00-00-00-000Z`, before)
    fs.writeFileSync(`${file}-wal`, log)
    const told = await run(path.dirname(directory), ['stats', directory])
    expect(told.code).toBe(3)
    expect(told.errors[0]).toMatch(/the project file was renamed to project\.sqlite\.replaced-.* → Run `npm run exemplar -- recover/)
    expect(offerOf(directory)?.salvaged?.summary).toMatchObject({ items: 2, decisions: most })
  })
})

describe('a log', () => {
  const spoilt: readonly [string, (log: Buffer) => Buffer][] = [
    ['of random bytes', () => Buffer.from('no log at all '.repeat(400))],
    ['whose head was zeroed', (log) => Buffer.concat([Buffer.alloc(32), log.subarray(32)])],
    ['whose head has one other bit', (log) => (log.writeUInt8((log[17] ?? 0) ^ 1, 17), log)],
    ['that is a project file', () => fs.readFileSync(projectFile(decidedProject()))],
  ]
  for (const [what, spoil] of spoilt)
    test(`${what} is named, and stays: SQLite would pass over what was stored in it`, async () => {
      const directory = decidedProject()
      const bytes = fs.readFileSync(projectFile(directory))
      const log = spoil(logOf(directory, rename))
      fs.writeFileSync(projectFile(directory), bytes)
      fs.writeFileSync(`${projectFile(directory)}-wal`, log)
      for (const command of ['stats', 'doctor', 'backup']) {
        const { code, errors } = await run(path.dirname(directory), [command, directory])
        expect({ command, code, error: errors[0] }).toEqual({
          command,
          code: 3,
          error: expect.stringMatching(/-wal is damaged or does not belong to this project file.* → .*recover/),
        })
      }
      expect(problemOf(() => openProject(directory)).code).toBe('damaged-project')
      expect(fs.readFileSync(`${projectFile(directory)}-wal`).equals(log)).toBe(true)
      expect(offerOf(directory)?.salvaged?.summary.decisions).toBe(most)
    })

  test('that is whole is read', () => {
    const directory = decidedProject()
    const bytes = fs.readFileSync(projectFile(directory))
    const log = logOf(directory, rename)
    fs.writeFileSync(projectFile(directory), bytes)
    fs.writeFileSync(`${projectFile(directory)}-wal`, log)
    const project = openProject(directory)
    expect(project.info.name).toBe('another')
    closeProject(project)
  })
})

test.skipIf(process.platform === 'win32')(
  'a backup that failed before an import and a bulk step in the window is told, and the work is done',
  async () => {
    const directory = decidedProject()
    fs.symlinkSync(temporaryDirectory(), path.join(directory, 'backups'))
    const told: string[] = []
    const options = {
      onProgress: () => undefined,
      onBackupFailed: ({ message }: Problem) => void told.push(message),
      signal: new AbortController().signal,
    }
    const changed = await runJob('decideMany', { project: directory, reviewer: 'Ada', verdict: 'reject', target: { filter: {} } }, options)
    const file = path.join(path.dirname(directory), 'items.jsonl')
    fs.writeFileSync(file, '')
    await runJob(
      'import',
      { project: directory, request: { format: 'jsonl', file, mediaDirectory: path.dirname(directory) } },
      options,
    ).catch(() => null)
    expect(changed).toBe(most)
    expect(told).toEqual([expect.stringContaining('backups is a symbolic link'), expect.stringContaining('backups is a symbolic link')])
  },
)

test('a garbled owner of a run is named by the doctor, and keeps nobody from resuming it later', async () => {
  const project = temporaryProject()
  draftPairs(project.db, [{ itemId: addItem(project.db, 'one'), pairs: [pair('thing')] }])
  project.db.exec(`UPDATE run SET owner = '{', touched_at = 1, state = 'running'`)
  expect(inspectDatabase(project.db).findings.map(({ message }) => message)).toEqual([
    expect.stringContaining('The process that owns run 1 cannot be read'),
  ])
  closeProject(project)
  const { errors } = await run(path.dirname(project.directory), ['generate', project.directory, '--resume'])
  expect(errors.join('\n')).not.toMatch(/cannot be read/)
})

test('a project file that is replaced while it is being opened takes no decision', () => {
  const directory = decidedProject()
  const file = projectFile(directory)
  const prepared = `${file}.new`
  fs.copyFileSync(file, prepared)
  const openSync = fs.openSync.bind(fs)
  const spy = vi.spyOn(fs, 'openSync').mockImplementation((name, ...rest) => {
    // The moment before the process leaves its mark: nobody knows yet that it has the file open.
    if (String(name).includes('-open-') && fs.existsSync(prepared)) replaceFile(file, prepared, 'replaced')
    return openSync(name, ...rest)
  })
  try {
    expect(problemOf(() => openProject(directory)).message).toMatch(/was moved, deleted or replaced while the project was open/)
  } finally {
    spy.mockRestore()
  }
  const project = openProject(directory)
  expect(inspectDatabase(project.db).findings).toEqual([])
  closeProject(project)
})

test('a row with a number that cannot be read is named by the doctor, and by the command that meets it', async () => {
  const project = temporaryProject()
  draftPairs(project.db, [{ itemId: addItem(project.db, 'one'), pairs: [pair('thing')] }])
  project.db.exec(`UPDATE candidate SET created_at = 9000000000000000000`)
  expect(inspectDatabase(project.db).findings.map(({ message }) => message)).toEqual([
    '1 rows of candidate contain a number that is too large',
  ])
  closeProject(project)
  const { errors } = await run(path.dirname(project.directory), ['list', project.directory, '--candidates'])
  expect(errors[0]).toMatch(/^error: A saved value has an unexpected format \(createdAt: .*\)\. → Run `npm run exemplar -- doctor/)
})

test('a copy that a killed process left unfinished goes with a later backup; one under way and other files stay', () => {
  const project = temporaryProject()
  const folder = path.join(project.directory, 'backups')
  fs.mkdirSync(folder)
  const names = ['project-20260101-000000-daily.sqlite.7.tmp', 'project-20260101-000000-daily.sqlite.7.tmp-journal', 'mine.tmp']
  for (const name of names) {
    fs.writeFileSync(path.join(folder, name), '')
    fs.utimesSync(path.join(folder, name), 0, 0)
  }
  fs.writeFileSync(path.join(folder, 'project-20260102-000000-daily.sqlite.8.tmp'), '')
  const copy = backUpNow(project.db, project.directory, 'by-hand')
  closeProject(project)
  expect(fs.readdirSync(folder).toSorted()).toEqual(['mine.tmp', 'project-20260102-000000-daily.sqlite.8.tmp', path.basename(copy)])
})
