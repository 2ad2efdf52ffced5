import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { freshBundle } from '../../tools/freshBundle.mjs'
import { listBackups, readBackup } from '../../src/main/project/backups'
import { closeProject, openProject } from '../../src/main/project/project'
import { decide } from '../../src/main/store/decisions/decisions'
import { readStats } from '../../src/main/store/candidates/counts'
import { addItem, draftPairs, pair, temporaryDirectory, temporaryProject } from '../support/temporaryProject'
import { samples } from '../support/terminal'
import { killCount, moment } from './killCount'
import { inspectDatabase } from '../support/inEnglish'

const cli = freshBundle({ name: 'cli', entry: 'src/main/cli.ts', sources: ['src/main', 'src/shared'] })

const start = (args: readonly string[]) =>
  spawn(process.execPath, [cli, ...args], { stdio: 'ignore', env: { ...process.env, INIT_CWD: '' } })

/** Kills a command some time after it has opened the project, which its mark beside the file or `began` tells. */
async function killAtWork(args: readonly string[], began: () => boolean, afterMs: number): Promise<void> {
  const child = start(args)
  const ended = once(child, 'exit')
  while (child.exitCode === null && !began()) await sleep(1)
  await sleep(afterMs)
  child.kill('SIGKILL')
  await ended
}

const isOpen = (directory: string, known: ReadonlySet<string>) =>
  fs.readdirSync(directory).some((name) => name.startsWith('project.sqlite-open-') && !known.has(name))

/** Six pairs, all accepted. */
function decidedProject(): string {
  const project = temporaryProject()
  const pairs = Array.from({ length: 6 }, (_, n) => pair(`thing ${n}`))
  for (const candidateId of draftPairs(project.db, [{ itemId: addItem(project.db, 'one'), pairs }]))
    decide(project.db, { candidateId, verdict: 'accept', reviewer: 'Ada' })
  closeProject(project)
  return project.directory
}

function examine(directory: string) {
  const project = openProject(directory)
  const found = { stats: readStats(project.db), findings: inspectDatabase(project.db).findings }
  closeProject(project)
  return found
}

describe('SIGKILL at any moment', () => {
  test('of importing loses no item that was stored, and the import can be made again', async () => {
    const { directory } = temporaryProject()
    const file = path.join(temporaryDirectory(), 'items.jsonl')
    const lines = Array.from({ length: 4000 }, (_, n) =>
      JSON.stringify({ id: `item ${n}`, media: 'cat.jpg', context: { captions: [`Thing ${n}.`] } }),
    )
    fs.writeFileSync(file, lines.join('\n'))
    const args = ['import', directory, '--format', 'jsonl', '--file', file, '--media', path.join(samples, 'media')]
    let items = 0
    for (let kill = 0; kill < killCount(15); kill++) {
      const known = new Set(fs.readdirSync(directory))
      await killAtWork(args, () => isOpen(directory, known), moment(kill, 250))
      const { stats, findings } = examine(directory)
      expect(stats.items).toBeGreaterThanOrEqual(items)
      expect(findings).toEqual([])
      items = stats.items
    }
    expect(await once(start(args), 'exit')).toEqual([0, null])
    expect(examine(directory).stats.items).toBe(4000)
  })

  test('of exporting changes nothing in the project, and leaves the earlier export whole', async () => {
    const directory = decidedProject()
    const out = path.join(temporaryDirectory(), 'out')
    const args = ['export', directory, '--format', 'jsonl', '--out', out]
    expect(await once(start(args), 'exit')).toEqual([0, null])
    const before = fs.readFileSync(path.join(directory, 'project.sqlite'))
    const exported = fs.readFileSync(path.join(out, 'test.jsonl'), 'utf8')
    for (let kill = 0; kill < killCount(10); kill++) {
      const known = new Set(fs.readdirSync(out))
      await killAtWork(args, () => fs.readdirSync(out).some((name) => !known.has(name)), moment(kill, 60))
      expect(fs.readFileSync(path.join(directory, 'project.sqlite')).equals(before)).toBe(true)
      expect(fs.readFileSync(path.join(out, 'test.jsonl'), 'utf8').split('\n').length).toBe(exported.split('\n').length)
    }
    expect(fs.readdirSync(directory).filter((name) => name.startsWith('project.sqlite'))).toEqual(['project.sqlite'])
  })

  test('of backing up leaves only backups that are whole', async () => {
    const directory = decidedProject()
    expect(await once(start(['backup', directory]), 'exit')).toEqual([0, null])
    const folder = path.join(directory, 'backups')
    for (let kill = 0; kill < killCount(10); kill++) {
      const known = new Set(fs.readdirSync(folder))
      await killAtWork(['backup', directory], () => fs.readdirSync(folder).some((name) => !known.has(name)), moment(kill, 30))
      const backups = listBackups(directory).map(readBackup)
      expect(backups.length).toBeGreaterThan(0)
      for (const { summary } of backups) expect(summary).toMatchObject({ candidates: 6, decisions: 6 })
    }
    expect(examine(directory).findings).toEqual([])
  })
})
