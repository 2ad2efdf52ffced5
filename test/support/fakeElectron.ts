import fs from 'node:fs'
import path from 'node:path'
import { temporaryDirectory } from './temporaryProject'

type Listener = (...args: never[]) => unknown

/** What main asked of Electron, for tests that run main's own start without it. */
export const asked = {
  switches: [] as string[][],
  privileged: [] as unknown[],
  files: new Map<string, Listener>(),
  schemes: new Map<string, Listener>(),
  calls: new Map<string, Listener>(),
  windows: [] as { options: Record<string, unknown>; loaded: string[] }[],
  app: new Map<string, Listener[]>(),
  session: new Map<string, Listener>(),
  exposed: [] as [string, object][],
  invoked: [] as unknown[][],
  received: new Map<string, Listener>(),
}

const home = temporaryDirectory()
const built = path.join(home, 'out')
for (const [name, content] of Object.entries({ 'renderer/index.html': '<p>', 'renderer/a.js': '1', 'secret.txt': 'x' })) {
  fs.mkdirSync(path.dirname(path.join(built, name)), { recursive: true })
  fs.writeFileSync(path.join(built, name), content)
}
export const builtFolder = built

/** Answers everything with nothing: what main does with it is no matter of safety. */
const quiet = <T extends object>(own: T): T =>
  new Proxy(own, { get: (target, name) => (name in target ? Reflect.get(target, name) : name === 'then' ? undefined : () => undefined) })

class BrowserWindow {
  readonly webContents = quiet({ on: () => undefined })
  readonly record
  constructor(options: Record<string, unknown>) {
    this.record = { options, loaded: [] as string[] }
    asked.windows.push(this.record)
    return quiet(this)
  }
  loadURL(url: string): Promise<void> {
    this.record.loaded.push(url)
    return Promise.resolve()
  }
  isDestroyed(): boolean {
    return false
  }
  getBounds() {
    return { x: 0, y: 0, width: 1000, height: 700 }
  }
}

const keepListener = (name: string) => (listener: Listener) => void asked.session.set(name, listener)

export const fakeElectron = {
  app: quiet({
    isPackaged: false,
    commandLine: { hasSwitch: () => false, appendSwitch: (...given: string[]) => void asked.switches.push(given) },
    requestSingleInstanceLock: () => true,
    whenReady: () => Promise.resolve(),
    getPath: () => home,
    getAppPath: () => home,
    getVersion: () => '0',
    getLocale: () => 'en',
    getPreferredSystemLanguages: () => ['en'],
    on: (name: string, listener: Listener) => void asked.app.set(name, [...(asked.app.get(name) ?? []), listener]),
  }),
  session: {
    defaultSession: {
      setPermissionRequestHandler: keepListener('request'),
      setPermissionCheckHandler: keepListener('check'),
      setDevicePermissionHandler: keepListener('device'),
      on: (name: string, listener: Listener) => void asked.session.set(name, listener),
    },
  },
  protocol: {
    registerSchemesAsPrivileged: (schemes: unknown[]) => void asked.privileged.push(...schemes),
    registerFileProtocol: (scheme: string, handler: Listener) => void asked.files.set(scheme, handler),
    handle: (scheme: string, handler: Listener) => void asked.schemes.set(scheme, handler),
  },
  ipcMain: { handle: (name: string, handler: Listener) => void asked.calls.set(name, handler) },
  ipcRenderer: {
    invoke: (...given: unknown[]) => {
      asked.invoked.push(given)
      return Promise.resolve({ ok: true, value: null })
    },
    on: (name: string, listener: Listener) => void asked.received.set(name, listener),
    off: () => undefined,
  },
  contextBridge: { exposeInMainWorld: (name: string, value: object) => void asked.exposed.push([name, value]) },
  BrowserWindow,
  Menu: quiet({ buildFromTemplate: () => ({}) }),
  nativeTheme: { themeSource: 'system', shouldUseDarkColors: false },
  screen: {
    getPrimaryDisplay: () => ({ workAreaSize: { width: 1920, height: 1080 } }),
    getAllDisplays: () => [],
  },
  safeStorage: { isEncryptionAvailable: () => false },
  shell: quiet({}),
  dialog: quiet({}),
  utilityProcess: quiet({}),
}
