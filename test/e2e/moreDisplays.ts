import { spawn, type ChildProcess } from 'node:child_process'
import type { FullConfig } from '@playwright/test'

/** Starts an Xvfb on the first display number that is free, which it writes to its fourth channel. */
function startDisplay(): Promise<{ readonly name: string; readonly server: ChildProcess }> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)))
    server.stdio[3]?.once('data', (number: Buffer) => resolve({ name: `:${number.toString().trim()}`, server }))
  })
}

/** Gives each worker beyond the first a display of its own: windows of one display take the focus from each other. */
export default async function startDisplays({ workers }: FullConfig): Promise<() => void> {
  const more = await Promise.all(Array.from({ length: workers - 1 }, startDisplay))
  process.env.EXEMPLAR_DISPLAYS = [process.env.DISPLAY, ...more.map(({ name }) => name)].join(' ')
  return () => {
    for (const { server } of more) server.kill()
  }
}
