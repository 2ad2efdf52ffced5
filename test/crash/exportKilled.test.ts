import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { freshBundle } from '../../tools/freshBundle.mjs'
import { addApproved, addItem, newExportProject, paint, somePairs, type TestProject } from '../support/exportProject'
import { exportPairs, validateMimicIt } from '../support/inEnglish'

const cli = freshBundle({ name: 'cli', entry: 'src/main/cli.ts', sources: ['src/main', 'src/shared'] })

let project: TestProject
beforeEach(async () => {
  project = await newExportProject()
  const size = { width: 2000, height: 1500 }
  for (let shade = 0; shade < 80; shade++)
    addApproved(project, await addItem(project, `shade ${shade}`, [await paint(project, `${shade}.png`, shade, size)]), somePairs(1))
})
afterEach(() => project.remove())

const listOut = () => readdir(project.out).catch(() => [] as string[])
const hidden = (names: readonly string[]) => names.filter((name) => name.startsWith('.'))

it('an export that is killed leaves one hidden folder, which the next export removes', async () => {
  const args = [cli, 'export', project.directory, '--format', 'mimic-it', '--out', project.out]
  const child = spawn(process.execPath, args, { stdio: 'ignore', env: { ...process.env, INIT_CWD: '' } })
  const exited = once(child, 'exit')
  while (child.exitCode === null && hidden(await listOut()).length === 0) await wait(5)
  child.kill('SIGKILL')
  expect(await exited).toEqual([null, 'SIGKILL'])

  const left = await listOut()
  expect(left).toEqual([expect.stringMatching(/^\.exemplar-tmp-/)])
  const { pairs } = await exportPairs(project, { format: 'mimic-it', directory: project.out })
  expect(pairs).toBe(80)
  expect(hidden(await listOut())).toEqual([])
  expect((await validateMimicIt(project.out)).issues).toEqual([])
})
