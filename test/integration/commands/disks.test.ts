import { execFileSync, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { freshBundle } from '../../../tools/freshBundle.mjs'
import { closeProject, openProject } from '../../../src/main/project/project'
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
  const full = `mount -t tmpfs -o size=2m tmpfs disk; cp -r p.exemplar disk/; cat /dev/zero > disk/fill 2>/dev/null`
  const tellsFullDisk = expect.stringMatching(/^error: .*p\.exemplar.*the disk is full\. → Free up some space/)

  test('that is full when a project is opened is not taken for a damaged project', async () => {
    const told = inOwnMounts(
      await approvedProject(),
      `${full}\nexemplar decide disk/p --file d.jsonl\nTMPDIR=$PWD/disk exemplar stats disk/p\nrm disk/fill\nexemplar doctor disk/p`,
    )
    expect(told).toEqual([tellsFullDisk, 'exit 3', tellsFullDisk, 'exit 3', expect.stringContaining('healthy'), 'exit 0'])
  })

  const readOnly = `cp -r p.exemplar disk/; mount --bind disk disk; mount -o remount,ro,bind disk`
  test.each([
    ['full', full, /^note: .*p\.exemplar is open as read-only because its disk is full\. Free up some space/],
    ['read-only', readOnly, /^note: .*p\.exemplar is open as read-only because you have no permission to write there\. Copy it/],
  ])('that is %s has its projects read, examined and exported to another disk', async (_, mount, words) => {
    const directory = await approvedProject()
    const told = inOwnMounts(
      directory,
      `${mount}
       mkdir tmp; export TMPDIR=$PWD/tmp
       exemplar stats disk/p --json
       exemplar list disk/p --candidates
       exemplar prompt show disk/p
       exemplar doctor disk/p
       exemplar export disk/p --format mimic-it --out out`,
    )
    expect(told).toEqual(
      expect.arrayContaining([
        expect.stringMatching(words),
        expect.stringContaining('"accepted":1'),
        expect.stringMatching(/^1\tcat\taccepted/),
        expect.stringMatching(/^prompt version 1, /),
        expect.stringMatching(/^healthy/),
        expect.stringMatching(/^1 pair, 1 image.* 0 errors, 1 warning$/),
      ]),
    )
    expect(told.filter((line) => line.startsWith('exit'))).toEqual(Array.from({ length: 5 }, () => 'exit 0'))
    expect(fs.readdirSync(path.join(directory, 'tmp'))).toEqual([]) // the copies are gone
  })

  test('that is read-only has even a project read that was not closed, with all that was stored', async () => {
    const directory = await approvedProject()
    fs.writeFileSync(path.join(directory, 'd2.jsonl'), JSON.stringify({ candidate: 2, verdict: 'reject', reviewer: 'Ada' }))
    const project = openProject(path.join(directory, 'p'))
    await run(directory, ['decide', 'p', '--file', 'd2.jsonl'])
    expect(fs.statSync(path.join(directory, 'p.exemplar', 'project.sqlite-wal')).size).toBeGreaterThan(0)
    const told = inOwnMounts(directory, `${readOnly}\nexemplar stats disk/p --json`)
    closeProject(project)
    expect(told[1]).toContain('"accepted":1')
    expect(told[1]).toContain('"rejected":1')
  })

  test('that is full takes no new project and no export, and leaves nothing behind', async () => {
    const told = inOwnMounts(
      await approvedProject(),
      `${full}\nexemplar new disk/q --recipe la\nexemplar export p --format mimic-it --out disk/out\nls -A disk`,
    )
    expect(told).toEqual([
      expect.stringMatching(/^error: .*q\.exemplar.*the disk is full\. → /),
      'exit 1',
      expect.stringMatching(/^error: .*disk\/out.*needs at least 1 MB, but only 0 MB are free\. → /),
      'exit 1',
      ...['fill', 'p.exemplar'],
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
    const refused = expect.stringMatching(/^error: .*disk\/.*: there is no permission to write here\. → Choose another folder/)
    expect(told).toEqual([refused, 'exit 3', refused, 'exit 1', refused, 'exit 1'])
  })

  test('that is full where standard output goes is told on standard error', async () => {
    const directory = await approvedProject()
    const told = inOwnMounts(directory, `{ "${process.execPath}" "${cli}" stats p; echo "exit $?" >&2; } 2>&1 >/dev/full`)
    expect(told).toEqual([expect.stringMatching(/^error: standard output cannot be written \(ENOSPC\)\. → /), 'exit 1'])
  })
})
