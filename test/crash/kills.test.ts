import { spawn } from 'node:child_process'
import readline from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { freshBundle } from '../../tools/freshBundle.mjs'
import { closeProject, openProject, type Project } from '../../src/main/project/project'
import { listCandidates, requireCandidate } from '../../src/main/store/candidates/candidates'
import { redo, undo } from '../../src/main/store/decisions/decisions'
import { listDecisions } from '../../src/main/store/decisions/decisionHistory'
import { getDraft } from '../../src/main/store/candidates/drafts'
import { listRuns } from '../../src/main/store/runs/runs'
import { readStats } from '../../src/main/store/candidates/counts'
import { startModelServer } from '../support/modelServer'
import { addItem, draftPairs, pair, temporaryProject } from '../support/temporaryProject'
import { killCount, moment } from './killCount'
import { inspectDatabase } from '../support/inEnglish'

const sources = ['src/main', 'src/shared', 'test/crash']
const cli = freshBundle({ name: 'cli', entry: 'src/main/cli.ts', sources: ['src/main', 'src/shared'] })
const decider = freshBundle({ name: 'decider', entry: 'test/crash/decideWithoutEnd.ts', sources })

/** The number under which the run was taken last, and those of its calls in their order. */
const readFences = (db: Project['db'], runId: number) => ({
  fence: Number(db.prepare(`SELECT fence FROM run WHERE id = ?`).pluck().get(runId)),
  calls: db.prepare(`SELECT fence FROM call WHERE run_id = ? ORDER BY id`).pluck().all(runId).map(Number),
})

const saidSchema = z.union([
  z.object({ ready: z.literal(true) }),
  z.object({ draft: z.number(), typed: z.string() }),
  z.object({ decided: z.number(), state: z.string() }),
])
type Said = z.infer<typeof saidSchema>

/** Runs the program and kills it `afterMs` after it is ready. @returns what it had said by then */
async function killAfter(program: string, args: readonly string[], afterMs: number): Promise<Said[]> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const said: Said[] = []
  const lines = readline.createInterface({ input: child.stdout })
  const ended = new Promise((resolve) => lines.once('close', resolve))
  lines.on('line', (line) => {
    if (!line.endsWith('}')) return // cut by the kill
    const parsed = saidSchema.parse(JSON.parse(line))
    said.push(parsed)
    if ('ready' in parsed) setTimeout(() => child.kill('SIGKILL'), afterMs)
  })
  await ended
  return said
}

describe('SIGKILL at any moment', () => {
  test('of deciding and typing loses neither a decision nor a draft that was stored', async () => {
    const project = temporaryProject()
    const itemId = addItem(project.db, 'one')
    const ids = draftPairs(project.db, [{ itemId, pairs: Array.from({ length: 20 }, (_, n) => pair(`thing ${n}`)) }])
    closeProject(project)
    const decisionsOf = new Map(ids.map((id) => [id, 0]))
    for (let kill = 0; kill < killCount(60); kill++) {
      const said = await killAfter(decider, [project.directory, String(ids[0]), String(ids.at(-1))], moment(kill, 40))
      const opened = openProject(project.directory)
      for (const [index, entry] of said.entries()) {
        if (!('decided' in entry)) continue
        decisionsOf.set(entry.decided, (decisionsOf.get(entry.decided) ?? 0) + 1)
        const later = said.slice(index + 1).some((other) => 'decided' in other && other.decided === entry.decided)
        const inFlight = listDecisions(opened.db, entry.decided).length > (decisionsOf.get(entry.decided) ?? 0)
        if (!later && !inFlight) expect(requireCandidate(opened.db, entry.decided).state).toBe(entry.state)
      }
      const last = said.at(-1)
      if (last && 'draft' in last) {
        const draft = getDraft(opened.db, last.draft)
        const decidedAfterwards = listDecisions(opened.db, last.draft).length > (decisionsOf.get(last.draft) ?? 0)
        expect(decidedAfterwards || draft?.instruction === last.typed).toBe(true)
      }
      for (const [id, count] of decisionsOf) {
        const stored = listDecisions(opened.db, id).length
        // One more may be stored than was said: the kill came between the two.
        expect(stored - count).toBeGreaterThanOrEqual(0)
        expect(stored - count).toBeLessThanOrEqual(1)
        decisionsOf.set(id, stored)
      }
      expect(inspectDatabase(opened.db).findings).toEqual([])
      closeProject(opened)
    }
    const opened = openProject(project.directory)
    const all = [...decisionsOf.values()].reduce((sum, count) => sum + count, 0)
    let undone = 0
    while (undo(opened.db, 'Ada')) undone += 1
    expect(undone).toBe(all)
    expect(readStats(opened.db)).toMatchObject({ pending: 20 })
    expect(redo(opened.db, 'Ada')).not.toBeNull()
  })

  test('of generating loses no stored pair, and --resume asks exactly for the items without one', async () => {
    const server = await startModelServer({ behaviour: 'good', delayMs: 20 })
    const project = temporaryProject()
    const items = killCount(60)
    for (let n = 0; n < items; n++) addItem(project.db, `item-${n}`)
    closeProject(project)
    const options = [
      'generate',
      project.directory,
      '--resume',
      '--provider',
      'openai',
      '--base-url',
      server.url,
      '--model',
      'm',
      '--concurrency',
      '4',
    ]
    const program = (args: readonly string[]) =>
      spawn(process.execPath, [cli, ...args], { stdio: 'ignore', env: { ...process.env, INIT_CWD: '' } })
    let kills = 0
    let doneBefore = 0
    for (; kills < killCount(25); kills++) {
      const child = program(options)
      const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
      const asked = server.requests.length
      // Kill only once it works, so that every kill is one of a program at work and the test comes to its end.
      while (server.requests.length === asked && child.exitCode === null) await sleep(2)
      await sleep(moment(kills, 60))
      child.kill('SIGKILL')
      await ended
      const opened = openProject(project.directory)
      const run = listRuns(opened.db)[0]
      expect(run?.done).toBeGreaterThanOrEqual(doneBefore)
      doneBefore = run?.done ?? 0
      expect(readStats(opened.db)).toMatchObject({ runs: 1, candidates: run?.candidates })
      // Each process took the run under a greater number, and what it stored bears it.
      const { fence, calls } = readFences(opened.db, run?.id ?? 0)
      expect(fence).toBe(kills + 1)
      expect(Math.max(...calls)).toBe(fence)
      expect(calls).toEqual(calls.toSorted((one, other) => one - other))
      expect(inspectDatabase(opened.db).findings).toEqual([])
      closeProject(opened)
      if (run?.done === items) break
    }
    expect(kills).toBeGreaterThan(3)
    const last = program(options)
    expect(await new Promise((resolve) => last.once('exit', resolve))).toBe(0)
    const opened = openProject(project.directory)
    expect(listRuns(opened.db)[0]).toMatchObject({ state: 'finished', items, done: items })
    const answered = listCandidates(opened.db, {}, null, 5000).candidates.map(({ itemId, callId }) => `${itemId} by call ${callId}`)
    expect(new Set(answered).size).toBe(items) // one call each brought pairs, however often it was killed
    await server.close()
  })
})
