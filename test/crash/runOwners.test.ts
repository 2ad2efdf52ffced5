import { spawn } from 'node:child_process'
import readline from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import BetterSqlite3 from 'better-sqlite3'
import fs from 'node:fs'
import { test as alone, type TestContext } from 'vitest'
import { freshBundle } from '../../tools/freshBundle.mjs'
import { closeProject, openProject, projectFile, type Project } from '../../src/main/project/project'
import { listCandidates } from '../../src/main/store/candidates/candidates'
import { currentPromptVersion, savePromptVersion } from '../../src/main/store/project/prompts'
import { listRuns, requireRun } from '../../src/main/store/runs/runs'
import { startModelServer, type ModelServer, type ModelServerOptions } from '../support/modelServer'
import { addItem, temporaryProject } from '../support/temporaryProject'
import { inspectDatabase } from '../support/inEnglish'
import { listCalls } from '../support/inEnglish'

// Processes of their own, as a person would start them at two terminals.
const cli = freshBundle({ name: 'cli', entry: 'src/main/cli.ts', sources: ['src/main', 'src/shared'] })

// They mostly wait, so they wait together.
const test = alone.concurrent

interface Generating {
  readonly kill: (signal: NodeJS.Signals) => void
  readonly ended: Promise<number | null>
  /** lines of standard error so far */
  readonly errors: string[]
}

interface Scene {
  readonly server: ModelServer
  /** of a project with items `item-0`, `item-1` … */
  readonly directory: string
  readonly generate: (...more: string[]) => Generating
}

async function prepare({ onTestFinished }: TestContext, items: number, options: ModelServerOptions): Promise<Scene> {
  const server = await startModelServer(options)
  onTestFinished(() => server.close())
  const project = temporaryProject()
  for (let at = 0; at < items; at++) addItem(project.db, `item-${at}`)
  closeProject(project)
  const { directory } = project
  const generate = (...more: string[]) => {
    const generating = start([cli, 'generate', directory, '--provider', 'openai', '--base-url', server.url, '--model', 'm', ...more])
    onTestFinished(() => generating.kill('SIGKILL'))
    return generating
  }
  return { server, directory, generate }
}

function start(args: readonly string[]): Generating {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, INIT_CWD: '' } })
  const errors: string[] = []
  const lines = readline.createInterface({ input: child.stderr }).on('line', (line) => errors.push(line))
  const read = new Promise((resolve) => lines.once('close', resolve))
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return {
    kill: (signal: NodeJS.Signals) => void child.kill(signal),
    ended: exited.then(async (code) => {
      await read
      return code
    }),
    errors,
  }
}

/** Changes the file as another program would. */
function withFile<T>(directory: string, work: (db: BetterSqlite3.Database) => T): T {
  const db = new BetterSqlite3(projectFile(directory))
  try {
    return work(db)
  } finally {
    db.close()
  }
}

async function withProject<T>(directory: string, work: (project: Project) => T): Promise<T> {
  const project = openProject(directory)
  try {
    return work(project)
  } finally {
    closeProject(project)
  }
}

const askedFor = ({ requests }: ModelServer) => requests.map(({ prompt }) => /What (item-\d+) shows/.exec(prompt)?.[1] ?? '')
const answersOf = ({ db }: Project, runId: number) =>
  listCalls(db, { runId, states: ['succeeded'], after: 0, limit: 1000 }).map(({ itemSourceId }) => itemSourceId)

/** Every item has one answer, and the doctor finds nothing. */
async function expectWhole({ expect }: TestContext, directory: string, items: number): Promise<void> {
  await withProject(directory, (project) => {
    const answers = listRuns(project.db).flatMap(({ id }) => answersOf(project, id))
    expect(answers).toHaveLength(items)
    expect(new Set(answers).size).toBe(items)
    expect(new Set(listCandidates(project.db, {}, null, 1000).candidates.map(({ callId }) => callId)).size).toBe(items)
    expect(inspectDatabase(project.db).findings).toEqual([])
  })
}

