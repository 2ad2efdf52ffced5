/** The tests of the points of https://www.electronjs.org/docs/latest/tutorial/security. */
export const points = ['test/security/electronPoints.test.ts', 'test/security/houseSettings.test.ts']
const security = 'src/main/electron/security.ts'
const window = 'src/main/electron/window.ts'
const pageProtocol = 'src/main/electron/pageProtocol.ts'
const ipc = 'src/main/electron/ipc.ts'
const index = 'src/main/index.ts'
const html = 'src/renderer/index.html'
const builder = 'electron-builder.yml'
/** @param {string} name @param {string} line @returns {readonly [string, string, string, string]} */
const preference = (name, line) => [name, window, 'spellcheck: false,', `spellcheck: false, ${line},`]
/** @param {string} name @param {boolean} value @returns {readonly [string, string, string, string]} */
const fuse = (name, value) => [`19 fuse ${name}`, builder, `${name}: ${value}`, `${name}: ${!value}`]

/**
 * Name with the number of the point, file, what stands there, what is to stand there instead, and the tests where they are others.
 * @type {readonly (readonly [name: string, file: string, before: string, after: string, tests?: readonly string[]])[]}
 */
export const mutants = [
  ['1 the page comes from a server', window, 'developmentUrl ?? pageUrl)', "developmentUrl ?? 'http://localhost/')"],
  ['2 Node integration', window, 'nodeIntegration: false', 'nodeIntegration: true'],
  preference('2 Node integration in workers', 'nodeIntegrationInWorker: true'),
  preference('2 Node integration in frames', 'nodeIntegrationInSubFrames: true'),
  ['3 context isolation', window, 'contextIsolation: true', 'contextIsolation: false'],
  ['4 sandbox', window, 'sandbox: true', 'sandbox: false'],
  ['5 permission request', security, 'answer(false)', 'answer(true)'],
  ['5 permission check', security, 'setPermissionCheckHandler(() => false)', 'setPermissionCheckHandler(() => true)'],
  ['5 device grants', security, 'setDevicePermissionHandler(() => false)', 'setDevicePermissionHandler(() => true)'],
  ['5 downloads', security, "own.on('will-download', (event) => event.preventDefault())", ''],
  ['5 session left as it is', index, 'secureSession(session.defaultSession)', ''],
  ['5 session of videos left as it is', 'src/main/electron/decoderPage.ts', '  secureSession(own)\n', ''],
  preference('6 web security', 'webSecurity: false'),
  ['7 scripts in the page', html, "script-src 'self'", "script-src 'self' 'unsafe-inline'"],
  ['7 addresses of the page', html, "connect-src 'self'", 'connect-src *'],
  ['7 base address', html, "; base-uri 'none'", ''],
  ['7 forms', html, "; form-action 'none'", ''],
  ['7 WebRTC', html, "; webrtc 'block'", ''],
  ['7 WebRTC past a proxy', security, "    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')\n", ''],
  ['7 policy of workers', pageProtocol, `"default-src 'none'; webrtc 'block'"`, `"default-src *"`],
  [
    '7 policy of the page that decodes videos',
    'src/main/electron/decoderPage.ts',
    "default-src 'none'; connect-src 'self'",
    'default-src *',
  ],
  preference('8 insecure content', 'allowRunningInsecureContent: true'),
  preference('9 experimental features', 'experimentalFeatures: true'),
  preference('10 Blink features', "enableBlinkFeatures: 'CSSVariables'"),
  ['9 features by a switch', index, "'NetworkServiceInProcess2')", "'NetworkServiceInProcess2,WebBluetooth')"],
  ['11 web views', window, 'webviewTag: false', 'webviewTag: true'],
  ['12 guard of web views', security, "contents.on('will-attach-webview', (event) => event.preventDefault())", ''],
  [
    '13 navigation',
    security,
    "contents.on('will-navigate', (event) => {\n      if (!isOwnPage(event.url)) event.preventDefault()\n    })",
    '',
  ],
  [
    '13 redirects',
    security,
    "contents.on('will-redirect', (event) => {\n      if (!isOwnPage(event.url)) event.preventDefault()\n    })",
    '',
  ],
  ['13 own page by its start alone', window, 'return url.href === pageUrl', 'return url.href.startsWith(pageUrl)'],
  ['13 own page by its scheme alone', window, 'return url.href === pageUrl', "return url.protocol === 'app:'"],
  ['13 pages left as they are', index, 'secureContents(isOwnPage)', ''],
  ['14 new windows', security, "action: 'deny'", "action: 'allow'"],
  ['15 addresses opened outside', security, 'await shell.openPath(folder)', 'await shell.openExternal(folder)'],
  [
    '15 files opened as folders',
    'src/main/calls/app.ts',
    'if (!fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory())',
    'if (!fs.existsSync(folder))',
    ['test/security/chosenPaths.test.ts'],
  ],
  ['16 an older Electron', 'package.json', '"electron": "45.', '"electron": "30.'],
  ['16 any Electron', 'package.json', '"electron": "45.', '"electron": "^45.'],
  ['17 sender of a call', ipc, '|| !isOwnPage(frame.url)', ''],
  ['17 frames in the page', ipc, '|| frame.parent !== null', ''],
  ['17 sender that is gone', ipc, '!frame || frame.parent', 'frame && frame.parent'],
  ['17 any page is the own one', 'src/main/electron/desktop.ts', 'runs), isOwnPage)', 'runs), () => true)'],
  ['18 files instead of a scheme', window, 'developmentUrl ?? pageUrl)', "developmentUrl ?? 'file:///index.html')"],
  [
    '18 a scheme past the policy',
    'src/main/electron/schemes.ts',
    "scheme: 'media',\n  privileges: { standard: true,",
    "scheme: 'media',\n  privileges: { bypassCSP: true, standard: true,",
  ],
  ['18 service workers', 'src/main/electron/schemes.ts', 'codeCache: true,', 'codeCache: true, allowServiceWorkers: true,'],
  ['18 any built file', pageProtocol, ' || !known.has(pathname)', ''],
  ['18 any host', pageProtocol, "host !== 'exemplar' || ", ''],
  ['18 kinds of files', pageProtocol, "{ 'x-content-type-options': 'nosniff' }", '{}'],
  [
    '18 kinds of media',
    'src/main/electron/mediaServer.ts',
    "  'x-content-type-options': 'nosniff',\n",
    '',
    ['test/unit/electron/mediaServer.test.ts'],
  ],
  fuse('runAsNode', false),
  fuse('enableCookieEncryption', true),
  fuse('enableNodeOptionsEnvironmentVariable', false),
  fuse('enableNodeCliInspectArguments', false),
  fuse('enableEmbeddedAsarIntegrityValidation', true),
  fuse('onlyLoadAppFromAsar', true),
  fuse('loadBrowserProcessSpecificV8Snapshot', false),
  fuse('grantFileProtocolExtraPrivileges', false),
  [
    '20 Electron handed to the page',
    'src/preload/index.ts',
    "exposeInMainWorld('exemplar', bridge)",
    "exposeInMainWorld('exemplar', { ...bridge, ipcRenderer })",
  ],
  [
    '20 events handed to the page',
    'src/preload/index.ts',
    '(_: unknown, payload: unknown) => listener(payload)',
    '(event: unknown, payload: unknown) => (listener as (...all: unknown[]) => void)(payload, event)',
  ],
  ['20 every channel', 'src/preload/index.ts', "ipcRenderer.invoke('exemplar:call', name, input)", 'ipcRenderer.invoke(name, input)'],
  [
    'paths that nobody chose',
    'src/main/project/chosenPaths.ts',
    'if (isChosen) return place',
    'if (isChosen || place) return place',
    ['test/security/chosenPaths.test.ts'],
  ],
  [
    'a foreign schema',
    'src/main/store/schema/ownSchema.ts',
    'if (difference !== null) throw',
    'if (difference === undefined) throw',
    ['test/security/foreignSchema.test.ts'],
  ],
  [
    'an endless schema',
    'src/main/store/schema/ownSchema.ts',
    'const maxRows = 1000\nconst maxBytes = 256 * 1024',
    'const maxRows = Infinity\nconst maxBytes = Infinity',
    ['test/security/foreignSchema.test.ts'],
  ],
  [
    'a log of another project',
    'src/main/store/schema/ownLog.ts',
    'return follows && marked.every(({ mark }) => mark === main.mark)',
    'return follows && marked.every(({ mark }) => mark !== -1)',
    ['test/integration/project/recovery.test.ts'],
  ],
  [
    'a log of another time',
    'src/main/store/schema/ownLog.ts',
    'const follows = first',
    'const follows = true || first',
    ['test/integration/project/recovery.test.ts'],
  ],
  [
    'a journal of another project',
    'src/main/store/schema/ownLog.ts',
    'return !marks || marks[0] === main.mark',
    'return !marks || marks[0] !== -1',
    ['test/integration/project/recovery.test.ts'],
  ],
  [
    'writes without the mark of the project',
    'src/main/store/sql/statement.ts',
    'markWhenAlone(db, timeStatement(driverOf(db).prepare(text), text))',
    'timeStatement(driverOf(db).prepare(text), text)',
    ['test/integration/project/recovery.test.ts'],
  ],
  [
    'a backup of another project',
    'src/main/project/backups.ts',
    'mark === null || summary === null',
    'mark !== -1 || summary === null',
    ['test/integration/project/recovery.test.ts'],
  ],
  [
    'links in a project',
    'src/main/store/sql/ownPath.ts',
    'if (found.isSymbolicLink()) throw',
    'if (found.isFIFO()) throw',
    ['test/security/links.test.ts'],
  ],
  [
    'hidden characters in the terminal',
    'src/main/commands/run.ts',
    'showingHidden(given)',
    'given',
    ['test/security/terminalText.test.ts'],
  ],
]
