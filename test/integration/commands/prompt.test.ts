import fs from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { messageSchema } from '../../../src/shared/domain'
import { temporaryDirectory } from '../../support/temporaryProject'
import { cocoArgs, run, samples } from '../../support/terminal'

let directory: string
beforeEach(async () => {
  directory = temporaryDirectory()
  await run(directory, ['new', 'p', '--recipe', 'la'])
  await run(directory, ['import', 'p', ...cocoArgs])
})

const prompt = (...args: string[]) => run(directory, ['prompt', ...args])
const shownSchema = z.object({
  promptVersion: z.number(),
  messages: z.array(messageSchema),
  tokens: z.number(),
  price: z.number().nullable(),
})
const show = async (...args: string[]) => shownSchema.parse(JSON.parse((await prompt('show', 'p', '--json', ...args)).out.join('\n')))
const place = (name: string) => path.join(directory, name)
const example = (user: string, question: string) => [
  { role: 'user', content: user },
  { role: 'assistant', content: `Question: ${question}\nAnswer: So: it is.` },
]
const write = (name: string, value: unknown) => fs.writeFileSync(place(name), typeof value === 'string' ? value : JSON.stringify(value))

describe('prompt show', () => {
  it('prints the exact messages, tokens and price, of the first item or of one named', async () => {
    const shown = await show()
    expect(shown.messages.map(({ role }) => role)).toEqual(['system', 'user'])
    expect(shown.tokens).toBeGreaterThan(50)
    expect(shown.price).toBeGreaterThan(0)
    expect((await show('--item', '3')).messages).not.toEqual(shown.messages)
    expect((await show('--model', 'mine')).price).toBeNull()
    const plain = (await prompt('show', 'p')).out.join('\n')
    for (const part of ['— system —', '— user —', 'prompt version 1', 'gpt-4.1-mini']) expect(plain).toContain(part)
  })

  it('says so where there is no such item', async () => {
    expect(await prompt('show', 'p', '--item', 'none')).toMatchObject({ code: 2, errors: [expect.stringMatching(/no item none.* → /)] })
  })
})

