import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { mayHaveEnvironmentKey } from '../../src/main/generation/providers/http/checkKey'
import { closeProject, openProject } from '../../src/main/project/project'
import { claimRun, endRun, requireRun, saveRunProvider } from '../../src/main/store/runs/runs'
import { type ModelServerOptions, startModelServer } from '../support/modelServer'
import { temporaryDirectory } from '../support/temporaryProject'
import { cocoArgs, run } from '../support/terminal'

const secret = 'sk-very-secret-0123456789'

const filesBelow = (folder: string): string[] =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))

/** Goes the whole way against the server. @returns all that was said, and every file that holds the text */
async function goTheWholeWay(server: ModelServerOptions, options: { key?: string; address?: (url: string) => string; seek: string }) {
  const model = await startModelServer({ retryAfter: '0', ...server })
  const directory = temporaryDirectory()
  const said: string[] = []
  const command = async (...args: string[]) => {
    const outcome = await run(directory, args, options.key ? { OPENAI_API_KEY: options.key } : {})
    said.push(...outcome.out, ...outcome.errors)
    return outcome
  }
  await command('new', 'p', '--recipe', 'la')
  await command('import', 'p', ...cocoArgs)
  const address = options.address?.(model.url) ?? model.url
  const { code } = await command('generate', 'p', '--provider', 'openai', '--base-url', address, '--limit', '2')
  const { out } = await command('list', 'p', '--candidates', '--json')
  const drafted = JSON.parse(out.join('\n')) as { id: number }[]
  fs.writeFileSync(
    path.join(directory, 'd.jsonl'),
    drafted.map(({ id }) => JSON.stringify({ candidate: id, verdict: 'accept', reviewer: 'Ada' })).join('\n'),
  )
  await command('decide', 'p', '--file', 'd.jsonl')
  for (const format of ['jsonl', 'mimic-it']) await command('export', 'p', '--format', format, '--out', format)
  await command('doctor', 'p')
  await model.close()
  const held = filesBelow(directory).filter((file) => fs.readFileSync(file).includes(options.seek))
  return { code, said: said.join('\n'), held, requests: model.requests, drafted: drafted.length }
}

const echo = (authorization: string | null) => `You sent ${authorization}.`

describe('the key of the command line', () => {
  for (const [what, server] of [
    ['answers well', {}],
    ['repeats it in a refusal', { behaviour: 'wrong-key' }],
    [
      'repeats it in every error',
      { script: ({ authorization }) => ({ status: 500, body: JSON.stringify({ error: { message: echo(authorization) } }) }) },
    ],
    ['repeats it in a page', { script: ({ authorization }) => ({ status: 404, body: `<html>${echo(authorization)}</html>` }) }],
    ['repeats it in prose', { script: ({ authorization }) => ({ status: 200, body: reply(echo(authorization)) }) }],
    [
      'repeats it in its pairs',
      {
        script: ({ authorization }) => ({
          status: 200,
          body: reply(JSON.stringify({ pairs: [{ instruction: 'What did I send?', response: echo(authorization) }] })),
        }),
      },
    ],
    ['answers something else', { script: ({ authorization }) => ({ status: 200, body: JSON.stringify({ you: echo(authorization) }) }) }],
  ] as const satisfies readonly (readonly [string, ModelServerOptions])[])
    test(`is sent, and neither told nor stored nor exported, when the server ${what}`, async () => {
      const { said, held, requests } = await goTheWholeWay(server, { key: secret, seek: secret })
      expect(requests.length).toBeGreaterThan(0)
      expect(requests.every(({ authorization }) => authorization === `Bearer ${secret}`)).toBe(true)
      expect(said).not.toContain(secret)
      expect(held).toEqual([])
    })

  test('is not sent to another address when a server redirects there', async () => {
    const other = await startModelServer()
    const { said } = await goTheWholeWay(
      { script: () => ({ status: 307, headers: { location: `${other.url}/chat/completions` }, body: '' }) },
      { key: secret, seek: secret },
    )
    await other.close()
    expect(other.requests.filter(({ authorization }) => authorization?.includes(secret))).toEqual([])
    expect(said).not.toContain(secret)
  })
})

describe('the key and a project from elsewhere', () => {
  test.each([
    ['https://api.openai.com/v1', true],
    ['http://127.0.0.1:1234/v1', true],
    ['http://localhost/v1', true],
    ['http://[::1]:8080/v1', true],
    ['http://api.openai.com/v1', false],
    ['https://openai.com.evil.example/v1', false],
    ['https://evilopenai.com/v1', false],
    ['http://127.0.0.1.evil.example/v1', false],
    ['http://192.0.2.1/v1', false],
  ])('%s, which only the project names: %s', (address, may) => {
    expect(mayHaveEnvironmentKey(address)).toBe(may)
  })

  test('a run that is resumed does not hand the key to the address in the project', async () => {
    const thief = await startModelServer({ behaviour: 'prose' })
    const directory = temporaryDirectory()
    const environment = { OPENAI_API_KEY: secret }
    await run(directory, ['new', 'p', '--recipe', 'la'])
    await run(directory, ['import', 'p', ...cocoArgs])
    await run(directory, ['generate', 'p', '--provider', 'openai', '--base-url', thief.url, '--limit', '1'])
    const project = openProject(path.join(directory, 'p'))
    // a name that leads to this machine without saying so, as a stranger's server would
    const address = thief.url.replace('127.0.0.1', '0.0.0.0')
    claimRun(project.db, 1)
    saveRunProvider(project.db, 1, { ...requireRun(project.db, 1).settings.provider, baseUrl: address })
    endRun(project.db, 1, 'interrupted')
    closeProject(project)
    const resumed = await run(directory, ['generate', 'p', '--resume'], environment)
    expect(resumed.errors[0]).toMatch(/^note: the key is not sent to http:\/\/0\.0\.0\.0/)
    expect(thief.requests).toHaveLength(2)
    expect(thief.requests.at(-1)?.authorization).toBeNull()
    await run(directory, ['generate', 'p', '--resume', '--base-url', address], environment)
    expect(thief.requests.at(-1)?.authorization).toBe(`Bearer ${secret}`)
    await thief.close()
  })
})

describe('a base address', () => {
  test('with a name and a password is refused before anything is stored', async () => {
    const { code, said, held, requests } = await goTheWholeWay(
      {},
      { address: (url) => url.replace('//', '//ada:hidden-word@'), seek: 'hidden-word' },
    )
    expect({ code, requests: requests.length, held }).toEqual({ code: 2, requests: 0, held: [] })
    expect(said).not.toContain('hidden-word')
  })

  test('with a key in its query leaves it out of every export', async () => {
    const { said, held } = await goTheWholeWay({}, { address: (url) => `${url}?key=hidden-word`, seek: 'hidden-word' })
    expect(said).not.toContain('hidden-word')
    expect(held.filter((file) => !path.basename(file).startsWith('project.sqlite'))).toEqual([])
  })
})

function reply(content: string): string {
  return JSON.stringify({ choices: [{ finish_reason: 'stop', message: { content } }], usage: { prompt_tokens: 1, completion_tokens: 1 } })
}
