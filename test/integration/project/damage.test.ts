import BetterSqlite3 from 'better-sqlite3'
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { once } from 'node:events'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test, vi } from 'vitest'
import { freshBundle } from '../../../tools/freshBundle.mjs'
import { backUpBefore, backUpNow, backUpProject, listBackups, outdated } from '../../../src/main/project/backups'
import { closeProject, openProject, projectFile } from '../../../src/main/project/project'
import { prepareRecovery } from '../../../src/main/project/recover'
import { createSession } from '../../../src/main/project/session'
import { createSnapshot } from '../../../src/main/exchange/snapshot/createSnapshot'
import { listCandidates } from '../../../src/main/store/candidates/candidates'
import { listChangedSnapshots } from '../../../src/main/store/snapshots/contentHash'
import { listSnapshotPairs } from '../../../src/main/store/snapshots/snapshotPairs'
import { noSplit } from '../../../src/shared/snapshot'
import { decide } from '../../../src/main/store/decisions/decisions'
import { migrations } from '../../../tools/conversion/migrations'
import { readSummary } from '../../../src/main/store/recovery/summary'
import { closeDatabase } from '../../../src/main/store/sql/database'
import { asReadable, type ReadableDb } from '../../../src/main/store/sql/types'
import { watchOthers } from '../../../src/main/project/watchOthers'
import { toProblem, type Problem } from '../../../src/shared/problem'
import { addItem, draftPairs, pair, temporaryProject } from '../../support/temporaryProject'
import { run } from '../../support/terminal'
import { inspectDatabase } from '../../support/inEnglish'

const decider = freshBundle({ name: 'decider', entry: 'test/crash/decideWithoutEnd.ts', sources: ['src/main', 'src/shared', 'test/crash'] })

const problemOf = (work: () => unknown): Problem => {
  try {
    work()
  } catch (error) {
    return toProblem(error)
  }
  throw new Error('it did not fail')
}

/** A closed project with pairs over many pages, all accepted. */
function decidedProject(pairs = 200): string {
  const project = temporaryProject()
  const itemId = addItem(project.db, 'one')
  const texts = Array.from({ length: pairs }, (_, n) => pair(`thing ${n} ${'and more '.repeat(20)}`))
  for (const candidateId of draftPairs(project.db, [{ itemId, pairs: texts }]))
    decide(project.db, { candidateId, verdict: 'accept', reviewer: 'Ada' })
  closeProject(project)
  return project.directory
}

/** Every file and folder with its bytes and times. */
function stateOf(directory: string): unknown {
  return fs
    .readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .concat('.')
    .toSorted()
    .map((name) => {
      const file = path.join(directory, name)
      const { mtimeMs, ino, size } = fs.statSync(file)
      return [name, mtimeMs, ino, size, fs.statSync(file).isFile() ? fs.readFileSync(file).toString('base64') : null]
    })
}

const pageOf = (directory: string, table: string, nth: number): number => {
  const db = new BetterSqlite3(projectFile(directory), { readonly: true })
  const pages = db.prepare(`SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno`).pluck().all(table)
  db.close()
  for (const side of ['-wal', '-shm']) fs.rmSync(projectFile(directory) + side, { force: true })
  return Number(pages[nth])
}

function breakPage(directory: string, page: number): void {
  const bytes = fs.readFileSync(projectFile(directory))
  bytes.fill(0xa5, (page - 1) * 4096, page * 4096)
  fs.writeFileSync(projectFile(directory), bytes)
}

const readings = [
  ['stats', 'P'],
  ['stats', 'P', '--json'],
  ['list', 'P', '--items'],
  ['list', 'P', '--candidates', '--json'],
  ['doctor', 'P'],
  ['prompt', 'show', 'P'],
  ['prompt', 'export', 'P', '--file', 'prompt.json'],
  ['export', 'P', '--format', 'jsonl', '--out', 'out'],
]

