import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../../..')

let directory: string
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'reply-'))
  await run(process.execPath, ['tools/bundle.mjs', directory, 'memory=test/support/replyMemory.ts'], { cwd: root })
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const measure = async (unit: string): Promise<unknown> =>
  JSON.parse((await run(process.execPath, [join(directory, 'memory.js'), unit, '12'])).stdout)

describe('12 MB of nothing but', () => {
  it.each([
    ['[', 'wrong-shape'],
    ['{"a":', 'wrong-shape'],
    ['{', 'cut-off'],
    ['"', 'not-json'],
    ['<think>', 'cut-off'],
    ['</think>', 'cut-off'],
    ['<think></thinking>', 'cut-off'],
    ['```', 'not-json'],
    ['{"</think>', 'cut-off'],
    ['{"a": "b\n</think>', 'cut-off'],
    ['{\\"', 'cut-off'],
    ['"{\\"', 'cut-off'],
    ['{} ', 'wrong-shape'],
    ['Question: a\nAnswer: b\n', 'not-json'],
  ])('%j fails by name within 600 MB, in a time that grows with the length alone', async (unit, outcome) => {
    // Time that grew with its square would exceed that of any test.
    const measured = await measure(unit)
    expect(measured).toEqual({ outcome, megabytes: expect.any(Number) })
    expect((measured as { megabytes: number }).megabytes).toBeLessThan(600)
  })
})
