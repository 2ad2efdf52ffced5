import { app, dialog, nativeTheme } from 'electron'
import fs from 'node:fs'
import path from 'node:path'
import { messageOf, toProblem } from '../shared/problem'
import { createActiveRuns } from './activeRuns'
import { createJobProcess } from './electron/jobProcess'
import { handleCalls, sendEvent } from './electron/ipc'
import { handleMediaProtocol, registerMediaScheme } from './electron/mediaProtocol'
import { installMenu } from './electron/menu'
import { createSecrets } from './electron/secrets'
import { secureContents, secureSession, showFolder } from './electron/security'
import { createDerivedPictures } from './electron/derivedPictures'
import { isOwnPage, openWindow } from './electron/window'
import { createHandlers, type Desktop } from './handlers'
import { readAppSettings } from './project/appSettings'
import { rememberProject } from './project/recentProjects'
import { createSession } from './session'

if (process.env.EXEMPLAR_USER_DATA) app.setPath('userData', process.env.EXEMPLAR_USER_DATA)

// `exemplar --cli …`: no window. Leaving before `ready` means that no display is needed either.
const cli = process.argv.indexOf('--cli')
if (cli > 0) {
  const { runCommandLine } = await import('./commands/run')
  const code = await runCommandLine(process.argv.slice(cli + 1))
  for (const stream of [process.stdout, process.stderr]) await new Promise<void>((done) => stream.write('', () => done()))
  process.exit(code)
}

// Two windows on one project would each believe that they alone undo.
if (!app.requestSingleInstanceLock()) app.exit(0)
registerMediaScheme()
let quitting = false
app.on('before-quit', () => {
  quitting = true
})

app
  .whenReady()
  .then(start)
  .catch((error: unknown) => {
    if (quitting) return // the page was still loading
    console.error(error)
    app.exit(1)
  })
app.on('window-all-closed', () => app.quit())

async function start(): Promise<void> {
  const userData = app.getPath('userData')
  fs.mkdirSync(userData, { recursive: true })
  secureSession()
  secureContents(isOwnPage)

  const jobProcess = createJobProcess()
  const secrets = createSecrets(userData, process.env.OPENAI_API_KEY)
  const window = openWindow(readAppSettings(userData).theme)
  const tell: typeof sendEvent extends (contents: never, ...rest: infer R) => void ? (...rest: R) => void : never = (event, payload) =>
    sendEvent(window.webContents, event, payload)

  const runs = createActiveRuns(
    {
      progress: (progress) => tell('run.progress', progress),
      failed: (runId, error) => {
        tell('run.failed', { runId, problem: toProblem(error).toData() })
        tell('data.changed', { what: 'runs' })
      },
    },
    (file, name) => jobProcess.run('modelPicture', { file, name }),
  )
  const session = createSession({
    findDamage: (project) => jobProcess.run('findDamage', { project }),
    beforeClose: () => runs.interruptAll(),
    opened: (info) => {
      rememberProject(userData, info)
      jobProcess.run('backUp', { project: info.path }).catch((error: unknown) => console.error('backup:', messageOf(error)))
    },
    failed: (problem) => tell('project.failed', problem.toData()),
  })
  const documents = process.env.EXEMPLAR_USER_DATA ? userData : app.getPath('documents')
  const desktop: Desktop = {
    userData,
    documents,
    version: app.getVersion(),
    sampleDirectory: app.isPackaged ? path.join(process.resourcesPath, 'sample') : path.join(app.getAppPath(), 'resources', 'sample'),
    chooseFolder: async (title) => {
      const { filePaths } = await dialog.showOpenDialog(window, {
        title,
        defaultPath: documents,
        properties: ['openDirectory', 'createDirectory'],
      })
      return filePaths[0] ?? null
    },
    chooseFile: async (title, filters) => {
      const { filePaths } = await dialog.showOpenDialog(window, { title, defaultPath: documents, filters, properties: ['openFile'] })
      return filePaths[0] ?? null
    },
    showFolder,
    keyStatus: secrets.status,
    saveKey: secrets.save,
    forgetKey: secrets.forget,
    readKey: secrets.read,
    themeChanged: (theme) => {
      nativeTheme.themeSource = theme === 'auto' ? 'system' : theme
    },
    runJob: (name, input, options = {}) =>
      jobProcess.run(name, input, {
        ...(options.signal ? { signal: options.signal } : {}),
        onProgress: (progress) => {
          if (options.event) tell(options.event, progress as never)
        },
      }),
    itemsChanged: () => tell('data.changed', { what: 'items' }),
  }

  handleMediaProtocol({ currentProject: session.current, pictures: createDerivedPictures(path.join(userData, 'pictures'), jobProcess) })
  handleCalls(createHandlers(desktop, session, runs), isOwnPage)
  installMenu((action) => tell('menu.action', { action }))

  // Runs are ended so that they can be resumed; then the file is closed in good order.
  app.on('will-quit', (event) => {
    if (!session.current()) return jobProcess.stop()
    event.preventDefault()
    // Not in the same turn: Electron still holds itself to be quitting and would not hear it.
    void session.close().finally(() => setImmediate(() => app.quit()))
  })
}
