import fs from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defaultProviderSettings } from '../../../src/shared/domain'
import { startModelServer, type ModelServer } from '../../support/modelServer'
import { temporaryDirectory } from '../../support/temporaryProject'
import { cocoArgs, run } from '../../support/terminal'

let directory: string
let model: ModelServer
const environment = () => ({ EXEMPLAR_USER_DATA: directory, OPENAI_API_KEY: 'sk-test' })
const exemplar = (...args: string[]) => run(directory, args, environment())
const compare = (...args: string[]) => exemplar('compare', 'p', ...args)
const shared = { ...defaultProviderSettings, kind: 'openai', model: 'gemma', concurrency: 2 } as const

beforeEach(async () => {
  directory = temporaryDirectory()
  model = await startModelServer({ script: ({ body }) => (body.model === 'unknown' ? 'unknown-model' : 'good') })
  await exemplar('new', 'p', '--recipe', 'la')
  await exemplar('import', 'p', ...cocoArgs)
  const settings = {
    provider: defaultProviderSettings,
    profile: { id: 'default', name: 'Default' },
    otherProfiles: [{ ...shared, id: 'local', name: 'Local server', baseUrl: model.url, prices: { input: 1, output: 2 } }],
  }
  fs.writeFileSync(path.join(directory, 'settings.json'), JSON.stringify(settings))
  const example = [
    { role: 'user', content: 'captions: a far shore' },
    { role: 'assistant', content: 'Question: Where?\nAnswer: There.' },
  ]
  fs.writeFileSync(path.join(directory, 'second.json'), JSON.stringify({ system_message: 'Another prompt.', in_context: example }))
  await exemplar('prompt', 'import', 'p', '--file', 'second.json')
})
afterEach(() => model.close())

describe('profiles', () => {
  it('are listed without keys, the active one marked', async () => {
    expect((await exemplar('profiles')).out).toEqual(['*\tDefault\tdemo', `\tLocal server\topenai\tgemma\t${model.url}`])
    const listed: unknown = JSON.parse((await exemplar('profiles', '--json')).out.join('\n'))
    expect(listed).toMatchObject([
      { name: 'Default', active: true },
      { name: 'Local server', active: false, model: 'gemma' },
    ])
    expect(JSON.stringify(listed)).not.toContain('sk-')
  })

  it('are chosen by name for a run, and options change them for this run', async () => {
    expect(await exemplar('generate', 'p', '--profile', 'local SERVER', '--model', 'other', '--limit', '1')).toMatchObject({ code: 0 })
    expect(model.requests.map(({ body, authorization }) => [body.model, authorization])).toEqual([['other', 'Bearer sk-test']])
    const settings: unknown = JSON.parse(fs.readFileSync(path.join(directory, 'settings.json'), 'utf8'))
    expect(settings).toMatchObject({ otherProfiles: [{ model: 'gemma' }] })
  })

  it('that are not there are refused with the names of those that are', async () => {
    const refused = await exemplar('generate', 'p', '--profile', 'Cloud')
    expect(refused).toMatchObject({ code: 2, out: [] })
    expect(refused.errors.join()).toMatch(/no profile “Cloud”\. → Choose one of “Default”, “Local server”/)
  })

  it('of another model do not go on with a run', async () => {
    await exemplar('generate', 'p', '--provider', 'openai', '--base-url', model.url, '--model', 'unknown', '--limit', '1')
    expect((await exemplar('generate', 'p', '--resume', '--profile', 'Local server')).errors.join()).toContain('begun with model unknown')
    expect((await exemplar('generate', 'p', '--resume', '--profile', 'Default')).errors.join()).toContain('begun with provider openai')
  })
})

describe('compare', () => {
  it('tells requests, tokens and price before it starts, and sends nothing where only that is asked for', async () => {
    const { code, errors, out } = await compare('--versions', '1,2', '--items', '3', '--profile', 'Local server', '--plan')
    expect({ code, out }).toEqual({ code: 0, out: [] })
    expect(errors.join()).toMatch(/plan: 3 items, 6 requests to send, 0 kept; about \d+ tokens in, \d+ out; about \$0\.00\d+ with gemma/)
    expect(model.requests).toEqual([])
  })

  it('prints both sets of pairs of each item and the totals, and pays for nothing twice', async () => {
    const args = ['--versions', '1,2', '--items', '2', '--profile', 'Local server', '--pairs', '2']
    const { code, out } = await compare(...args)
    expect(code).toBe(0)
    const text = out.join('\n')
    expect(text).toMatch(/— item \S+ \(1 of 2\) —\nversion 1: 2 pairs\n {2}What can you say[^\n]+\n {4}It shows this/)
    expect(out).toContain('totals\tversion 1\tversion 2')
    expect(out).toContain('pairs\t4\t4')
    expect(out).toContain('tokens in\t200\t200')
    expect(out).toContain('cost\t$0.00028\t$0.00028')
    expect(model.requests).toHaveLength(4)
    const again = await compare(...args)
    expect(again.errors.join()).toContain('0 requests to send, 4 kept')
    expect(again.out.slice(0, -1)).toEqual(out.slice(0, -1))
    expect(model.requests).toHaveLength(4)
  })

  it('gives all of it as JSON, for random items of a seed', async () => {
    const args = ['--items', '2', '--random', '5', '--profile', 'Local server', '--json']
    const schema = z.object({ items: z.array(z.object({ sourceId: z.string(), first: z.object({ pairs: z.array(z.unknown()) }) })) })
    const read = async () => schema.parse(JSON.parse((await compare(...args)).out.join('\n'))).items.map(({ sourceId }) => sourceId)
    expect(await read()).toEqual(await read())
  })

  it('works with the demo generator, for free', async () => {
    const { code, out, errors } = await compare('--items', '1')
    expect(code).toBe(0)
    expect(errors.join()).toContain('free with demo')
    expect(out).toContain('cost\t$0\t$0')
  })

  it.each([
    [['--versions', '1'], /two version numbers/],
    [['--versions', '1,1'], /Both versions are the same/],
    [['--versions', '1,9'], /Prompt version 9 does not exist/],
    [['--versions', '1,x'], /two version numbers/],
    [['--items', '21'], /at most 20/],
    [['--ids', 'none'], /no item none/],
    [['--ids', '1', '--items', '2'], /--ids names the items already/],
    [['--random', '-1'], /whole number from 0/],
  ])('refuses %j with a remedy', async (args, words) => {
    const refused = await compare(...args)
    expect(refused).toMatchObject({ code: 2, out: [] })
    expect(refused.errors.join('\n')).toMatch(words)
    expect(refused.errors.join('\n')).toContain(' → ')
  })

  it('names what failed, and ends with its code', async () => {
    await model.close()
    model = await startModelServer({ behaviour: 'refusal', port: Number(new URL(model.url).port) })
    const { code, errors } = await compare('--items', '1', '--profile', 'Local server')
    expect(code).toBe(1)
    expect(errors.filter((line) => line.startsWith('failed:')).join('\n')).toMatch(/version 1: refused: .* → /)
  })
})
