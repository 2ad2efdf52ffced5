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
import { checkpointLog } from '../../../src/main/store/sql/transaction'
import { prepare } from '../../../src/main/store/sql/statement'
import { readSummary } from '../../../src/main/store/recovery/summary'
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

/** A project with more items in its log, as it would be found after a kill. */
function interrupt(directory: string, more = 1): { bytes: Buffer; log: Buffer } {
  const project = openProject(directory)
  try {
    for (let n = 0; n < more; n++) addItem(project.db, `more ${n}`)
    return { bytes: fs.readFileSync(projectFile(directory)), log: fs.readFileSync(`${projectFile(directory)}-wal`) }
  } finally {
    closeProject(project)
  }
}

/** A log that was begun after changes that the project file does not have. */
function laterLog(directory: string): Buffer {
  interrupt(directory)
  interrupt(directory, 2)
  return interrupt(directory, 3).log
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

  test('that Exemplar left is read', () => {
    const directory = decidedProject()
    const { bytes, log } = interrupt(directory)
    fs.writeFileSync(projectFile(directory), bytes)
    fs.writeFileSync(`${projectFile(directory)}-wal`, log)
    const project = openProject(directory)
    expect(readSummary(project.db).items).toBe(2)
    closeProject(project)
  })

  test('of a project that was just made is read', () => {
    const project = temporaryProject()
    addItem(project.db, 'one')
    const copy = path.join(temporaryDirectory(), 'copy.exemplar')
    fs.cpSync(project.directory, copy, { recursive: true })
    closeProject(project)
    const opened = openProject(copy)
    expect(readSummary(opened.db).items).toBe(1)
    closeProject(opened)
  })

  test('that began anew after it was brought into the file is read', () => {
    const directory = decidedProject()
    const project = openProject(directory)
    addItem(project.db, 'two')
    checkpointLog(project.db)
    addItem(project.db, 'three')
    addItem(project.db, 'four')
    const [bytes, log] = [fs.readFileSync(projectFile(directory)), fs.readFileSync(`${projectFile(directory)}-wal`)]
    closeProject(project)
    fs.writeFileSync(projectFile(directory), bytes)
    fs.writeFileSync(`${projectFile(directory)}-wal`, log)
    const opened = openProject(directory)
    expect(readSummary(opened.db).items).toBe(4)
    closeProject(opened)
  })

  const others: readonly [string, (own: string) => Buffer, RegExp][] = [
    ['of another project', () => interrupt(decidedProject()).log, /belongs to another project/],
    ['of another project, cut', () => interrupt(decidedProject(), 3).log.subarray(0, -100), /belongs to another project/],
    ['of another project, by another program', () => logOf(decidedProject(), rename), /was written by another program/],
    ['of the same project at a later time', (own) => laterLog(own), /belongs to another project or to an older copy/],
  ]
  for (const [what, logFor, named] of others)
    test(`${what} is named before anything is read or written, and recovery does without it`, async () => {
      const directory = decidedProject()
      const bytes = fs.readFileSync(projectFile(directory))
      const log = logFor(directory)
      fs.writeFileSync(projectFile(directory), bytes)
      fs.writeFileSync(`${projectFile(directory)}-wal`, log)
      for (const command of [['stats'], ['doctor'], ['backup'], ['list', '--items'], ['export', '--format', 'jsonl', '--out', 'out']]) {
        const [name = '', ...options] = command
        const { code, errors } = await run(path.dirname(directory), [name, directory, ...options])
        expect({ command, code, error: errors[0] }).toEqual({ command, code: 3, error: expect.stringMatching(named) })
      }
      expect(problemOf(() => openProject(directory)).code).toBe('damaged-project')
      expect(fs.readFileSync(projectFile(directory)).equals(bytes)).toBe(true)
      expect(fs.readFileSync(`${projectFile(directory)}-wal`).equals(log)).toBe(true)
      if (what !== 'of another project, by another program')
        expect(offerOf(directory)?.salvaged?.summary).toMatchObject({ items: 1, decisions: most })
    })

  test('and its older copy: a project file that is newer than its log is named', async () => {
    const directory = decidedProject()
    const { log } = interrupt(directory)
    for (const id of ['x', 'y', 'z']) {
      const project = openProject(directory)
      addItem(project.db, id)
      closeProject(project)
    }
    fs.writeFileSync(`${projectFile(directory)}-wal`, log)
    expect((await run(path.dirname(directory), ['stats', directory])).errors[0]).toMatch(/an older copy/)
  })

  test('a journal of another project is named: SQLite would roll its pages back into the file', async () => {
    const other = decidedProject()
    const db = new BetterSqlite3(projectFile(other))
    db.pragma('journal_mode = DELETE')
    db.pragma('cache_spill = ON')
    db.pragma('cache_size = 1')
    db.exec(`BEGIN; UPDATE candidate SET pinned_at = 1; UPDATE project SET name = 'another'`)
    const journal = fs.readFileSync(`${projectFile(other)}-journal`)
    db.exec('ROLLBACK')
    db.close()
    expect(journal.length).toBeGreaterThan(512)
    const directory = decidedProject()
    fs.writeFileSync(`${projectFile(directory)}-journal`, journal)
    const { code, errors } = await run(path.dirname(directory), ['stats', directory])
    expect({ code, error: errors[0] }).toEqual({ code: 3, error: expect.stringMatching(/belongs to another project/) })
    expect(offerOf(directory)?.salvaged?.summary.decisions).toBe(most)
  })

  test('a project from before there were marks gets its own when it is opened', () => {
    const directory = decidedProject()
    const db = new BetterSqlite3(projectFile(directory))
    db.pragma('application_id = 0')
    db.close()
    closeProject(openProject(directory))
    const { log } = interrupt(decidedProject())
    fs.writeFileSync(`${projectFile(directory)}-wal`, log)
    expect(problemOf(() => openProject(directory)).message).toMatch(/belongs to another project/)
  })

  test('every write is marked, that of one statement too', () => {
    const directory = decidedProject()
    const project = openProject(directory)
    prepare(project.db, `UPDATE project SET name = 'alone'`).run()
    const bytes = fs.readFileSync(projectFile(directory))
    const log = fs.readFileSync(`${projectFile(directory)}-wal`)
    closeProject(project)
    fs.writeFileSync(projectFile(directory), bytes)
    fs.writeFileSync(`${projectFile(directory)}-wal`, log)
    const opened = openProject(directory)
    expect(opened.info.name).toBe('alone')
    closeProject(opened)
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
    '1 row of candidate contains a number that is too large',
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

describe('a backup of another project', () => {
  function withForeignBackup(): { directory: string; name: string } {
    const directory = decidedProject()
    const own = openProject(directory)
    backUpNow(own.db, directory, 'by-hand', new Date(Date.UTC(2026, 0, 1)))
    closeProject(own)
    const otherDirectory = decidedProject(3)
    const other = openProject(otherDirectory)
    const copy = backUpNow(other.db, otherDirectory, 'by-hand')
    closeProject(other)
    fs.copyFileSync(copy, path.join(directory, 'backups', path.basename(copy)))
    return { directory, name: path.basename(copy) }
  }

  test('is named and left out by restore, and refused where it is asked for', async () => {
    const { directory, name } = withForeignBackup()
    const bytes = fs.readFileSync(projectFile(directory))
    const shown = await run(path.dirname(directory), ['restore', directory])
    expect(shown.errors.join('\n')).toContain(`${name} is a backup of another project`)
    expect(shown.out).toContain('chosen: project-20260101-000000-by-hand.sqlite')
    const refused = await run(path.dirname(directory), ['restore', directory, '--from', name, '--yes'])
    expect({ code: refused.code, errors: refused.errors.join('\n') }).toEqual({
      code: 2,
      errors: expect.stringContaining('backup of another project'),
    })
    expect(fs.readFileSync(projectFile(directory)).equals(bytes)).toBe(true)
  })

  const damages: readonly [string, (file: string) => void][] = [
    ['half of it is lost', (file) => fs.truncateSync(file, fs.statSync(file).size / 2)],
    ['its head is lost', (file) => fs.writeFileSync(file, Buffer.concat([Buffer.alloc(100), fs.readFileSync(file).subarray(100)]))],
  ]
  for (const [what, damage] of damages)
    test(`is not offered by recover, whose project is known still where ${what}`, async () => {
      const { directory, name } = withForeignBackup()
      damage(projectFile(directory))
      const offer = offerOf(directory)
      expect(offer).toMatchObject({ foreignBackups: [name], backup: { name: 'project-20260101-000000-by-hand.sqlite' } })
      const { out } = await run(path.dirname(directory), ['recover', directory])
      expect(out).toContain(`backup: ${name} is of another project, and is left out`)
    })

  test('has to be named by a person where the project file is gone', async () => {
    const { directory, name } = withForeignBackup()
    fs.writeFileSync(projectFile(directory), '')
    const { code, errors } = await run(path.dirname(directory), ['restore', directory, '--yes'])
    expect({ code, errors: errors.join('\n') }).toEqual({ code: 2, errors: expect.stringContaining('of several projects') })
    expect((await run(path.dirname(directory), ['restore', directory, '--yes', '--from', name])).code).toBe(0)
  })
})
