import BetterSqlite3 from 'better-sqlite3'
import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../support/temporaryProject'
import { run, samples } from '../support/terminal'

const id = 'one\u001b]0;owned\u0007\n2\ttwo\u202eexe'
const caption = 'A boat.\u001b[2J\u009b31m\u200b'

test('text of an annotation gives the terminal no orders, makes no rows, and is the same in JSON', async () => {
  const directory = temporaryDirectory()
  fs.writeFileSync(path.join(directory, 'items.jsonl'), JSON.stringify({ id: 'one', media: 'cat.jpg', context: {} }))
  await run(directory, ['new', 'p', '--recipe', 'la'])
  const imported = await run(directory, [
    'import',
    'p',
    '--format',
    'jsonl',
    '--file',
    'items.jsonl',
    '--media',
    path.join(samples, 'media'),
  ])
  // Import refuses such an id; a project that somebody else made may hold it.
  const db = new BetterSqlite3(path.join(directory, 'p.exemplar/project.sqlite'))
  db.prepare(`UPDATE item SET source_id = ?`).run(id)
  db.prepare(`UPDATE context SET body = ?`).run(JSON.stringify({ captions: [caption] }))
  db.close()
  await run(directory, ['generate', 'p'])
  const outcomes = [imported]
  for (const args of [
    ['list', 'p', '--items'],
    ['list', 'p', '--items', '--json'],
    ['list', 'p', '--candidates'],
    ['list', 'p', '--candidates', '--json'],
    ['prompt', 'show', 'p'],
    ['doctor', 'p'],
    ['generate', 'p', '--items', '\u001b[31m'],
  ])
    outcomes.push(await run(directory, args))
  for (const { out, errors } of outcomes) expect([...out, ...errors].join('\n')).not.toMatch(/[\u001b\u009b\u0007\u202e\u200b]/)
  const [, plain, json] = outcomes
  expect(plain?.out).toHaveLength(1)
  expect(plain?.out[0]).toContain('one\\u001b]0;owned\\u0007 2 two\\u202eexe')
  expect(JSON.parse(json?.out.join('') ?? '')).toMatchObject([{ id, context: { captions: [caption] } }])
})
