import { spawn } from 'node:child_process'
import { once } from 'node:events'
import readline from 'node:readline'
import { expect, test } from 'vitest'
import { freshBundle } from '../../tools/freshBundle.mjs'
import { seededRandom } from '../../src/main/generation/seededRandom'
import { saveAppSettings } from '../../src/main/project/userData'
import { closeProject, openProject } from '../../src/main/project/project'
import { listCandidates } from '../../src/main/store/candidates/candidates'
import { redo, undo } from '../../src/main/store/decisions/decisions'
import { readStats } from '../../src/main/store/candidates/counts'
import type { CallName } from '../../src/shared/contract'
import { type Pair, verdictSchema } from '../../src/shared/domain'
import { addItem, draftPairs, pair, temporaryDirectory, temporaryProject } from '../support/temporaryProject'
import { killCount } from './killCount'
import { carryOut, readVisible, type Request, visible, type World } from './reviewModel'
import { inspectDatabase } from '../support/inEnglish'

const program = freshBundle({ name: 'main', entry: 'test/crash/mainUntilKilled.ts', sources: ['src/main', 'src/shared', 'test/crash'] })
const KILLS = killCount(80)
const PAIRS = 12
/** as the window: a draft or a decision may be on its way while the next is made */
const UNDER_WAY = 3

/** A main process that is loaded and waits for its first call. */
async function startMain(userData: string) {
  const child = spawn(process.execPath, [program, userData], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.on('error', () => undefined) // it was killed before it had read all
  const lines = readline.createInterface({ input: child.stdout })
  const read = lines[Symbol.asyncIterator]()
  const ended = once(child, 'exit')
  const next = async () => {
    const line = await read.next()
    if (line.done || !line.value.endsWith('}')) return null // over, or cut by the kill
    return JSON.parse(line.value) as { id: number; answer: { ok: boolean; problem?: unknown } }
  }
  await next()
  return {
    send: (id: number, name: CallName, input: unknown) => void child.stdin.write(`${JSON.stringify({ id, name, input })}\n`),
    next,
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** What a reviewer does without end: types a few words, decides, goes back now and then. */
function* work(ids: readonly number[], random: () => number): Generator<Request, never> {
  const among = <T>(all: readonly T[]) => all[Math.floor(random() * all.length)] as T
  for (let round = 0; ; round++) {
    const candidateId = among(ids)
    let typed = `Round ${round}`
    for (let letters = Math.floor(random() * 4); letters > 0; letters--) {
      typed += among([' lamp', ' two', ' left', ' ü', '\n'])
      yield { name: 'draft.save', input: { candidateId, instruction: `${typed}?`, response: typed } }
    }
    const verdict = among(verdictSchema.options)
    yield {
      name: 'decision.add',
      input: {
        candidateId,
        verdict,
        seconds: 1,
        ...(verdict === 'edit' ? { pair: { instruction: `${typed}?`, response: typed.trim() } } : {}),
      },
    }
    if (random() < 0.25) yield { name: 'decision.undo', input: {} }
    if (random() < 0.15) yield { name: 'decision.redo', input: {} }
  }
}

test(`SIGKILL at any moment of typing and deciding loses nothing that was answered and leaves nothing half-written, ${KILLS} times`, async () => {
  const { db, directory, ...project } = temporaryProject()
  const itemId = addItem(db, 'one')
  const ids = draftPairs(db, [{ itemId, pairs: Array.from({ length: PAIRS }, (_, n) => pair(`thing ${n}`)) }])
  const drafted = Object.fromEntries(
    listCandidates(db, {}, null, PAIRS).candidates.map(({ id, instruction, response }): [number, Pair] => [id, { instruction, response }]),
  )
  closeProject({ db, directory, ...project })
  let world: World = {
    pairs: Object.fromEntries(ids.map((id) => [id, { state: 'pending', text: drafted[id] as Pair }])),
    drafts: {},
    undo: [],
    redo: [],
    decisions: 0,
  }
  const random = seededRandom('kills')
  const userData = temporaryDirectory()
  saveAppSettings(userData, { reviewer: 'Ada' })
  const requests = work(ids, random)
  let answered = 0
  let keptUnanswered = 0
  let starting = startMain(userData)
  for (let kill = 1; kill <= KILLS; kill++) {
    const main = await starting
    main.send(-1, 'app.chooseFolder', { title: directory })
    expect(await main.next()).toMatchObject({ answer: { ok: true } })
    main.send(0, 'project.open', { path: directory })
    expect(await main.next()).toMatchObject({ answer: { ok: true } })

    const sent: Request[] = []
    const send = () => {
      const { value } = requests.next()
      sent.push(value)
      main.send(sent.length, value.name, value.input)
    }
    for (let first = 0; first < UNDER_WAY; first++) send()
    // Some after a few answers, some at once, some between two writes.
    const most = Math.floor(random() * 25)
    const delay = random() * 3
    let done = 0
    const killing = Promise.withResolvers<undefined>()
    const killSoon = () => setTimeout(() => void main.kill().then(() => killing.resolve(undefined)), delay)
    if (most === 0) killSoon()
    for (let answer = await main.next(); answer; answer = await main.next()) {
      expect(answer).toMatchObject({ id: done + 1, answer: { ok: true } })
      done++
      send()
      if (done === most) killSoon()
    }
    await killing.promise
    starting = startMain(userData) // loads while the file is looked at
    answered += done

    const opened = openProject(directory)
    expect(opened.db.pragma('integrity_check', { simple: true })).toBe('ok')
    const found = JSON.stringify(readVisible(opened.db, 'Ada'))
    // What was answered is there, and of what was not, a beginning without a gap.
    let possible = sent.slice(0, done).reduce((so, request) => carryOut(so, request, drafted), world)
    const rest = sent.slice(done)
    while (JSON.stringify(visible(possible)) !== found && rest.length > 0) {
      const request = rest.shift()
      if (request) possible = carryOut(possible, request, drafted)
      keptUnanswered++
    }
    expect(readVisible(opened.db, 'Ada')).toEqual(visible(possible))
    world = possible
    if (kill % 20 === 0) expect(inspectDatabase(opened.db).findings).toEqual([])
    closeProject(opened)
  }
  await (await starting).kill()
  // It was killed at work: much was answered, and some of what was not had reached the disk.
  expect(answered).toBeGreaterThan(KILLS)
  expect(keptUnanswered).toBeGreaterThan(0)

  const opened = openProject(directory)
  let undone = 0
  while (undo(opened.db, 'Ada')) undone++
  expect(undone).toBe(world.undo.length)
  expect(readStats(opened.db)).toMatchObject({ pending: PAIRS })
  expect(redo(opened.db, 'Ada')).not.toBeNull()
  closeProject(opened)
}, 900_000)
