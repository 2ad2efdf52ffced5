import { app, type BrowserWindow, dialog, nativeTheme, session as electronSession } from 'electron'
import path from 'node:path'
import type { LanguageChoice, Theme } from '../../shared/comfort'
import { toProblem } from '../../shared/problem'
import { createActiveRuns } from '../generation/run/activeRuns'
import { followSystemProxy } from '../generation/providers/http/proxy'
import type { Desktop } from '../calls/parts'
import { createHandlers } from '../calls/handlers'
import { logSlowQueries } from '../store/sql/statement'
import { configureVideoProcess } from '../media/video/videoProcess'
import { readAppSettings, rememberProject } from '../project/userData'
import { coverPath, describeProject, imagesFolder, isCover, saveCard } from '../project/projectCards'
import { createSession } from '../project/session'
import { watchOthers } from '../project/watchOthers'
import { createDerivedImages } from './derivedImages'
import { type AnswerCall, createAnswerer, sendEvent } from './ipc'
import { createJobProcess, videoCommand } from './jobProcess'
import { createMediaServer, type ServeMedia } from './mediaServer'
import { keepWindowState } from './keepWindowState'
import { installMenu } from './menu'
import { cancelComparisons } from '../generation/compare/activeComparisons'
import { createSecrets } from './secrets'
import { showFolder } from './security'
import { isOwnPage } from './window'

/** Connects the modules of the main process to the window, and opens the project that the program was started with. */
export async function startDesktop(window: BrowserWindow, userData: string): Promise<{ answerCall: AnswerCall; serveMedia: ServeMedia }> {
  logSlowQueries((line) => console.warn(line))
  const applyTheme = (theme: Theme) => {
    nativeTheme.themeSource = theme === 'light' || theme === 'dark' ? theme : 'system'
  }
  const { theme, language } = readAppSettings(userData)
  applyTheme(theme)
  keepWindowState(window, userData)
  configureVideoProcess({ command: videoCommand() })
  followSystemProxy((url) => electronSession.defaultSession.resolveProxy(url))
  const jobProcess = createJobProcess({ onBackupFailed: (problem) => tell('backup.failed', problem) })
  // Checking or copying a file of a gigabyte takes many seconds, but nobody waits for it.
  const background = createJobProcess({ background: true })
  const stopJobs = () => {
    jobProcess.stop()
    background.stop()
  }
  const secrets = createSecrets(userData, process.env.OPENAI_API_KEY)
  const tell: typeof sendEvent extends (contents: never, ...rest: infer R) => void ? (...rest: R) => void : never = (event, payload) => {
    // A run may still report while the window is closing.
    if (!window.isDestroyed()) sendEvent(window.webContents, event, payload)
  }

  const showMenu = (chosen: LanguageChoice) => installMenu(chosen, (action) => tell('menu.action', { action }))
  void showMenu(language)

  const runs = createActiveRuns(
    {
      progress: (progress) => tell('run.progress', progress),
      failed: (runId, error) => {
        tell('run.failed', { runId, problem: toProblem(error).toData() })
        tell('data.changed', { topics: ['runs'] })
      },
    },
    {
      image: (file, name) => jobProcess.run('modelImage', { file, name }),
      frames: async (project, media, rule, span) => (await jobProcess.run('frames', { project, media, rule, ...span })).files,
    },
  )
  const session = createSession({
    findDamage: (project) => background.run('findDamage', { project }),
    beforeClose: async () => void (await Promise.all([runs.interruptAll(), cancelComparisons()])),
    describe: (project) => {
      try {
        const { reviewer } = readAppSettings(userData)
        const described = describeProject(project, reviewer)
        return () => saveCard(userData, project.directory, reviewer, described)
      } catch {
        return () => undefined // the list reads it again
      }
    },
    opened: (info) => rememberProject(userData, info),
    backUp: async (project) => {
      await background.run('backUp', { project }).catch((error: unknown) => tell('backup.failed', toProblem(error).toData()))
    },
    failed: (problem) => tell('project.failed', problem.toData()),
  })
  watchOthers(
    () => session.current()?.db,
    () => tell('data.changed', { topics: ['items', 'runs', 'pairs', 'marks'] }),
    (problem) => void session.abandon(problem),
  )
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
    chooseSaveFile: async (title, name, filters) => {
      const { filePath } = await dialog.showSaveDialog(window, { title, defaultPath: path.join(documents, path.basename(name)), filters })
      return filePath || null
    },
    showFolder,
    keyStatus: secrets.status,
    saveKey: secrets.save,
    forgetKey: secrets.forget,
    savedKey: secrets.saved,
    readKey: secrets.read,
    readKeyForProject: secrets.readForProject,
    themeChanged: applyTheme,
    languageChanged: showMenu,
    runJob: (name, input, options = {}) =>
      (name === 'languages' ? background : jobProcess).run(name, input, {
        ...(options.signal ? { signal: options.signal } : {}),
        onProgress: (progress) => {
          if (options.event) tell(options.event, progress as never)
        },
      }),
    dataChanged: (topics) => tell('data.changed', { topics: [...topics] }),
  }

  const serveMedia = createMediaServer({
    currentProject: session.current,
    images: createDerivedImages(imagesFolder(userData), jobProcess),
    coverOf: (sha256) => (isCover(userData, sha256) ? coverPath(userData, sha256) : null),
  })
  const openFrom = async (args: readonly string[]) => {
    const folder = args.find((argument) => argument.endsWith('.exemplar'))
    if (folder === undefined) return
    await session.open(path.resolve(folder)).catch((error: unknown) => {
      tell('project.failed', toProblem(error, folder).toData())
    })
  }
  app.on('second-instance', (_event, args) => {
    if (window.isMinimized()) window.restore()
    window.focus()
    void openFrom(args).then(() => tell('data.changed', { topics: ['project', 'recentProjects'] }))
  })

  // Interrupts runs so that they can be resumed, and then closes the file.
  app.on('will-quit', (event) => {
    if (!session.current()) return stopJobs()
    event.preventDefault()
    // Not in the same turn: Electron is still quitting and would ignore the call.
    void session.close().finally(() => setImmediate(() => app.quit()))
  })
  await openFrom(process.argv.slice(1))
  return { answerCall: createAnswerer(createHandlers(desktop, session, runs), isOwnPage), serveMedia }
}