describe('commands that read', () => {
  const runAll = async (directory: string) => {
    const outside = path.dirname(directory)
    const codes: number[] = []
    for (const args of readings)
      codes.push(
        (
          await run(
            outside,
            args.map((part) => (part === 'P' ? directory : part)),
          )
        ).code,
      )
    return codes
  }

  test('leave the folder as it is: names, bytes and times', async () => {
    const directory = decidedProject(20)
    const before = stateOf(directory)
    expect(await runAll(directory)).toEqual(readings.map(() => 0))
    expect(stateOf(directory)).toEqual(before)
  })

  test('leave a project of an older version as it is, and tell how it is converted', async () => {
    const directory = decidedProject(5)
    fs.rmSync(projectFile(directory))
    const old = new BetterSqlite3(projectFile(directory))
    for (const up of migrations.slice(0, 12)) up(old)
    old.pragma('user_version = 12')
    old.exec(
      `INSERT INTO project (id, uuid, name, recipe, generation_settings, created_at) VALUES (1, 'u', 'old', 'la', '{}', 1);
       INSERT INTO item (id, source_id, created_at) VALUES (1, 'one', 1); INSERT INTO context (item_id, body) VALUES (1, '{}')`,
    )
    old.close()
    const before = stateOf(directory)
    for (const args of readings) {
      const { code, errors } = await run(
        path.dirname(directory),
        args.map((part) => (part === 'P' ? directory : part)),
      )
      expect({ args, code, errors }).toEqual({
        args,
        code: 3,
        errors: [expect.stringContaining(`npm run convert-project -- ${directory}`)],
      })
    }
    expect(stateOf(directory)).toEqual(before)
  })

  test('leave a project that was killed as it is, with all that was stored', async () => {
    const directory = decidedProject(20)
    await killDeciding(directory)
    expect(fs.existsSync(`${projectFile(directory)}-wal`)).toBe(true)
    const before = stateOf(directory)
    expect(await runAll(directory)).toEqual(readings.map(() => 0))
    expect(stateOf(directory)).toEqual(before)
    const { out } = await run(path.dirname(directory), ['stats', directory, '--json'])
    const opened = openProject(directory)
    expect(JSON.parse(out.join('')) as unknown).toMatchObject({ candidates: 20 })
    closeProject(opened)
    expect(fs.readdirSync(directory).filter((name) => name.startsWith('project.sqlite'))).toEqual(['project.sqlite'])
  })

  test('see what a window has just stored', async () => {
    const project = openProject(decidedProject(3))
    decide(project.db, { candidateId: 2, verdict: 'reject', reviewer: 'Ada' })
    const { out } = await run(path.dirname(project.directory), ['list', project.directory, '--candidates'])
    expect(out[1]).toMatch(/^2\tone\trejected/)
    closeProject(project)
  })

  for (const [what, damage] of [
    ['a damaged page', (directory: string) => breakPage(directory, pageOf(directory, 'pair', 3))],
    ['a damaged index', (directory: string) => breakPage(directory, pageOf(directory, 'candidate_by_state', 0))],
    [
      'an index out of step',
      (directory: string) => {
        const db = new BetterSqlite3(projectFile(directory))
        db.unsafeMode(true)
        db.pragma('writable_schema = ON')
        const row = db.prepare(`SELECT * FROM sqlite_schema WHERE name = 'candidate_by_state'`).raw().get()
        db.exec(`DELETE FROM sqlite_schema WHERE name = 'candidate_by_state'`)
        db.close()
        const without = new BetterSqlite3(projectFile(directory))
        without.exec(`UPDATE candidate SET state = 'rejected' WHERE id = 3`)
        without.unsafeMode(true)
        without.pragma('writable_schema = ON')
        without.prepare(`INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)`).run(row)
        without.close()
      },
    ],
  ] as const)
    test(`name ${what}, and leave it as it is`, async () => {
      const directory = decidedProject()
      damage(directory)
      const before = stateOf(directory)
      for (const args of [
        ['list', directory, '--candidates'],
        ['export', directory, '--format', 'jsonl', '--out', 'out'],
      ]) {
        const { code, errors } = await run(path.dirname(directory), args)
        expect({ code, errors }).toEqual({ code: 3, errors: [expect.stringMatching(/^error: .* is damaged .* → Run .* recover /)] })
      }
      const doctor = await run(path.dirname(directory), ['doctor', directory])
      expect(doctor.code).toBe(1)
      expect(doctor.errors.join('\n')).toContain('found: the file is sound')
      expect(stateOf(directory)).toEqual(before)
    })

  test('name rows that are lost, and go on with the others', async () => {
    const directory = decidedProject(5)
    const db = new BetterSqlite3(projectFile(directory))
    const trigger = String(db.prepare(`SELECT sql FROM sqlite_schema WHERE name = 'pair_is_kept'`).pluck().get())
    db.exec(`DROP TRIGGER pair_is_kept; DELETE FROM pair WHERE candidate_id = 3; ${trigger}`)
    db.close()
    for (const args of [
      ['list', directory, '--candidates'],
      ['export', directory, '--format', 'jsonl', '--out', 'out'],
    ]) {
      const { code, errors } = await run(path.dirname(directory), args)
      expect(code).toBe(1)
      expect(errors.join('\n')).toContain('1 pairs without text (3)')
    }
  })
})

