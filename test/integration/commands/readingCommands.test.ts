import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { temporaryDirectory } from '../../support/temporaryProject'
import { cocoArgs, run } from '../../support/terminal'

let directory: string
beforeAll(async () => {
  directory = temporaryDirectory()
  await run(directory, ['new', 'p', '--recipe', 'la'])
  await run(directory, ['import', 'p', ...cocoArgs])
  await run(directory, ['generate', 'p', '--limit', '2'])
  const accept = (candidate: number) => JSON.stringify({ candidate, verdict: 'accept', reviewer: 'Ada' })
  for (const [at, name] of ['one', 'two'].entries()) {
    fs.writeFileSync(path.join(directory, 'd.jsonl'), accept(at + 1))
    await run(directory, ['decide', 'p', '--file', 'd.jsonl'])
    await run(directory, ['snapshot', 'create', 'p', '--name', name])
  }
  const prompt = [
    { role: 'user', content: 'captions: a far shore' },
    { role: 'assistant', content: 'Question: Where?\nAnswer: There.' },
  ]
  fs.writeFileSync(path.join(directory, 'second.json'), JSON.stringify({ system_message: 'Another prompt.', in_context: prompt }))
  await run(directory, ['prompt', 'import', 'p', '--file', 'second.json'])
  await run(directory, ['export', 'p', '--format', 'llava', '--out', 'out'])
}, 60_000)

/** Each file of the folder: its content, its inode and when it was changed last. */
function filesOf(): Record<string, string> {
  const names = fs.readdirSync(directory, { recursive: true, encoding: 'utf8' }).toSorted()
  return Object.fromEntries(
    names.map((name) => {
      const file = path.join(directory, name)
      const { mtimeMs, ino } = fs.lstatSync(file)
      const content = fs.statSync(file).isFile() ? createHash('sha256').update(fs.readFileSync(file)).digest('hex') : ''
      return [name, `${ino} ${mtimeMs} ${content}`]
    }),
  )
}

it.each([
  ['stats', 'p'],
  ['stats', 'p', '--json'],
  ['list', 'p', '--candidates'],
  ['list', 'p', '--items'],
  ['items', 'list', 'p'],
  ['doctor', 'p'],
  ['card', 'p'],
  ['snapshot', 'list', 'p'],
  ['snapshot', 'show', 'p', 'one'],
  ['snapshot', 'diff', 'p', 'one', 'two'],
  ['prompt', 'show', 'p'],
  ['compare', 'p', '--plan'],
  ['compare', 'p', '--plan', '--json'],
  ['validate', 'out'],
  ['recover', 'p'],
  ['restore', 'p'],
])('a command that reads changes no file and makes none: %s %s %s %s %s', async (...args) => {
  const before = filesOf()
  const { code, out, errors } = await run(directory, args)
  expect([0, 1], errors.join('\n')).toContain(code)
  expect(out.length + errors.length).toBeGreaterThan(0)
  expect(filesOf()).toEqual(before)
})