test('a process that was stopped while another one took its run asks and stores nothing more', async (context) => {
  const { expect } = context
  const [items, concurrency] = [50, 4]
  const { server, directory, generate } = await prepare(context, items, { delayMs: 100 })
  const first = generate('--concurrency', String(concurrency))
  await expect.poll(() => server.requests.length, { timeout: 20_000 }).toBeGreaterThan(12)
  first.kill('SIGSTOP')
  await sleep(17_000)
  const before = server.requests.length
  const second = generate('--resume')
  await expect.poll(() => server.requests.length, { timeout: 20_000 }).toBeGreaterThan(before + 4)
  first.kill('SIGCONT')
  expect(await first.ended).toBe(1)
  expect(first.errors.join('\n')).toContain('error: Run 1 was taken over by another window or process. →')
  expect(await second.ended).toBe(0)
  await expectWhole(context, directory, items)
  // Only what was in flight when the first stood still was asked for twice.
  expect(server.requests.length).toBeLessThanOrEqual(items + concurrency)
})

test('of two started at the same moment, one takes all items and the other is told which run has them', async (context) => {
  const { expect } = context
  for (const items of [30, 31, 32]) {
    // The one that is left with nothing ends while the other one still waits for its first answers.
    const opened = Promise.withResolvers<undefined>()
    const { server, directory, generate } = await prepare(context, items, { before: () => opened.promise })
    const both = [generate('--concurrency', '2'), generate('--concurrency', '2')]
    void Promise.race(both.map(({ ended }) => ended)).then(() => opened.resolve(undefined))
    const codes = await Promise.all(both.map(({ ended }) => ended))
    expect(codes.toSorted()).toEqual([0, 1])
    expect(both[codes.indexOf(1)]?.errors).toEqual([
      'error: Run 1 is already drafting pairs for all of these items. → Wait until the drafts are finished, or cancel that run first.',
    ])
    expect(askedFor(server).toSorted()).toEqual([...new Set(askedFor(server))].toSorted())
    await expectWhole(context, directory, items)
  }
})

test('a second one is told what it leaves out, and that a named item is taken', async (context) => {
  const { expect } = context
  const opened = Promise.withResolvers<undefined>()
  const { server, directory, generate } = await prepare(context, 12, { before: () => opened.promise })
  const first = generate('--items', 'item-0,item-1,item-2,item-3,item-4')
  await expect.poll(() => server.requests.length, { timeout: 20_000 }).toBe(4)
  const named = generate('--items', 'item-4')
  expect(await named.ended).toBe(1)
  expect(named.errors).toEqual([
    'error: Item item-4 is queued in run 1, which is still running. → Wait for that run or cancel it, or exclude the item.',
  ])
  const rest = generate()
  await expect
    .poll(() => rest.errors, { timeout: 20_000 })
    .toContain('note: run 1, which is under way, has 5 items of these → They are left out of run 2.')
  opened.resolve(undefined)
  expect(await Promise.all([first.ended, rest.ended])).toEqual([0, 0])
  await expectWhole(context, directory, 12)
})

test('a run whose process is gone is resumed at once, also where its last sign of life lies in the future', async (context) => {
  const { expect } = context
  const { server, directory, generate } = await prepare(context, 20, { delayMs: 30 })
  const first = generate('--concurrency', '2')
  await expect.poll(() => server.requests.length, { timeout: 20_000 }).toBeGreaterThan(5)
  first.kill('SIGKILL')
  await first.ended
  for (const ahead of [5_000, 86_400_000]) {
    withFile(directory, (db) => db.prepare(`UPDATE run SET state = 'running', touched_at = ?`).run(Date.now() + ahead))
    await withProject(directory, ({ db }) => expect(requireRun(db, 1).state).toBe('interrupted'))
  }
  // As a process of the same number, after the machine was started again or the number was given to another program, would leave it.
  for (const owner of [{ boot: 'another' }, { started: '1' }]) {
    const change = (db: BetterSqlite3.Database) =>
      db
        .prepare(`UPDATE run SET touched_at = ?, owner = json_patch(owner, json(?))`)
        .run(Date.now(), JSON.stringify({ pid: process.pid, ...owner }))
    withFile(directory, change)
    await withProject(directory, ({ db }) => expect(requireRun(db, 1).state).toBe('interrupted'))
  }
  withFile(directory, (db) => db.prepare(`UPDATE run SET touched_at = ?`).run(Date.now() + 86_400_000))
  expect(await generate('--resume').ended).toBe(0)
  await expectWhole(context, directory, 20)
})