/** Decides until it is killed, in a process of its own: after ten decisions, or ten more than `from` waits for. */
async function killDeciding(directory: string, from: () => boolean = () => true): Promise<void> {
  const child = spawn(process.execPath, [decider, directory, '1', '20'], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = 0
  child.stdout.on('data', (data: Buffer) => {
    if (said > 0 || from()) said += data.toString().split('decided').length - 1
    if (said > 10) child.kill('SIGKILL')
  })
  await once(child, 'close')
}

describe('a log that is missing after an unclean end', () => {
  test('is named by every command and the doctor, and recover goes on with what there is', async () => {
    const directory = decidedProject(20)
    const outside = path.dirname(directory)
    await killDeciding(directory)
    fs.rmSync(`${projectFile(directory)}-wal`)
    fs.rmSync(`${projectFile(directory)}-shm`, { force: true })
    fs.writeFileSync(path.join(outside, 'd.jsonl'), '')
    for (const args of [
      ['stats', directory],
      ['list', directory, '--items'],
      ['decide', directory, '--file', 'd.jsonl'],
    ])
      expect(await run(outside, args)).toMatchObject({
        code: 3,
        errors: [expect.stringMatching(/project\.sqlite-wal is missing.* → .*recover /)],
      })
    expect(await run(outside, ['doctor', directory])).toMatchObject({
      code: 1,
      errors: [expect.stringContaining('project.sqlite-wal is missing')],
    })
    expect((await run(outside, ['recover', directory])).code).toBe(1)
    expect((await run(outside, ['recover', directory, '--use', 'salvaged'])).code).toBe(0)
    expect(await run(outside, ['doctor', directory])).toMatchObject({ code: 0 })
  })

  test('is named too where SQLite had moved a part of it into the file, and where it was truncated', async () => {
    const directory = decidedProject(20)
    const file = projectFile(directory)
    const outside = path.dirname(directory)
    let opened: number | undefined
    await killDeciding(directory, () => fs.statSync(file).mtimeMs > (opened ??= fs.statSync(file).mtimeMs))
    const log = fs.readFileSync(`${file}-wal`)
    const stats = () => run(outside, ['stats', directory])
    const refused = { code: 3, errors: [expect.stringContaining('project.sqlite-wal is missing or truncated')] }
    fs.rmSync(`${file}-shm`, { force: true })
    for (const bytes of [log.length / 2, 0]) {
      fs.truncateSync(`${file}-wal`, bytes)
      expect(await stats()).toMatchObject(refused)
    }
    fs.rmSync(`${file}-wal`)
    expect(await stats()).toMatchObject(refused)
    fs.writeFileSync(`${file}-wal`, log)
    expect(await stats()).toMatchObject({ code: 0 })
    const another = new BetterSqlite3(file)
    another.pragma('wal_checkpoint')
    another.close()
    expect(fs.existsSync(`${file}-wal`)).toBe(false)
    expect(await stats()).toMatchObject({ code: 0 })
  })

  test('is not missed after a clean end, nor while another process has the project open', async () => {
    const directory = decidedProject(3)
    const [one, other] = [openProject(directory), openProject(directory)]
    closeProject(one)
    expect((await run(path.dirname(directory), ['stats', directory])).code).toBe(0)
    closeProject(other)
    expect((await run(path.dirname(directory), ['doctor', directory])).code).toBe(0)
  })
})

describe('a project file that is replaced while it is open', () => {
  for (const [how, replace] of [
    ['renamed', (file: string) => fs.renameSync(file, `${file}.moved`)],
    ['deleted', (file: string) => fs.rmSync(file)],
    [
      'replaced by a copy',
      (file: string) => {
        fs.copyFileSync(file, `${file}.copy`)
        fs.renameSync(`${file}.copy`, file)
      },
    ],
    ['left without its log', (file: string) => fs.rmSync(`${file}-wal`)],
  ] as const)
    test(`(${how}) takes no decision any more, and the window says so`, async () => {
      const directory = decidedProject(3)
      const failed = vi.fn<(problem: Problem) => void>()
      const session = createSession({
        findDamage: () => Promise.resolve(null),
        backUp: () => Promise.resolve(),
        beforeClose: () => Promise.resolve(),
        opened: () => undefined,
        failed,
      })
      await session.open(directory)
      const { db } = session.require()
      decide(db, { candidateId: 1, verdict: 'reject', reviewer: 'Ada' })
      replace(projectFile(directory))
      const before = readSummary(db).decisions
      expect(problemOf(() => decide(db, { candidateId: 2, verdict: 'reject', reviewer: 'Ada' }))).toMatchObject({
        code: 'unreadable-project',
        message: expect.stringContaining('Changes are no longer saved'),
      })
      expect(readSummary(db).decisions).toBe(before)
      const stop = watchOthers(
        () => session.current()?.db,
        () => undefined,
        (problem) => void session.abandon(problem),
        5,
      )
      await vi.waitFor(() => expect(failed).toHaveBeenCalledTimes(1))
      stop()
      expect(() => session.require()).toThrow('No project is open')
      // What the window saw is in a backup.
      const [backup] = listBackups(directory)
      const rescued = asReadable(new BetterSqlite3(backup?.file ?? '', { readonly: true }))
      expect(readSummary(rescued).decisions).toBe(before)
      closeDatabase(rescued)
    })

  test('stops the command line too, which does not say that it decided', async () => {
    const directory = decidedProject(3)
    const outside = path.dirname(directory)
    const lines = Array.from({ length: 30_000 }, (_, n) => JSON.stringify({ candidate: (n % 3) + 1, verdict: 'reject', reviewer: 'Ada' }))
    fs.writeFileSync(path.join(outside, 'd.jsonl'), lines.join('\n'))
    const deciding = run(outside, ['decide', directory, '--file', 'd.jsonl'])
    setTimeout(() => fs.renameSync(projectFile(directory), `${projectFile(directory)}.moved`), 100)
    expect(await deciding).toMatchObject({ code: 3, out: [], errors: [expect.stringContaining('was moved, deleted or replaced')] })
  })
})

describe('recovering', () => {
  test('reads around damaged pages of a table, decisions too, and leaves a sound project', async () => {
    const directory = decidedProject(600)
    const outside = path.dirname(directory)
    for (const [table, nth] of [
      ['pair', 2],
      ['pair', 5],
      ['candidate_by_item', 0],
      ['decision', 1],
    ] as const)
      breakPage(directory, pageOf(directory, table, nth))
    const damaged = fs.readFileSync(projectFile(directory))
    const before = stateOf(directory)
    const shown = await run(outside, ['recover', directory])
    expect(shown).toMatchObject({ code: 1, errors: [expect.stringContaining('damaged'), expect.stringContaining('--use salvaged')] })
    expect(shown.out.join('\n')).toMatch(/candidates +5\d\d +–[\s\S]*there is none that is sound/)
    expect(stateOf(directory)).toEqual(before)

    const used = await run(outside, ['recover', directory, '--use', 'salvaged'])
    expect(used.code).toBe(0)
    const kept = fs.readdirSync(directory).find((name) => name.startsWith('project.sqlite.damaged-')) ?? ''
    expect(used.out.at(-1)).toContain(kept)
    expect(fs.readFileSync(path.join(directory, kept)).equals(damaged)).toBe(true)
    const project = openProject(directory)
    expect(inspectDatabase(project.db).findings).toEqual([])
    const { candidates, decisions } = readSummary(project.db)
    expect(candidates).toBeGreaterThan(500)
    expect(decisions).toBeGreaterThan(candidates - 120)
    decide(project.db, { candidateId: 600, verdict: 'reject', reviewer: 'Ada' })
    closeProject(project)
    expect(await run(outside, ['recover', directory])).toMatchObject({ code: 0, out: ['The project is sound; nothing was changed.'] })
  })

  test('gives pairs the text of their last edit, where a backup has an older one, and leaves snapshots as they were or names them', async () => {
    const directory = decidedProject(200)
    const project = openProject(directory)
    const edit = (candidateId: number, words: string) =>
      decide(project.db, { candidateId, verdict: 'edit', pair: pair(`${words} ${candidateId}`), reviewer: 'Ada' })
    const all = Array.from({ length: 200 }, (_, at) => at + 1)
    await createSnapshot(project, { name: 'accepted', filter: {}, shares: noSplit, seed: 1 }, { createdBy: 'Ada' })
    backUpNow(project.db, directory, 'by-hand')
    for (const id of all) edit(id, 'first words')
    await createSnapshot(project, { name: 'edited', filter: {}, shares: noSplit, seed: 1 }, { createdBy: 'Ada' })
    const held = (db: ReadableDb, snapshotId: number) =>
      [...listSnapshotPairs(db, { snapshotId, states: ['edited', 'accepted'] })].map(({ candidate }) => [
        candidate.response,
        candidate.draft,
      ])
    const before = [1, 2].map((id) => held(project.db, id))
    closeProject(project)
    for (const nth of [0, 2]) breakPage(directory, pageOf(directory, 'pair', nth))
    const recovery = prepareRecovery(directory)
    recovery?.use('salvaged')
    recovery?.close()
    const { db } = openProject(directory)
    const texts = () => listCandidates(db, {}, null, 500).candidates.map(({ id, response, draft }) => [id, response, draft !== null])
    expect(texts()).toEqual(all.map((id) => [id, pair(`first words ${id}`).response, true]))
    expect(inspectDatabase(db).findings).toEqual([])
    expect([1, 2].map((id) => held(db, id))).toEqual(before)
    expect(listChangedSnapshots(db)).toEqual([])
    // Of a pair whose text had to be found again it is not known which version of it the snapshot means.
    decide(db, { candidateId: 1, verdict: 'edit', pair: pair('second words'), reviewer: 'Ada' })
    expect(held(db, 1)).toEqual(before[0])
    expect(listChangedSnapshots(db)).toEqual(isDeepStrictEqual(held(db, 2), before[1]) ? [] : ['edited'])
    closeDatabase(db)
  })

  test('finds the rows of a table whose upper page is damaged, and the list of tables again', async () => {
    const directory = decidedProject(600)
    const db = new BetterSqlite3(projectFile(directory), { readonly: true })
    const root = Number(db.prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'decision'`).pluck().get())
    db.close()
    for (const side of ['-wal', '-shm']) fs.rmSync(projectFile(directory) + side, { force: true })
    breakPage(directory, root)
    breakPage(directory, 1)
    expect((await run(path.dirname(directory), ['recover', directory, '--use', 'salvaged'])).code).toBe(0)
    const project = openProject(directory)
    expect(readSummary(project.db)).toMatchObject({ items: 1, candidates: 600, decisions: 600, runs: 1 })
    expect(inspectDatabase(project.db).findings).toEqual([])
    closeProject(project)
  })

  test('takes the newest sound backup where it is chosen, and lost rows from it where what is salvaged is', async () => {
    const directory = decidedProject(20)
    const project = openProject(directory)
    backUpNow(project.db, directory, 'by-hand', new Date(Date.now() - 5000))
    const broken = backUpNow(project.db, directory, 'by-hand')
    decide(project.db, { candidateId: 1, verdict: 'reject', reviewer: 'Ada' })
    closeProject(project)
    fs.writeFileSync(broken, 'no database')
    breakPage(directory, pageOf(directory, 'item', 0))
    const recovery = prepareRecovery(directory)
    expect(recovery?.offer).toMatchObject({
      salvaged: { summary: { items: 1, candidates: 20, decisions: 21 }, damagedTables: ['item'] },
      backup: { name: listBackups(directory)[0]?.name, summary: { decisions: 20 } },
    })
    recovery?.use('backup')
    recovery?.close()
    const opened = openProject(directory)
    expect(readSummary(opened.db)).toMatchObject({ candidates: 20, decisions: 20 })
    closeProject(opened)
  })

  test('of a project that is open elsewhere is refused, and nothing is renamed', async () => {
    const directory = decidedProject(3)
    const project = openProject(directory)
    backUpNow(project.db, directory, 'by-hand')
    const names = fs.readdirSync(directory)
    for (const args of [
      ['recover', directory, '--use', 'backup'],
      ['restore', directory, '--yes'],
    ])
      expect(await run(path.dirname(directory), args)).toMatchObject({
        code: 1,
        errors: [expect.stringContaining('is open in another window or process')],
      })
    expect(fs.readdirSync(directory)).toEqual(names)
    closeProject(project)
  })
})

describe('backups', () => {
  test('with a time in the future neither stand in for newer ones nor push them out', () => {
    const directory = decidedProject(3)
    const project = openProject(directory)
    for (let day = 1; day <= 12; day++) backUpNow(project.db, directory, 'daily', new Date(Date.UTC(2099, 0, day)))
    expect(backUpProject(project.db, directory)).not.toBeNull()
    expect(backUpProject(project.db, directory)).toBeNull()
    decide(project.db, { candidateId: 1, verdict: 'reject', reviewer: 'Ada' })
    const copy = backUpBefore(project.db, directory, 'import', new Date(Date.now() + 60_000))
    expect(copy).not.toBeNull()
    const names = listBackups(directory).map(({ file }) => file)
    expect(names.at(-1)).toBe(copy)
    expect(names).toHaveLength(10)
    closeProject(project)
  })

  test('one whose name holds no possible time counts as the oldest', () => {
    const directory = decidedProject(1)
    const project = openProject(directory)
    const made = backUpNow(project.db, directory, 'by-hand')
    const odd = path.join(path.dirname(made), 'project-20991301-256199-daily.sqlite')
    fs.copyFileSync(made, odd)
    expect(listBackups(directory).map(({ file }) => file)).toEqual([odd, made])
    expect(backUpProject(project.db, directory)).toBeNull()
    closeProject(project)
  })

  test('a snapshot is deleted only after a backup that holds it', async () => {
    const directory = decidedProject(3)
    const outside = path.dirname(directory)
    const create = (name: string) => run(outside, ['snapshot', 'create', directory, '--name', name])
    const remove = (name: string) => run(outside, ['snapshot', 'delete', directory, '--name', name])
    await create('one')
    expect((await remove('one')).code).toBe(0)
    await create('two')
    expect((await remove('two')).code).toBe(0)
    const held = listBackups(directory).map(({ file }) => {
      const db = new BetterSqlite3(file, { readonly: true })
      const names = db.prepare(`SELECT name FROM snapshot`).pluck().all()
      db.close()
      return names.join()
    })
    expect(held).toContain('two')
    await create('three')
    fs.rmSync(path.join(directory, 'backups'), { recursive: true })
    fs.symlinkSync(outside, path.join(directory, 'backups'))
    expect(await remove('three')).toMatchObject({ code: 3, errors: [expect.stringContaining('backups is a symbolic link')] })
    expect((await run(outside, ['snapshot', 'list', directory])).out.join('\n')).toContain('three')
  })

  test('of today three are kept, of each day before one, and ten in all', () => {
    const at = (day: number, hour: number) => ({
      name: `${day}-${hour}`,
      file: '',
      bytes: 1,
      day: `202603${String(day).padStart(2, '0')}`,
      madeAt: Date.UTC(2026, 2, day, hour),
    })
    const all = Array.from({ length: 15 }, (_, day) => [1, 5, 9, 13].map((hour) => at(day + 1, hour))).flat()
    const gone = new Set(outdated(all, new Date(Date.UTC(2026, 2, 15, 14))).map(({ name }) => name))
    expect(all.filter(({ name }) => !gone.has(name)).map(({ name }) => name)).toEqual([
      '8-13',
      '9-13',
      '10-13',
      '11-13',
      '12-13',
      '13-13',
      '14-13',
      '15-5',
      '15-9',
      '15-13',
    ])
  })

  test('are made before an import and a step, where something has changed since', () => {
    const directory = decidedProject(3)
    const project = openProject(directory)
    const soon = (minutes: number) => new Date(Date.now() + minutes * 60_000)
    expect(backUpBefore(project.db, directory, 'step')).toMatch(/before-step\.sqlite$/)
    decide(project.db, { candidateId: 1, verdict: 'reject', reviewer: 'Ada' })
    expect(backUpBefore(project.db, directory, 'import', soon(1))).toMatch(/before-import/)
    expect(backUpBefore(project.db, directory, 'import', soon(2))).toBeNull() // nothing has changed
    closeProject(project)
    const empty = temporaryProject()
    expect(backUpBefore(empty.db, empty.directory, 'import')).toBeNull()
  })

  test('of a newer version are named as such, and not taken for damaged ones', async () => {
    const directory = decidedProject(3)
    const project = openProject(directory)
    const file = backUpNow(project.db, directory, 'by-hand')
    closeProject(project)
    const backup = new BetterSqlite3(file)
    backup.pragma('user_version = 137')
    backup.close()
    const { code, out, errors } = await run(path.dirname(directory), ['restore', directory, '--from', path.basename(file), '--yes'])
    expect(code).toBe(3)
    for (const text of [out.join('\n'), errors.join('\n')]) {
      expect(text).toMatch(/cannot be used: .*newer version of Exemplar \(schema 137; this version supports 100\)/)
      expect(text).not.toContain('damaged')
    }
  })

  test('are never written over a file, and a symbolic link in place of their folder is refused', async () => {
    const directory = decidedProject(3)
    const outside = path.dirname(directory)
    fs.writeFileSync(path.join(outside, 'mine.sqlite'), 'mine')
    expect(await run(outside, ['backup', directory, '--to', 'mine.sqlite'])).toMatchObject({
      code: 2,
      errors: [expect.stringContaining('already exists')],
    })
    expect(fs.readFileSync(path.join(outside, 'mine.sqlite'), 'utf8')).toBe('mine')
    expect((await run(outside, ['backup', directory, '--to', 'other.sqlite'])).code).toBe(0)
    fs.mkdirSync(path.join(outside, 'elsewhere'))
    fs.symlinkSync(path.join(outside, 'elsewhere'), path.join(directory, 'backups'))
    expect(await run(outside, ['backup', directory])).toMatchObject({ code: 3, errors: [expect.stringContaining('is a symbolic link')] })
    expect(fs.readdirSync(path.join(outside, 'elsewhere'))).toEqual([])
  })

  test('are shown with what would be lost, and put in the place of the file where that is agreed to', async () => {
    const directory = decidedProject(3)
    const outside = path.dirname(directory)
    const made = await run(outside, ['backup', directory])
    const name = path.basename(made.out[0] ?? '')
    const project = openProject(directory)
    for (const candidateId of [1, 2]) decide(project.db, { candidateId, verdict: 'reject', reviewer: 'Ada' })
    closeProject(project)
    const before = stateOf(directory)
    const shown = await run(outside, ['restore', directory])
    expect(shown).toMatchObject({ code: 1, errors: [expect.stringContaining('--yes')] })
    expect(shown.out.join('\n')).toMatch(
      new RegExp(`${name} +1 +3 +3 +1 +20.* UTC\\nchosen: ${name}\\nwould be lost: 2 decisions, 0 items`),
    )
    expect(stateOf(directory)).toEqual(before)
    expect(await run(outside, ['restore', directory, '--from', 'nothing', '--yes'])).toMatchObject({ code: 2 })
    expect(await run(outside, ['restore', directory, '--from', name, '--yes'])).toMatchObject({ code: 0 })
    const restored = openProject(directory)
    expect(readSummary(restored.db).decisions).toBe(3)
    closeProject(restored)
    expect(fs.readdirSync(directory).some((each) => each.startsWith('project.sqlite.replaced-'))).toBe(true)
  })
})
