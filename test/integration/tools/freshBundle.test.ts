import { execFile } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectRoot } from '../../support/projectFiles'

const run = promisify(execFile)
const name = `bundleTest${process.pid}`
const folder = path.join('out', `${name}Source`)
const entry = path.posix.join('out', `${name}Source`, 'entry.ts')

const write = (text: string) => fs.writeFileSync(path.join(projectRoot, entry), text)

/** Bundles in a process of its own, as the command line does. */
async function bundle(): Promise<{ file: string; stdout: string; stderr: string }> {
  const script = `import('./tools/freshBundle.mjs').then(({ freshBundle }) => { console.log(freshBundle(${JSON.stringify({ name, entry, sources: [folder] })})) })`
  const { stdout, stderr } = await run(process.execPath, ['-e', script], { cwd: projectRoot })
  return { file: stdout.trim(), stdout, stderr }
}

const answer = async (file: string) => (await run(process.execPath, [file])).stdout.trim()
const leftAside = () => fs.readdirSync(path.join(projectRoot, 'out')).filter((each) => each.startsWith(`${name}-`) && each.includes('.'))

beforeAll(() => {
  fs.mkdirSync(path.join(projectRoot, folder), { recursive: true })
})

afterAll(() => {
  const out = path.join(projectRoot, 'out')
  for (const each of fs.readdirSync(out)) if (each.startsWith(name)) fs.rmSync(path.join(out, each), { recursive: true })
})

describe('a bundle that is made when it is needed', () => {
  it('serves programs that start at the same moment, and leaves nothing half-made', async () => {
    write("const who: string = 'first'\nconsole.log(who)\n")
    const made = await Promise.all([bundle(), bundle(), bundle()])
    expect(new Set(made.map(({ file }) => file)).size).toBe(1)
    expect(await answer(made[0]!.file)).toBe('first')
    expect(leftAside()).toEqual([])
  })

  it('prints nothing of its own to standard output', async () => {
    write("console.log('second')\n")
    const { stdout, file } = await bundle()
    expect(stdout).toBe(`${file}\n`)
  })

  it('is used again while its sources stay, and made anew when they change', async () => {
    write("console.log('third')\n")
    const first = await bundle()
    expect((await bundle()).file).toBe(first.file)
    write("console.log('the fourth')\n")
    const second = await bundle()
    expect(second.file).not.toBe(first.file)
    expect(await answer(second.file)).toBe('the fourth')
    expect(await answer(first.file)).toBe('third') // one that still runs keeps its files
  })

  it('fails with what is wrong in the source', async () => {
    write('const = 1\n')
    await expect(bundle()).rejects.toThrow(/does not build/)
    expect(leftAside()).toEqual([])
  })

  it('names the source that is missing, as while files are moved, and not the list of licences that nothing was built for', async () => {
    write("import './moved'\n")
    const failure = await bundle().then(
      () => '',
      (error: { stderr: string }) => error.stderr,
    )
    expect(failure).toContain('./moved')
    expect(failure).not.toMatch(/ENOENT|third-party-notices/)
    expect(leftAside()).toEqual([])
  })
})
