import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { freshBundle } from '../../../tools/freshBundle.mjs'
import type { Project } from '../../../src/main/project/project'
import { listRuns } from '../../../src/main/store/runs/runs'
import { drip } from '../../support/misbehaviours'
import { startModelServer, type ModelServer, type ModelServerOptions } from '../../support/modelServer'
import { addItems, newProject, removeProject } from '../generation/project'

const cli = freshBundle({ name: 'cli', entry: 'src/main/cli.ts', sources: ['src/main', 'src/shared'] })

let project: Project
let model: ModelServer | undefined
beforeEach(() => {
  project = newProject()
  addItems(project, 8)
})
afterEach(async () => {
  await model?.close()
  model = undefined
  removeProject(project)
})

const argsFor = (url: string) => ['generate', project.directory, '--provider', 'openai', '--base-url', url, '--model', 'm']
const runState = () => listRuns(project.db)[0]?.state

/** Starts the command, sends the signal once the state is reached, and says how it ended. */
async function interrupt(signal: NodeJS.Signals, url: string, reached: () => boolean): Promise<number | null> {
  const child = spawn(process.execPath, [cli, ...argsFor(url)], { stdio: 'ignore' })
  const ended = once(child, 'exit')
  await expect.poll(reached, { timeout: 30_000 }).toBe(true)
  child.kill(signal)
  const [code] = (await ended) as [number | null]
  return code
}

describe('generate ends at a signal, though calls could go on for minutes', () => {
  const states: [string, ModelServerOptions][] = [
    ['waiting for an answer', { behaviour: 'hang' }],
    ['in the middle of an answer', { script: () => drip }],
    ['waiting to ask again', { behaviour: 'rate-limit', retryAfter: '300' }],
  ]
  it.each(states)('%s', async (_, options) => {
    model = await startModelServer(options)
    const { url, requests } = model
    expect(await interrupt('SIGTERM', url, () => requests.length > 0)).toBe(1)
    expect(runState()).toBe('interrupted')
    const before = requests.length
    expect(await interrupt('SIGINT', url, () => requests.length > before)).toBe(1)
    expect(runState()).toBe('cancelled')
  })

  it('making a connection that nobody takes', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const { port } = silent.address() as AddressInfo
    // A handshake of https that is never answered.
    expect(await interrupt('SIGTERM', `https://127.0.0.1:${port}/v1`, () => runState() === 'running')).toBe(1)
    expect(runState()).toBe('interrupted')
    silent.close()
  })

  it.skipIf(process.platform === 'win32')('that npm alone gets', async () => {
    model = await startModelServer({ behaviour: 'hang' })
    const { url, requests } = model
    const root = path.join(import.meta.dirname, '../../..')
    const npm = spawn('npm', ['run', '-s', 'exemplar', '--', ...argsFor(url)], { cwd: root, stdio: 'ignore' })
    await expect.poll(() => requests.length, { timeout: 30_000 }).toBeGreaterThan(0)
    npm.kill('SIGTERM')
    await expect.poll(runState, { timeout: 30_000 }).toBe('interrupted')
  })
})
