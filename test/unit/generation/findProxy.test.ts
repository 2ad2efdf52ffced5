import { afterEach, describe, expect, it } from 'vitest'
import { findProxy, followSystemProxy } from '../../../src/main/generation/providers/http/proxy'

afterEach(() => followSystemProxy(undefined))

const find = async (url: string, environment: Record<string, string>) => (await findProxy(new URL(url), environment))?.address ?? null
const P = 'http://proxy:3128'

describe('the proxy of the environment, as curl reads it', () => {
  it.each([
    ['http://a.example/v1', { http_proxy: P }, P],
    ['http://a.example/v1', { HTTP_PROXY: P }, P],
    ['http://a.example/v1', { http_proxy: P, HTTP_PROXY: 'http://other:1' }, P],
    ['https://a.example/v1', { http_proxy: P }, null],
    ['https://a.example/v1', { HTTPS_PROXY: P }, P],
    ['https://a.example/v1', { ALL_PROXY: 'socks5://proxy:1080' }, 'socks5://proxy:1080'],
    ['https://a.example/v1', { all_proxy: 'socks5h://proxy:1080' }, 'socks5://proxy:1080'],
    ['http://a.example/v1', { all_proxy: P, http_proxy: 'http://own:1' }, 'http://own:1'],
    ['http://a.example/v1', { http_proxy: '', HTTP_PROXY: P }, null],
    ['http://a.example/v1', { http_proxy: 'proxy:3128' }, P],
    ['http://a.example/v1', { http_proxy: 'https://proxy' }, 'https://proxy'],
    ['http://127.0.0.1:8000/v1', { http_proxy: P }, P],
    ['http://localhost:8000/v1', { http_proxy: P, no_proxy: 'localhost,127.0.0.1' }, null],
    ['http://a.example/v1', {}, null],
  ])('%s with %j: %s', async (url, environment, expected) => {
    expect(await find(url, environment as Record<string, string>)).toBe(expected)
  })

  it.each([
    ['a.example', true],
    ['A.EXAMPLE', true],
    ['example', true],
    ['.example', true],
    ['*.example', true],
    ['*', true],
    ['b.example, a.example', true],
    ['b.example a.example', true],
    ['a.example:80', true],
    ['a.example:8080', false],
    ['other.a.example', false],
    ['xample', false],
    ['', false],
    [', ,', false],
  ])('NO_PROXY=%j excepts a.example: %s', async (list, excepted) => {
    expect(await find('http://a.example/v1', { http_proxy: P, NO_PROXY: list })).toBe(excepted ? null : P)
  })

  it.each([
    ['http://10.1.2.3/v1', '10.0.0.0/8', true],
    ['http://11.1.2.3/v1', '10.0.0.0/8', false],
    ['http://127.0.0.1/v1', '127.0.0.1', true],
    ['http://127.0.0.1/v1', '0.0.1', false],
    ['http://[::1]:11434/v1', '::1', true],
    ['http://[::1]:11434/v1', '[::1]:11434', true],
    ['http://[fe80::1]/v1', 'fe80::/10', true],
    ['http://a.example/v1', '10.0.0.0/99', false],
    ['http://127.1.2.3/v1', 'localhost;127.*;<local>', true],
    ['http://box/v1', '<local>', true],
    ['http://a.example/v1', '<local>', false],
    ['http://api.example/v1', '*example', true],
    ['http://api.example/v1', 'api.*', true],
    ['http://papi.example/v1', 'api.*', false],
  ])('%s with NO_PROXY=%s: %s', async (url, list, excepted) => {
    expect(await find(url, { http_proxy: P, no_proxy: list })).toBe(excepted ? null : P)
  })
})

it('name and password go to the proxy alone', async () => {
  const proxy = await findProxy(new URL('http://a.example'), { http_proxy: 'http://us%40er:p%25w@proxy:1' })
  expect(proxy).toEqual({ address: 'http://proxy:1', authorization: `Basic ${Buffer.from('us@er:p%w').toString('base64')}` })
})

it.each(['http://user:secret@pro xy:1', 'ftp://user:secret@proxy', 'http://', 'socks4://user:secret@proxy'])(
  '%s is named without what it says',
  async (value) => {
    const error: unknown = await findProxy(new URL('http://a.example'), { HTTP_PROXY: value }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'proxy', message: expect.stringContaining('HTTP_PROXY'), details: { final: true } })
    expect(String(error)).not.toContain('secret')
  },
)

describe('the proxy of the system', () => {
  it.each([
    ['DIRECT', null],
    ['PROXY proxy:3128; DIRECT', P],
    ['HTTPS proxy:443', 'https://proxy'],
    ['SOCKS4 old:1080; SOCKS5 proxy:1080', 'socks5://proxy:1080'],
    ['', null],
  ])('%j is %s', async (listed, expected) => {
    followSystemProxy(() => Promise.resolve(listed))
    expect(await find('http://a.example/v1', {})).toBe(expected)
  })

  it('gives way to the environment', async () => {
    followSystemProxy(() => Promise.resolve('PROXY system:1'))
    expect(await find('http://a.example/v1', { http_proxy: P })).toBe(P)
    expect(await find('http://a.example/v1', { no_proxy: 'a.example' })).toBe(null)
    expect(await find('https://a.example/v1', { http_proxy: P })).toBe('http://system:1')
  })

  it('is none where the system cannot say', async () => {
    followSystemProxy(() => Promise.reject(new Error('no session')))
    expect(await find('http://a.example/v1', {})).toBe(null)
  })
})
