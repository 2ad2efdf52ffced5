import { execFile } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { freshBundle } from '../../../tools/freshBundle.mjs'
import { closeProject, createProject, openProject } from '../../../src/main/project/project'
import { temporaryDirectory } from '../../support/temporaryProject'

const cli = freshBundle({ name: 'cli', entry: 'src/main/cli.ts', sources: ['src/main', 'src/shared'] })

/** @returns the exit code */
const command = (directory: string, ...args: string[]): Promise<number> =>
  new Promise((resolve) => {
    const child = execFile(process.execPath, [cli, ...args], { env: { ...process.env, INIT_CWD: directory } }, () => undefined)
    child.on('close', (code) => resolve(code ?? -1))
  })

test('of programs that make the same project at once, one makes it and the others leave it alone', async () => {
  const directory = temporaryDirectory()
  for (const name of ['a', 'b', 'c']) {
    const codes = await Promise.all(Array.from({ length: 6 }, () => command(directory, 'new', name, '--recipe', 'la')))
    expect(codes.toSorted()).toEqual([0, 2, 2, 2, 2, 2])
    closeProject(openProject(path.join(directory, name)))
  }
})

test('a project is not made in the place of a symbolic link that leads nowhere', () => {
  const link = path.join(temporaryDirectory(), 'p.exemplar')
  fs.symlinkSync('/nowhere/at/all', link)
  expect(() => createProject(link, 'la')).toThrow('already exists')
  expect(fs.readlinkSync(link)).toBe('/nowhere/at/all')
})
