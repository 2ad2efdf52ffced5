import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { statsSchema } from '../../../src/shared/domain'
import { closeProject, openProject, projectFile } from '../../../src/main/project/project'
import { listDecisions } from '../../../src/main/store/decisions/decisionHistory'
import { startModelServer } from '../../support/modelServer'
import { temporaryDirectory } from '../../support/temporaryProject'
import { cocoArgs, run, samples } from '../../support/terminal'

const listedSchema = z
  .strictObject({
    id: z.number(),
    item: z.string(),
    run: z.number(),
    state: z.string(),
    instruction: z.string(),
    response: z.string(),
    provider: z.string(),
    exemplars: z.array(z.number()),
  })
  .array()

async function sampleProject(): Promise<string> {
  const directory = temporaryDirectory()
  expect(await run(directory, ['new', 'p', '--recipe', 'la'])).toMatchObject({ code: 0, errors: [] })
  expect(await run(directory, ['import', 'p', ...cocoArgs])).toMatchObject({ code: 0, errors: [] })
  return directory
}

const list = async (directory: string) =>
  listedSchema.parse(JSON.parse((await run(directory, ['list', 'p', '--candidates', '--json'])).out.join('\n')))
const stats = async (directory: string) => statsSchema.parse(JSON.parse((await run(directory, ['stats', 'p', '--json'])).out.join('\n')))

function writeDecisions(directory: string, lines: readonly unknown[]): void {
  fs.writeFileSync(
    path.join(directory, 'decisions.jsonl'),
    lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
  )
}

