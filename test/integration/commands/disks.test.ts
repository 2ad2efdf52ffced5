import { execFileSync, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { freshBundle } from '../../../scripts/freshBundle.mjs'
import { temporaryDirectory } from '../../support/temporaryProject'
import { run, samples } from '../../support/terminal'

const cli = freshBundle({ name: 'cli', entry: 'src/main/cli.ts', sources: ['src/main', 'src/shared'] })
const mayMount = process.platform === 'linux' && spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0

/** Runs lines of a shell script with mounts that nobody else sees; `exemplar` is the command line. @returns its lines */
const inOwnMounts = (directory: string, script: string): string[] =>
  execFileSync('unshare', ['-m', 'sh', '-c', `exemplar() { "${process.execPath}" "${cli}" "$@" 2>&1; echo "exit $?"; }\n${script}`], {
    cwd: directory,
    env: { ...process.env, INIT_CWD: directory },
    encoding: 'utf8',
  })
    .trim()
    .split('\n')

const media = path.join(samples, 'media')

async function approvedProject(): Promise<string> {
  const directory = temporaryDirectory()
  await run(directory, ['new', 'p', '--recipe', 'custom'])
  const item = { id: 'cat', media: 'cat.jpg', context: { captions: ['A cat sits on a wall.'] } }
  fs.writeFileSync(path.join(directory, 'items.jsonl'), JSON.stringify(item))
  await run(directory, ['import', 'p', '--format', 'jsonl', '--file', 'items.jsonl', '--media', media])
  await run(directory, ['generate', 'p'])
  fs.writeFileSync(path.join(directory, 'd.jsonl'), JSON.stringify({ candidate: 1, verdict: 'accept', reviewer: 'Ada' }))
  await run(directory, ['decide', 'p', '--file', 'd.jsonl'])
  fs.mkdirSync(path.join(directory, 'disk'))
  return directory
}

describe.skipIf(!mayMount)('a disk', () => {
  const full = `mount -t tmpfs -o size=1m tmpfs disk; cp -r p.exemplar disk/; cat /dev/zero > disk/fill 2>/dev/null`
  const tellsFullDisk = expect.stringMatching(/^error: .*p\.exemplar.*the disk is full\. → Free some space/)

  test('that is full when a project is opened is not taken for a damaged project', async () => {
    const told = inOwnMounts(await approvedProject(), `${full}\nexemplar stats disk/p\nrm disk/fill\nexemplar doctor disk/p`)
    expect(told).toEqual([tellsFullDisk, 'exit 3', expect.stringContaining('healthy'), 'exit 0'])
  })

  test('that is full takes no new project and no export, and leaves nothing behind', async () => {
    const told = inOwnMounts(
      await approvedProject(),
      `${full}\nexemplar new disk/q --recipe la\nexemplar export p --format mimic-it --out disk/out\nls -A disk disk/out`,
    )
    expect(told).toEqual([
      expect.stringMatching(/^error: .*q\.exemplar.*the disk is full\. → /),
      'exit 1',
      expect.stringMatching(/^error: .*the disk is full\. → /),
      'exit 1',
      ...['disk:', 'fill', 'out', 'p.exemplar', '', 'disk/out:'],
    ])
  })

  test('that is read-only says so, whatever is to be written', async () => {
    const told = inOwnMounts(
      await approvedProject(),
      `cp -r p.exemplar disk/; mount --bind disk disk; mount -o remount,ro,bind disk
       exemplar decide disk/p --file d.jsonl
       exemplar new disk/deep/q --recipe la
       exemplar export p --format jsonl --out disk/deep/out`,
    )
    const refused = expect.stringMatching(/^error: .*disk\/.*: writing is not allowed here\. → Choose another folder/)
    expect(told).toEqual([refused, 'exit 3', refused, 'exit 1', refused, 'exit 1'])
  })

  test('that is full where standard output goes is told on standard error', async () => {
    const directory = await approvedProject()
    const told = inOwnMounts(directory, `{ "${process.execPath}" "${cli}" stats p; echo "exit $?" >&2; } 2>&1 >/dev/full`)
    expect(told).toEqual([expect.stringMatching(/^error: standard output cannot be written \(ENOSPC\)\. → /), 'exit 1'])
  })
})