describe('prompt import', () => {
  it('makes message and examples a new version, whose examples stand in every prompt', async () => {
    write('theirs.json', { system_message: 'Theirs.', in_context: example('captions: a far shore', 'Where is it?') })
    expect(await prompt('import', 'p', '--file', 'theirs.json')).toMatchObject({ code: 0, out: ['prompt version 2, 1 example'] })
    const { promptVersion, messages } = await show()
    expect(promptVersion).toBe(2)
    expect(messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user'])
    expect(JSON.stringify(messages)).toContain('So: it is.')
    expect((await run(directory, ['generate', 'p', '--limit', '1'])).code).toBe(0)
  })

  it('changes nothing where the file has faults, unless they are to be put right', async () => {
    const twice = example('a', 'Where?')
    write('faulty.json', { system_message: 'Theirs.', in_context: [...twice, ...twice] })
    const refused = await prompt('import', 'p', '--file', 'faulty.json')
    expect(refused).toMatchObject({ code: 1, out: [] })
    expect(refused.errors.join('\n')).toMatch(/identical-exemplars: .* → .*\nerror: .*--repair/)
    expect((await show()).promptVersion).toBe(1)
    expect(await prompt('import', 'p', '--file', 'faulty.json', '--repair')).toMatchObject({
      code: 0,
      out: ['prompt version 2, 1 example, 1 issue repaired'],
    })
  })

  it('refuses what is no prompt file, even with repair', async () => {
    write('list.json', '[1, 2]')
    expect(await prompt('import', 'p', '--file', 'list.json', '--repair')).toMatchObject({
      code: 1,
      errors: [expect.stringContaining('list.json')],
    })
    fs.copyFileSync(path.join(samples, 'annotations/coco/captions.json'), place('captions.json'))
    expect(await prompt('import', 'p', '--file', 'captions.json', '--repair')).toMatchObject({
      code: 1,
      errors: [expect.stringContaining('neither a “system_message” nor examples')],
    })
    for (const mark of ['\uFEFF', '']) {
      fs.writeFileSync(place('wide.json'), `${mark}{"system_message": "x", "in_context": []}`, 'utf16le')
      expect(await prompt('import', 'p', '--file', 'wide.json')).toMatchObject({
        code: 1,
        errors: [expect.stringMatching(/UTF-16 or UTF-32.* → Save it with UTF-8 encoding/)],
      })
    }
    expect((await prompt('import', 'p', '--file', 'absent.json', '--repair')).code).toBe(2)
    expect((await show()).promptVersion).toBe(1)
  })
})

describe('prompt export', () => {
  it('writes a file with the approved pairs that another project takes', async () => {
    await run(directory, ['generate', 'p', '--limit', '2', '--pairs', '1'])
    write('decisions.jsonl', [1, 2].map((candidate) => JSON.stringify({ candidate, verdict: 'accept', reviewer: 'Ada' })).join('\n'))
    await run(directory, ['decide', 'p', '--file', 'decisions.jsonl'])
    expect(await prompt('export', 'p', '--file', 'ours.json')).toMatchObject({ code: 0, out: ['ours.json: prompt version 1, 2 examples'] })
    expect(await prompt('lint', '--file', 'ours.json')).toMatchObject({ code: 0, errors: [] })
    await run(directory, ['new', 'q', '--recipe', 'la'])
    expect(await prompt('import', 'q', '--file', 'ours.json')).toMatchObject({ code: 0, out: [expect.stringContaining('2 examples')] })
    await prompt('export', 'q', '--file', 'again.json')
    expect(fs.readFileSync(place('again.json'), 'utf8')).toBe(fs.readFileSync(place('ours.json'), 'utf8'))
  })

  it('and import again add nothing twice, and show no item what was said about it', async () => {
    write('theirs.json', { system_message: 'Theirs.', in_context: example('captions: a far shore', 'Where is it?') })
    await prompt('import', 'p', '--file', 'theirs.json')
    await run(directory, ['generate', 'p', '--limit', '3', '--pairs', '2'])
    write('decisions.jsonl', [1, 2, 3, 4].map((candidate) => JSON.stringify({ candidate, verdict: 'accept', reviewer: 'Ada' })).join('\n'))
    await run(directory, ['decide', 'p', '--file', 'decisions.jsonl'])
    const before = await show('--item', '3')

    expect(await prompt('export', 'p', '--file', 'one.json')).toMatchObject({ code: 0, out: [expect.stringContaining('3 examples')] })
    expect(await prompt('import', 'p', '--file', 'one.json')).toMatchObject({ code: 0, out: ['prompt version 3, 3 examples'] })
    expect(await prompt('export', 'p', '--file', 'two.json')).toMatchObject({ code: 0, out: [expect.stringContaining('3 examples')] })
    expect(fs.readFileSync(place('two.json'), 'utf8')).toBe(fs.readFileSync(place('one.json'), 'utf8'))
    expect(await prompt('lint', '--file', 'two.json')).toMatchObject({ code: 0, errors: [] })

    const { messages } = await show('--item', '3')
    expect(messages).toEqual(before.messages)
    for (const item of ['1', '2']) {
      const shown = (await show('--item', item)).messages
      expect(shown.filter(({ role }) => role === 'assistant')).toHaveLength(2)
      const own = shown.at(-1)?.content[0]
      expect(shown.slice(0, -1).filter(({ content }) => JSON.stringify(content[0]) === JSON.stringify(own))).toEqual([])
    }
  })

  it('says where it cannot write, and leaves nothing behind', async () => {
    expect((await prompt('export', 'p', '--file', 'no/such/folder.json')).code).not.toBe(0)
    fs.mkdirSync(place('taken'))
    expect(await prompt('export', 'p', '--file', 'taken')).toMatchObject({
      code: 2,
      errors: [expect.stringMatching(/taken is a folder, not a file\. → Choose a file inside it/)],
    })
    expect(await prompt('lint', '--file', 'taken')).toMatchObject({ code: 2, errors: [expect.stringContaining('is a folder, not a file')] })
    expect(fs.readdirSync(directory).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })
})

describe('prompt lint', () => {
  it('names each issue with its place and the remedy, one a line, and exits with 1', async () => {
    write('broken.json', '{"system_message": "x",\n "in_context": [}')
    const broken = await prompt('lint', '--file', 'broken.json')
    expect(broken).toMatchObject({ code: 1, out: [] })
    expect(broken.errors).toEqual([expect.stringMatching(/broken\.json:2: invalid-json: .*line 2, column 17.* → ./)])
    write('odd.json', {
      in_context: [...example('a', 'Why?').slice(1), { role: 'user', content: 'b' }, { role: 'assistant', content: '?' }],
    })
    const odd = await prompt('lint', '--file', 'odd.json')
    expect(odd.errors.map((line) => / ([a-z-]+): /.exec(line.replace(/^failed: odd.json/, ''))?.[1])).toEqual([
      'no-system-message',
      'missing-user-turn',
      'unparsable-assistant-turn',
    ])
    expect(odd.errors.every((line) => line.includes(' → '))).toBe(true)
  })
})
