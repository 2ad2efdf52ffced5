import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { freshBundle } from '../../tools/freshBundle.mjs'
import { closeProject, openProject } from '../../src/main/project/project'
import { requireCandidate } from '../../src/main/store/candidates/candidates'
import { listDecisions } from '../../src/main/store/decisions/decisionHistory'
import { readStats } from '../../src/main/store/candidates/counts'
import { addItem, draftPairs, pair, temporaryProject } from '../support/temporaryProject'
import { inspectDatabase } from '../support/inEnglish'

const cli = freshBundle({ name: 'cli', entry: 'src/main/cli.ts', sources: ['src/main', 'src/shared'] })
const line = (candidate: number) => `${JSON.stringify({ candidate, verdict: 'accept', reviewer: 'Ada' })}\n`

test('SIGKILL of decide loses no line that was handed over before, and leaves no line half done', async () => {
  const project = temporaryProject()
  const itemId = addItem(project.db, 'one')
  const ids = draftPairs(project.db, [{ itemId, pairs: Array.from({ length: 3_000 }, (_, n) => pair(`thing ${n}`)) }])
  const [first = 0, second = 0, ...others] = ids
  const child = spawn(process.execPath, [cli, 'decide', project.directory, '--file', '-'], { stdio: ['pipe', 'ignore', 'inherit'] })
  const ended = new Promise((resolve) => child.once('close', resolve))
  const isAccepted = async (id: number) => {
    while (requireCandidate(project.db, id).state !== 'accepted') await sleep(5)
  }
  // One at a time: each is stored without waiting for more.
  child.stdin.write(line(first))
  await isAccepted(first)
  child.stdin.write(line(second))
  await isAccepted(second)
  // Then many: killed as soon as some of them are there.
  child.stdin.on('error', () => undefined)
  child.stdin.write(others.map(line).join(''))
  await isAccepted(others[0] ?? 0)
  child.kill('SIGKILL')
  await ended
  closeProject(project)

  const opened = openProject(project.directory)
  const { accepted, pending } = readStats(opened.db)
  expect(accepted + pending).toBe(ids.length)
  for (const [at, id] of ids.entries()) {
    expect(requireCandidate(opened.db, id).state).toBe(at < accepted ? 'accepted' : 'pending')
    expect(listDecisions(opened.db, id)).toHaveLength(at < accepted ? 1 : 0)
  }
  expect(inspectDatabase(opened.db).findings).toEqual([])
  closeProject(opened)
})