/** Holds the write lock as another program would, until it is given back. */
function holdWriteLock(directory: string): () => void {
  const db = new BetterSqlite3(projectFile(directory))
  db.exec('BEGIN IMMEDIATE')
  return () => {
    db.exec('ROLLBACK')
    db.close()
  }
}
const keptIn = (directory: string) => fs.readdirSync(directory).filter((name) => name.startsWith('unstored-replies'))

test('while another program writes for longer than is waited for, replies are kept, and stored afterwards', async (context) => {
  const { expect } = context
  const { server, directory, generate } = await prepare(context, 30, { delayMs: 300 })
  const generating = generate('--concurrency', '4')
  await expect.poll(() => server.requests.length, { timeout: 20_000 }).toBeGreaterThan(9)
  const giveBack = holdWriteLock(directory)
  await expect.poll(() => keptIn(directory), { timeout: 20_000 }).toHaveLength(1)
  await sleep(8_000)
  const asked = server.requests.length
  await sleep(500)
  expect(server.requests.length).toBe(asked) // nothing is sent that could not be stored
  giveBack()
  expect(await generating.ended).toBe(0)
  expect(generating.errors).toContain(
    'note: Another program is writing to this project. → Replies are kept, and stored once it has finished.',
  )
  expect(keptIn(directory)).toEqual([])
  expect(server.requests).toHaveLength(30)
  await expectWhole(context, directory, 30)
})

test.for(['SIGTERM', 'SIGINT', 'SIGKILL'] as const)(
  'replies that wait for another program outlast %s, and are not asked for again',
  async (signal, context) => {
    const { expect } = context
    const { server, directory, generate } = await prepare(context, 20, { delayMs: 300 })
    const generating = generate('--concurrency', '4')
    await expect.poll(() => server.requests.length, { timeout: 20_000 }).toBeGreaterThan(5)
    const giveBack = holdWriteLock(directory)
    await expect.poll(() => keptIn(directory), { timeout: 20_000 }).toHaveLength(1)
    await sleep(500)
    const asked = server.requests.length
    generating.kill(signal)
    const code = await generating.ended
    if (signal !== 'SIGKILL') {
      expect(code).toBe(1)
      expect(generating.errors.at(-1)).toMatch(
        /^error: Another program is writing to this project. The latest replies are saved in .*unstored-replies-run-1.jsonl/,
      )
    }
    giveBack()
    expect(await generate('--resume').ended).toBe(0)
    expect(server.requests.length).toBe(20)
    expect(asked).toBeGreaterThan(5)
    await expectWhole(context, directory, 20)
  },
)

test('two comparisons of the same versions that are started together pay for each request once', async (context) => {
  const { expect } = context
  const { server, directory } = await prepare(context, 8, { delayMs: 150 })
  await withProject(directory, ({ db }) => {
    const { outputForm, systemMessage, contextTemplate } = currentPromptVersion(db)
    savePromptVersion(db, { outputForm, systemMessage: `${systemMessage} Be brief.`, contextTemplate })
  })
  const compare = () => {
    const comparing = start([cli, 'compare', directory, '--provider', 'openai', '--base-url', server.url, '--model', 'm'])
    context.onTestFinished(() => comparing.kill('SIGKILL'))
    return comparing.ended
  }
  expect(await Promise.all([compare(), compare()])).toEqual([0, 0])
  expect(server.requests).toHaveLength(16)
})
