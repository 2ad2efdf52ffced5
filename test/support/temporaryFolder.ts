import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll } from 'vitest'

const memory = '/dev/shm'
const leastFree = 4 * 1024 ** 3

/** Linux's memory disk where it has room: a test cannot see a power cut, so waiting for a real disk would prove nothing more. */
function chooseDisk(): string {
  if (process.platform !== 'linux') return os.tmpdir()
  try {
    fs.accessSync(memory, fs.constants.W_OK)
    const { bavail, bsize } = fs.statfsSync(memory)
    return bavail * bsize >= leastFree ? memory : os.tmpdir()
  } catch {
    return os.tmpdir()
  }
}

// Each test file has a temporary folder of its own, which goes when the file is done.
const before = process.env['TMPDIR']
const folder = fs.mkdtempSync(path.join(chooseDisk(), 'exemplar-'))
process.env['TMPDIR'] = folder

afterAll(() => {
  if (before === undefined) delete process.env['TMPDIR']
  else process.env['TMPDIR'] = before
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})
