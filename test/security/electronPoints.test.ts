import path from 'node:path'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { Bridge } from '../../src/shared/contract'
import { asked, builtFolder } from '../support/fakeElectron'
import { readProjectFile } from '../support/projectFiles'
import { message } from '../../src/shared/messages/message'

// The points of https://www.electronjs.org/docs/latest/tutorial/security, by their numbers there. Main's own start runs, with Electron
// replaced: `npm run test:mutants` undoes each point, and one of these tests or of houseSettings must fail.
vi.mock('electron', async () => (await import('../support/fakeElectron')).fakeElectron)

beforeAll(async () => {
  await import('../../src/main/index')
  await vi.waitFor(() => expect(asked.calls.has('exemplar:call')).toBe(true))
})

type Call = (...args: unknown[]) => unknown
const pageUrl = 'app://exemplar/index.html'

/** A page that Electron has just made, as main has equipped it. */
function equipPage() {
  const listeners = new Map<string, Call>()
  const page = { policies: [] as unknown[], open: (() => ({ action: 'allow' })) as Call }
  const contents = {
    on: (name: string, listener: Call) => void listeners.set(name, listener),
    setWindowOpenHandler: (handler: Call) => (page.open = handler),
    setWebRTCIPHandlingPolicy: (policy: unknown) => void page.policies.push(policy),
  }
  for (const listener of asked.app.get('web-contents-created') ?? []) (listener as Call)({}, contents)
  const isPrevented = (name: string, url = '') => {
    let prevented = false
    listeners.get(name)?.({ url, preventDefault: () => (prevented = true) }, {}, { src: url })
    return prevented
  }
  return { page, isPrevented }
}

const elsewhere = [
  'https://example.com/',
  'http://127.0.0.1/',
  'file:///etc/passwd',
  'data:text/html,<p>',
  'javascript:alert(1)',
  'about:blank',
  'app://exemplar/other.html',
  'app://evil/index.html',
  'app://exemplar.evil/index.html',
  'app://exemplar/index.html?x',
  'media://exemplar/index.html',
  'APP://exemplar/../index',
  '',
]

describe('2, 3, 4, 6, 8, 9, 10, 11: the window', () => {
  test('is made with these preferences and no other', () => {
    expect(asked.windows).toHaveLength(1)
    expect(asked.windows[0]?.options['webPreferences']).toEqual({
      preload: path.join(builtFolder, 'preload/index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    })
  })
})

describe('1, 18: what is loaded', () => {
  test('is the window’s own page, by a scheme of its own', () => {
    expect(asked.windows[0]?.loaded).toEqual([pageUrl])
    expect([...asked.files.keys(), ...asked.schemes.keys()]).toEqual(['app', 'media'])
  })

  test('comes by schemes with these privileges and no other', () => {
    expect(asked.privileged).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, codeCache: true, supportFetchAPI: true } },
      { scheme: 'media', privileges: { standard: true, secure: true, stream: true, supportFetchAPI: true } },
    ])
  })

  test('switches nothing of Chromium off but these', () => {
    expect(asked.switches).toEqual([
      ['js-flags', '--min-semi-space-size=16'],
      ['enable-features', 'NetworkServiceInProcess2'],
    ])
  })

  const serve = (url: string) => {
    let answer: unknown
    ;(asked.files.get('app') as Call)({ url }, (given: unknown) => (answer = given))
    return answer
  }

  test('is a built file and nothing beside', () => {
    expect(serve(pageUrl)).toMatchObject({ path: path.join(builtFolder, 'renderer/index.html'), mimeType: 'text/html' })
    for (const url of [
      'app://exemplar/../secret.txt',
      'app://exemplar/%2e%2e/secret.txt',
      'app://exemplar/..%2fsecret.txt',
      'app://exemplar/missing.html',
      'app://evil/index.html',
      'app://exemplar/',
    ])
      expect({ url, answer: serve(url) }).toEqual({ url, answer: { error: -6 } })
  })

  test('7: a script that runs as a worker reaches nothing, and no file is taken for another kind', () => {
    expect(serve('app://exemplar/a.js')).toMatchObject({
      headers: { 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; webrtc 'block'" },
    })
    expect(serve(pageUrl)).toMatchObject({ headers: { 'x-content-type-options': 'nosniff' } })
  })
})

