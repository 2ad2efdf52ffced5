import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { listProjectFiles, readProjectFile } from '../support/projectFiles'

const sources = listProjectFiles('src')
const main = sources.filter((file) => file.startsWith('src/main/')).map(readProjectFile)

describe('the window', () => {
  test('is sandboxed, isolated and without Node wherever one is opened, as is the page that decodes videos', () => {
    const opened = sources.filter((file) => /new (?:BrowserWindow|WebContentsView)\(/.test(readProjectFile(file)))
    expect(opened.toSorted()).toEqual(['src/main/electron/decoderPage.ts', 'src/main/electron/window.ts'])
    for (const text of opened.map(readProjectFile))
      for (const setting of ['sandbox: true', 'contextIsolation: true', 'nodeIntegration: false', 'webviewTag: false'])
        expect(text).toContain(setting)
    expect(main.join('\n')).not.toMatch(/webSecurity|allowRunningInsecureContent|nodeIntegrationInWorker|enableRemoteModule|bypassCSP/)
  })

  test('lets its page load scripts of its own alone, and reach no address', () => {
    const html = readProjectFile('src/renderer/index.html')
    const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(html)?.[1] ?? ''
    const directives = new Map(policy.split(';').map((part) => [part.trim().split(' ')[0], part.trim().split(' ').slice(1)]))
    expect(directives.get('default-src')).toEqual(["'none'"])
    expect(directives.get('script-src')).toEqual(["'self'"])
    expect(directives.get('connect-src')).toEqual(["'self'"])
    for (const name of ['object-src', 'frame-src', 'worker-src', 'base-uri', 'form-action'])
      expect(directives.get(name) ?? ["'none'"]).toEqual(["'none'"])
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval/)
  })

  test('has a page for videos that reaches nothing but its own scheme', () => {
    const page = readProjectFile('src/main/electron/decoderPage.ts')
    for (const guard of [
      'secureSession(own)',
      "default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'none'; webrtc 'block'",
      'cancel: !url.startsWith(pageUrl)',
      'secureContents(() => false)',
    ])
      expect(page).toContain(guard)
  })

  test('has no HTML made of text, and no code made of text', () => {
    const renderer = sources.filter((file) => file.startsWith('src/renderer/'))
    const dangerous = /dangerouslySetInnerHTML|\.(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write|\beval\(|new Function\(/
    expect(renderer.filter((file) => dangerous.test(readProjectFile(file)))).toEqual([])
    expect(sources.filter((file) => /\beval\(|new Function\(|node:vm/.test(readProjectFile(file)))).toEqual([])
  })

  test('is given two functions by the preload script, and never Electron itself', () => {
    const preload = readProjectFile('src/preload/index.ts')
    expect(preload.match(/exposeInMainWorld\(/g)).toHaveLength(1)
    expect(preload).not.toMatch(/exposeInMainWorld\([^)]*ipcRenderer/)
  })

  test('may not navigate, open windows, or be granted anything', () => {
    const security = readProjectFile('src/main/electron/security.ts')
    for (const guard of [
      'setPermissionRequestHandler',
      'setPermissionCheckHandler',
      'will-navigate',
      'will-attach-webview',
      "action: 'deny'",
    ])
      expect(security).toContain(guard)
    expect(main.join('\n')).not.toMatch(/shell\.openExternal/)
  })
})

describe('the program', () => {
  test('starts no shell, and no program but itself', () => {
    expect(main.filter((text) => /shell: true/.test(text))).toEqual([])
    const starting = main.filter((text) => text.includes('child_process'))
    expect(starting).toHaveLength(1)
    expect(starting[0]).toContain("import { type ChildProcess, spawn } from 'node:child_process'")
    // From source the program for videos is started in the checkout's own Electron.
    expect(starting[0]).toContain("'../../tools/runtime/videoCommand.mjs'")
    expect(readProjectFile('tools/runtime/videoCommand.mjs')).toContain('[exe, ...sandboxArgs, program]')
  })

  test('is released with the fuses set', () => {
    const { electronFuses, asar } = parse(readProjectFile('electron-builder.yml')) as {
      electronFuses: Record<string, boolean>
      asar: unknown
    }
    expect(asar).not.toBe(false)
    expect(electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    })
  })
})