describe('the command line', () => {
  test('goes from new to an exported, validated data set', async () => {
    const directory = await sampleProject()
    expect((await run(directory, ['generate', 'p', '--provider', 'demo'])).code).toBe(0)
    const drafted = await list(directory)
    expect(drafted).toHaveLength(24)
    expect(drafted.every(({ state, provider, exemplars }) => state === 'pending' && provider === 'demo' && exemplars.length === 0)).toBe(
      true,
    )

    const [first, second, third, fourth] = drafted
    writeDecisions(directory, [
      { candidate: first?.id, verdict: 'accept', reviewer: 'Ada' },
      { candidate: second?.id, verdict: 'edit', response: 'Better.', reviewer: 'Ada' },
      { candidate: third?.id, verdict: 'reject', reason: 'trivial', reviewer: 'Ada' },
      { candidate: fourth?.id, verdict: 'ignore', reviewer: 'Ada' },
    ])
    expect((await run(directory, ['decide', 'p', '--file', 'decisions.jsonl'])).code).toBe(0)
    expect(await stats(directory)).toMatchObject({ items: 8, media: 8, accepted: 1, edited: 1, rejected: 1, ignored: 1, pending: 20 })

    expect((await run(directory, ['generate', 'p', '--items', '8', '--pairs', '2'])).code).toBe(0)
    const again = (await list(directory)).filter((candidate) => candidate.run === 2)
    expect(again).toHaveLength(2)
    expect(new Set(again[0]?.exemplars)).toEqual(new Set([first?.id, second?.id]))

    const exported = await run(directory, ['export', 'p', '--format', 'mimic-it', '--out', 'out'])
    expect(exported.code).toBe(0)
    expect(exported.out.at(-1)).toMatch(/^2 pairs, 1 image, 2 by the demo generator; validated: \d+ checks, 0 errors/)
    const { data } = z
      .object({ data: z.record(z.string(), z.object({ answer: z.string() })) })
      .parse(JSON.parse(fs.readFileSync(path.join(directory, 'out/LA_instructions.json'), 'utf8')))
    expect(Object.values(data).map(({ answer }) => answer)).toContain('Better.')
    expect((await run(directory, ['doctor', 'p'])).code).toBe(0)
  })

  test('an item’s own pairs are never its exemplars', async () => {
    const directory = await sampleProject()
    await run(directory, ['generate', 'p'])
    writeDecisions(
      directory,
      (await list(directory)).map(({ id }) => ({ candidate: id, verdict: 'accept', reviewer: 'Ada' })),
    )
    await run(directory, ['decide', 'p', '--file', 'decisions.jsonl'])
    await run(directory, ['generate', 'p'])
    const all = await list(directory)
    const itemOf = new Map(all.map(({ id, item }) => [id, item]))
    const second = all.filter(({ run: number }) => number === 2)
    expect(second.every(({ exemplars }) => exemplars.length === 6)).toBe(true)
    expect(second.filter(({ item, exemplars }) => exemplars.some((id) => itemOf.get(id) === item))).toEqual([])
  })

  test('names bad lines of decisions and carries out the good ones', async () => {
    const directory = await sampleProject()
    await run(directory, ['generate', 'p', '--limit', '1'])
    writeDecisions(directory, [
      'no json',
      { candidate: 1, verdict: 'accept', reviewer: 'Ada' },
      { candidate: 999, verdict: 'accept', reviewer: 'Ada' },
      { candidate: 2, verdict: 'edit', reviewer: 'Ada' },
      { candidate: 2, verdict: 'praise', reviewer: 'Ada' },
      { candidate: 3, verdict: 'accept' },
      '{"candidate": 3, "verdict": "accept", "verdict": "reject", "reviewer": "Ada"}',
    ])
    const { code, errors } = await run(directory, ['decide', 'p', '--file', 'decisions.jsonl'])
    expect(code).toBe(1)
    expect(errors.map((line) => /decisions\.jsonl:(\d+)/.exec(line)?.[1])).toEqual(['1', '3', '4', '5', '6', '7'])
    expect(errors.find((line) => line.includes(':7:'))).toContain('the key “verdict” appears twice')
    expect(await stats(directory)).toMatchObject({ accepted: 1, pending: 2 })
  })

  test('carries out thousands of decisions, each on what those before it left, and names the bad lines by their number', async () => {
    const directory = await sampleProject()
    await run(directory, ['generate', 'p', '--limit', '1'])
    const reason = 'x'.repeat(60)
    const lines = Array.from({ length: 6_000 }, (_, at) =>
      at % 1_000 === 999
        ? 'no json'
        : JSON.stringify({
            candidate: 1 + (at % 3),
            verdict: at % 2 ? 'reject' : 'accept',
            reviewer: 'Ada',
            ...(at % 2 ? { reason } : {}),
          }),
    )
    const text = `\uFEFF\r\n${[...lines, JSON.stringify({ candidate: 1, verdict: 'edit', response: 'Half \ud83d,\0 done.', reviewer: 'Ada\u0007' })].join('\r\n')}`
    fs.writeFileSync(path.join(directory, 'decisions.jsonl'), text)
    const { code, out, errors } = await run(directory, ['decide', 'p', '--file', 'decisions.jsonl'])
    expect(code).toBe(1)
    expect(out).toEqual(['5995 decisions carried out, 6 failed'])
    expect(errors.map((line) => /decisions\.jsonl:(\d+)/.exec(line)?.[1])).toEqual(['1001', '2001', '3001', '4001', '5001', '6001', '6002'])
    expect(errors.at(-1)).toMatch(/^note: decisions\.jsonl:6002: control characters and incomplete characters/)
    const project = openProject(path.join(directory, 'p.exemplar'))
    const decisions = [1, 2, 3].map((id) => listDecisions(project.db, id))
    expect(decisions.flat()).toHaveLength(5995)
    for (const each of decisions)
      for (const [at, { before }] of each.entries()) expect(before).toBe(at === 0 ? 'pending' : each[at - 1]?.after)
    expect(decisions[0]?.at(-1)).toMatchObject({ reviewer: 'Ada', change: { after: { response: 'Half \ufffd, done.' } } })
    closeProject(project)
  })

  test('refuses a decision that is not UTF-8, instead of storing other letters', async () => {
    const directory = await sampleProject()
    await run(directory, ['generate', 'p', '--limit', '1'])
    const lines = [1, 2].map((candidate) => JSON.stringify({ candidate, verdict: 'edit', response: 'Café', reviewer: 'Zoë à' }))
    const [first = '', second = ''] = lines
    fs.writeFileSync(path.join(directory, 'decisions.jsonl'), Buffer.concat([Buffer.from(`${first}\n`, 'latin1'), Buffer.from(second)]))
    const { code, out, errors } = await run(directory, ['decide', 'p', '--file', 'decisions.jsonl'])
    expect([code, out]).toEqual([1, ['1 decision carried out, 1 failed']])
    expect(errors).toEqual(['failed: decisions.jsonl:1: the line is not UTF-8 text → Save it with UTF-8 encoding.'])
    const project = openProject(path.join(directory, 'p.exemplar'))
    expect(listDecisions(project.db, 2)).toMatchObject([{ reviewer: 'Zoë à', change: { after: { response: 'Café' } } }])
    closeProject(project)
  })

  test('refuses more pairs an item than there may be, and plans no run with them', async () => {
    const directory = await sampleProject()
    const refused = await run(directory, ['generate', 'p', '--pairs', '21'])
    expect(refused.code).toBe(2)
    expect(refused.errors).toEqual([expect.stringMatching(/^error: pairsPerItem: .*20.* →/)])
    expect(await stats(directory)).toMatchObject({ runs: 0 })
    expect((await run(directory, ['generate', 'p', '--resume', '--limit', '1'])).code).toBe(0)
  })

  test('takes items by ids that hold commas and blanks', async () => {
    const directory = await sampleProject()
    const ids = ['red, round', 'red', ' blank ', 'last']
    const lines = ids.map((id) => JSON.stringify({ id, media: 'cat.jpg', context: { captions: ['A cat sits on a wall.'] } }))
    fs.writeFileSync(path.join(directory, 'items.jsonl'), lines.join('\n'))
    const media = path.join(samples, 'media')
    expect((await run(directory, ['import', 'p', '--format', 'jsonl', '--file', 'items.jsonl', '--media', media])).code).toBe(0)
    const drafted = async (items: string) => {
      const { code } = await run(directory, ['generate', 'p', '--items', items, '--pairs', '1'])
      const all = await list(directory)
      return [code, all.filter((candidate) => candidate.run === Math.max(...all.map((each) => each.run))).map(({ item }) => item)]
    }
    expect(await drafted('last,red')).toEqual([0, ['red', 'last']])
    expect(await drafted(' blank ,last , red')).toEqual([0, ['red', ' blank ', 'last']])
    expect((await run(directory, ['generate', 'p', '--items', 'last,green'])).errors[0]).toMatch(/There is no item green\./)
    for (const items of ['', ' , '])
      expect(await run(directory, ['generate', 'p', '--items', items])).toMatchObject({
        code: 2,
        errors: [expect.stringMatching(/--items names no item\. → Give ids/)],
      })
  })

  test('resumes a run from another address, but with no other model', async () => {
    const directory = await sampleProject()
    const broken = await startModelServer({ behaviour: 'prose' })
    const begin = ['generate', 'p', '--provider', 'openai', '--model', 'm', '--limit', '2', '--base-url', broken.url]
    expect((await run(directory, begin)).code).toBe(1)
    await broken.close()
    const good = await startModelServer()
    const resume = ['generate', 'p', '--resume', '--base-url', good.url]
    const refused = await run(directory, [...resume, '--model', 'other'])
    expect(refused).toMatchObject({ code: 2, errors: [expect.stringContaining('Run 1 was begun with model m.')] })
    expect(good.requests).toHaveLength(0)
    expect((await run(directory, [...resume, '--provider', 'openai', '--model', 'm'])).code).toBe(0)
    expect(good.requests.map(({ body }) => body.model)).toEqual(['m', 'm'])
    await good.close()
  })

  test('tells every bad line and row with what to do, and takes no folder for a file of decisions', async () => {
    const directory = await sampleProject()
    await run(directory, ['generate', 'p', '--limit', '1'])
    writeDecisions(directory, ['no json', '[]', { candidate: '1', verdict: 'accept', reviewer: 'Ada' }])
    const { errors } = await run(directory, ['decide', 'p', '--file', 'decisions.jsonl'])
    fs.writeFileSync(path.join(directory, 'items.jsonl'), '{"id": "a", "media": "none.jpg", "context": {}}\nno json\n')
    const imported = await run(directory, ['import', 'p', '--format', 'jsonl', '--file', 'items.jsonl', '--media', '.'])
    expect([...errors, ...imported.errors]).toEqual(Array(5).fill(expect.stringMatching(/^failed: \w+\.jsonl:\d.* → .+/)))
    expect(await run(directory, ['decide', 'p', '--file', '.'])).toMatchObject({
      code: 2,
      errors: [expect.stringContaining('is a folder')],
    })
  })

  test('notes a key that nothing reads, which fails nothing', async () => {
    const directory = temporaryDirectory()
    await run(directory, ['new', 'p', '--recipe', 'custom'])
    const line = { id: 'cat', media: 'cat.jpg', context: {}, license: 'CC0' }
    fs.writeFileSync(path.join(directory, 'items.jsonl'), JSON.stringify(line))
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
    expect(imported).toEqual({
      code: 0,
      out: ['1 item added, 0 unchanged, 1 medium added, 0 problems, 1 note'],
      errors: [expect.stringMatching(/^note: items\.jsonl:1 \(cat\): the key “license” is ignored, here and in later lines/)],
    })
  })

  test('stores edited text without what no reader can read', async () => {
    const directory = await sampleProject()
    await run(directory, ['generate', 'p', '--limit', '1'])
    writeDecisions(directory, ['{"candidate":1,"verdict":"edit","response":"a \\u0000NUL and half \\ud83d","reviewer":"Ada"}'])
    expect((await run(directory, ['decide', 'p', '--file', 'decisions.jsonl'])).code).toBe(0)
    expect((await list(directory))[0]?.response).toBe('a NUL and half \ufffd')
  })

  test('gives up a server that hangs after the time it is told, and does not try every item on it', async () => {
    const directory = await sampleProject()
    const silent = await startModelServer({ behaviour: 'hang' })
    const args = ['generate', 'p', '--provider', 'openai', '--base-url', silent.url, '--concurrency', '8', '--timeout', '1', '--limit', '1']
    const { code, errors } = await run(directory, args)
    await silent.close()
    expect(code).toBe(1)
    expect(errors[0]).toMatch(/^failed: item 1: timeout: No response within 1 s\. → /)
    expect(silent.requests).toHaveLength(4)
    expect((await run(directory, [...args, '--timeout', '999999'])).code).toBe(2)
  })

  test('keeps every failed call’s error and item, exits with 1, and --resume asks only what is missing', async () => {
    const directory = await sampleProject()
    const broken = await startModelServer({ behaviour: 'prose' })
    const options = ['--provider', 'openai', '--model', 'm', '--base-url', broken.url]
    const failed = await run(directory, ['generate', 'p', ...options, '--limit', '3'], { OPENAI_API_KEY: 'sk-secret' })
    await broken.close()
    expect(failed.code).toBe(1)
    expect(failed.errors.filter((line) => line.startsWith('failed: item'))).toHaveLength(3)
    expect(failed.errors[0]).toMatch(/item 1: not-json: .*→/)
    expect(await stats(directory)).toMatchObject({ failedCalls: 3, candidates: 0 })

    const good = await startModelServer({ behaviour: 'good', port: Number(new URL(broken.url).port) })
    expect((await run(directory, ['generate', 'p', '--resume'], { OPENAI_API_KEY: 'sk-secret' })).code).toBe(0)
    expect(good.requests).toHaveLength(3)
    expect((await run(directory, ['generate', 'p', '--resume'])).out).toEqual(['Every run is finished; there is nothing to resume.'])
    await good.close()
    expect(await stats(directory)).toMatchObject({ failedCalls: 0, runs: 1 })
    const bytes = fs.readdirSync(path.join(directory, 'p.exemplar')).filter((name) => name.startsWith('project.sqlite'))
    for (const name of bytes) expect(fs.readFileSync(path.join(directory, 'p.exemplar', name)).includes('sk-secret')).toBe(false)
  })

  test('--resume starts the first run where there is none', async () => {
    const directory = await sampleProject()
    expect((await run(directory, ['generate', 'p', '--resume', '--limit', '2'])).code).toBe(0)
    expect(await stats(directory)).toMatchObject({ runs: 1, calls: 2 })
  })

  test('asks nothing of OpenAI without a key', async () => {
    const directory = await sampleProject()
    const { code, errors } = await run(directory, ['generate', 'p', '--provider', 'openai', '--limit', '1'])
    expect(code).not.toBe(0)
    expect(errors.join('\n')).toMatch(/key.*OPENAI_API_KEY/i)
  })

  test('says in one line with the remedy what was used wrongly, and exits with 2', async () => {
    const directory = await sampleProject()
    for (const args of [
      [],
      ['bogus'],
      ['new', 'q'],
      ['new', 'q', '--recipe', 'nonsense'],
      ['new', 'p', '--recipe', 'la'],
      ['import', 'p', '--format', 'csv', '--media', '.'],
      ['generate', 'p', '--items', 'nobody'],
      ['generate', 'p', '--concurrency', '0'],
      ['generate', 'p', '--provider', 'openai', '--base-url', 'ftp://x'],
      ['list', 'p'],
      ['decide', 'p', '--file', 'missing.jsonl'],
      ['export', 'p', '--format', 'mimic-it'],
      ['export', 'p', '--format', 'mimic-it', '--out', 'out'],
    ])
      expect({ args, ...(await run(directory, args)) }).toMatchObject({ args, code: 2, out: [] })
  })

  test('exits with 3 where the project cannot be read', async () => {
    const directory = await sampleProject()
    expect(await run(directory, ['stats', 'elsewhere'])).toMatchObject({ code: 3, errors: [expect.stringContaining('→')] })
    fs.writeFileSync(projectFile(path.join(directory, 'p.exemplar')), 'not a database')
    expect(await run(directory, ['stats', 'p'])).toMatchObject({
      code: 3,
      errors: [expect.stringMatching(/is damaged .* → Run .* recover /)],
    })
  })

  test('tells its version and its help on standard output, with exit code 0', async () => {
    expect(await run('.', ['--version'])).toMatchObject({ code: 0, out: [expect.stringMatching(/^\d+\.\d+\.\d+$/)] })
    const help = await run('.', ['--help'])
    expect(help).toMatchObject({ code: 0, errors: [] })
    for (const word of ['new', 'import', 'generate', 'list', 'decide', 'export', 'stats', 'doctor', 'Exit codes', 'OPENAI_API_KEY'])
      expect(help.out.join('\n')).toContain(word)
  })

  test.each([
    ['new', ['--recipe']],
    [
      'import',
      [
        '--format',
        '--file',
        '--files',
        '--activities',
        '--text',
        '--captions',
        '--instances',
        '--encoding',
        '--media',
        '--pairs',
        '--reviewer',
        '--update',
      ],
    ],
    ['frames', ['--every', '--count']],
    ['prompt show', ['--item', '--model', '--json']],
    ['prompt import', ['--file', '--repair']],
    ['prompt export', ['--file']],
    ['prompt lint', ['--file']],
    [
      'generate',
      [
        '--profile',
        '--provider',
        '--base-url',
        '--model',
        '--embedding-model',
        '--concurrency',
        '--timeout',
        '--max-reply-mb',
        '--max-failures',
        '--items',
        '--limit',
        '--pairs',
        '--resume',
      ],
    ],
    [
      'compare',
      [
        '--profile',
        '--provider',
        '--base-url',
        '--model',
        '--embedding-model',
        '--concurrency',
        '--timeout',
        '--max-reply-mb',
        '--max-failures',
        '--versions',
        '--items',
        '--random',
        '--ids',
        '--pairs',
        '--plan',
        '--json',
      ],
    ],
    ['profiles', ['--json']],
    ['list', ['--candidates', '--items', '--json']],
    ['decide', ['--file']],
    [
      'export',
      [
        '--format',
        '--out',
        '--snapshot',
        '--kind',
        '--frames',
        '--system',
        '--reasoning',
        '--boxes',
        '--item-drafts',
        '--min-change',
        '--license',
        '--url',
        '--raw-replies',
      ],
    ],
    ['card', ['--out', '--snapshot', '--license', '--url']],
    ['stats', ['--json']],
    ['doctor', []],
  ])('the help of %s names its options, and which of them it cannot do without', async (command, options) => {
    const directory = await sampleProject()
    const { code, out, errors } = await run(directory, [...command.split(' '), '--help'])
    expect({ code, errors }).toEqual({ code: 0, errors: [] })
    const help = out.join('\n')
    const named = [...help.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map((match) => match[1])
    expect(named).toEqual([...options, '--help'])
    // What it says is required, it asks for.
    const required = help
      .split(/^ {2}(?=-)/m)
      .filter((part) => /;\s+required(?:\s+\(choices|$)/m.test(part))
      .map((part) => /^--[\w-]+/.exec(part)?.[0])
    const { errors: asked } = await run(directory, [...command.split(' '), ...(command === 'prompt lint' ? [] : ['p'])])
    const missing = asked.join().match(/required option '(--[\w-]+)/)?.[1]
    expect(missing).toBe(required[0])
  })

  test('says of a medium that is not found what links it, which is no --update; of a wrong row, that it is', async () => {
    const directory = temporaryDirectory()
    fs.mkdirSync(path.join(directory, 'empty'))
    fs.writeFileSync(path.join(directory, 'items.csv'), 'id,file\ncat,cat.jpg\n,moon.jpg\n')
    await run(directory, ['new', 'p', '--recipe', 'la'])
    const importFrom = (media: string) => run(directory, ['import', 'p', '--format', 'csv', '--file', 'items.csv', '--media', media])
    const wrongRow =
      'failed: items.csv:3: the column “id” is empty → Correct it and import again with --update; without it, items that are there stay as they are.'
    expect(await importFrom('empty')).toMatchObject({
      code: 1,
      errors: expect.arrayContaining([
        'failed: items.csv:2 (cat): imported without “cat.jpg”, which is not in the media folder → Import again with --media naming the folder that has it; --update is not needed.',
        wrongRow,
      ]),
    })
    expect(await importFrom(path.join(samples, 'media'))).toMatchObject({
      out: [expect.stringContaining('1 item linked')],
      errors: [wrongRow],
    })
  })

  test('imports each of the generic samples, and a second time adds nothing', async () => {
    const directory = temporaryDirectory()
    const media = ['--media', path.join(samples, 'media')]
    await run(directory, ['new', 'p', '--recipe', 'custom'])
    for (const args of [
      ['--format', 'csv', '--file', path.join(samples, 'annotations/captions.csv')],
      ['--format', 'jsonl', '--file', path.join(samples, 'annotations/items.jsonl')],
    ]) {
      expect((await run(directory, ['import', 'p', ...args, ...media])).out[0]).toMatch(/^3 items added/)
      expect((await run(directory, ['import', 'p', ...args, ...media])).out[0]).toMatch(/^0 items added, 3 unchanged, 0 media added/)
    }
    const project = openProject(path.join(directory, 'p'))
    expect(project.db.pragma('integrity_check', { simple: true })).toBe('ok')
    closeProject(project)
  })
})