describe('5: a permission', () => {
  test.each(['media', 'geolocation', 'notifications', 'clipboard-read', 'display-capture', 'hid', 'openExternal', 'fileSystem', 'unknown'])(
    'such as %s is not given to anybody',
    (permission) => {
      for (const page of [pageUrl, 'https://example.com/']) {
        const answers: unknown[] = []
        ;(asked.session.get('request') as Call)({ getURL: () => page }, permission, (answer: unknown) => answers.push(answer), {})
        expect(answers).toEqual([false])
        expect((asked.session.get('check') as Call)({ getURL: () => page }, permission, page, {})).toBe(false)
      }
    },
  )

  test('for a device is not given either', () => {
    for (const deviceType of ['hid', 'serial', 'usb'])
      expect((asked.session.get('device') as Call)({ deviceType, origin: pageUrl, device: {} })).toBe(false)
  })

  test('for a download is not given', () => {
    let prevented = false
    ;(asked.session.get('will-download') as Call)({ preventDefault: () => (prevented = true) }, {}, {})
    expect(prevented).toBe(true)
  })
})

describe('12, 13, 14: a page', () => {
  test('holds no other page', () => {
    for (const url of [pageUrl, ...elsewhere])
      expect({ url, no: equipPage().isPrevented('will-attach-webview', url) }).toEqual({ url, no: true })
  })

  test.each(['will-navigate', 'will-redirect'])('goes nowhere else (%s)', (name) => {
    for (const url of elsewhere) expect({ url, no: equipPage().isPrevented(name, url) }).toEqual({ url, no: true })
    for (const url of [pageUrl, `${pageUrl}#review`]) expect({ url, no: equipPage().isPrevented(name, url) }).toEqual({ url, no: false })
  })

  test('opens no window', () => {
    for (const url of [pageUrl, ...elsewhere]) expect(equipPage().page.open({ url })).toEqual({ action: 'deny' })
  })

  test('sends no packets past a proxy', () => {
    expect(equipPage().page.policies).toEqual(['disable_non_proxied_udp'])
  })
})

describe('7: the policy of the page', () => {
  test('is this one', () => {
    const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(readProjectFile('src/renderer/index.html'))?.[1] ?? ''
    expect(Object.fromEntries(policy.split('; ').map((part) => [part.split(' ')[0], part.split(' ').slice(1).join(' ')]))).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self' 'unsafe-inline'",
      'img-src': "'self' media: data:",
      'media-src': 'media:',
      'font-src': "'self'",
      'connect-src': "'self'",
      'base-uri': "'none'",
      'form-action': "'none'",
      webrtc: "'block'",
    })
  })
})

describe('16: Electron', () => {
  test('is of one known version, not of an older one', () => {
    const { devDependencies } = JSON.parse(readProjectFile('package.json')) as { devDependencies: Record<string, string> }
    const [, major] = /^(\d+)\.\d+\.\d+$/.exec(devDependencies['electron'] ?? '') ?? []
    expect(Number(major)).toBeGreaterThanOrEqual(45)
  })
})

describe('17: a call', () => {
  const ask = (senderFrame: unknown) => (asked.calls.get('exemplar:call') as Call)({ senderFrame }, 'app.info', {})

  test('is answered for the window’s own page', async () => {
    expect(await ask({ url: pageUrl, parent: null })).toMatchObject({ ok: true, value: { version: '0' } })
  })

  test('is refused for every other sender', async () => {
    const refused = { ok: false, problem: { code: 'wrong-use', message: message('app.pageNotAllowed') } }
    for (const url of elsewhere) expect({ url, answer: await ask({ url, parent: null }) }).toMatchObject({ url, answer: refused })
    expect(await ask({ url: pageUrl, parent: { url: pageUrl } })).toMatchObject(refused)
    expect(await ask(null)).toMatchObject(refused)
  })
})

describe('20: the page', () => {
  test('is given three functions, which hand on neither Electron’s events nor any other channel', async () => {
    vi.stubGlobal('document', { addEventListener: () => undefined })
    vi.stubGlobal('addEventListener', () => undefined)
    await import('../../src/preload/index')
    expect(asked.exposed.map(([name, value]) => [name, Object.keys(value)])).toEqual([['exemplar', ['call', 'drop', 'on']]])
    const bridge = asked.exposed[0]?.[1] as Bridge
    await bridge.call('app.info', {})
    expect(asked.invoked).toEqual([['exemplar:call', 'app.info', {}]])
    const heard: unknown[][] = []
    bridge.on('data.changed', (...given: unknown[]) => void heard.push(given))
    ;(asked.received.get('exemplar:data.changed') as Call)({ sender: 'Electron' }, { what: 'items' })
    expect(heard).toEqual([[{ what: 'items' }]])
    vi.unstubAllGlobals()
  })
})
