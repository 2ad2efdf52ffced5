import { app, ipcMain, protocol, session } from 'electron'
import fs from 'node:fs'
import { servePage } from './electron/pageProtocol'
import { mediaScheme, pageScheme } from './electron/schemes'
import { secureContents, secureSession } from './electron/security'
import { isOwnPage, openWindow } from './electron/window'

if (process.env.EXEMPLAR_USER_DATA) app.setPath('userData', process.env.EXEMPLAR_USER_DATA)

// The video process, started by another process of Exemplar (src/main/media/video/videoProcess.ts): no window, and no icon in the dock.
if (process.argv.includes('--video')) {
  if (process.platform === 'darwin') app.setActivationPolicy('prohibited')
  await import('./video')
} else {
  // `exemplar --cli …`: no window. Exiting before `ready` means that no display is needed either.
  const cli = process.argv.indexOf('--cli')
  if (cli > 0) await runCli(cli)
  openProgram()
}

async function runCli(at: number): Promise<never> {
  const [{ runCommandLine }, { configureVideoProcess, videoSwitches }] = await Promise.all([
    import('./commands/run'),
    import('./media/video/videoProcess'),
  ])
  configureVideoProcess({ command: [process.execPath, ...videoSwitches, ...process.argv.slice(1, at), '--video'] })
  const code = await runCommandLine(process.argv.slice(at + 1))
  for (const stream of [process.stdout, process.stderr]) await new Promise<void>((done) => stream.write('', () => done()))
  process.exit(code)
}

function openProgram(): void {
  // Two windows on one project would have separate undo stacks.
  if (!app.requestSingleInstanceLock()) app.exit(0)
  app.commandLine.appendSwitch('js-flags', '--min-semi-space-size=16') // MB: avoids garbage collection while the page starts
  // The window reads nothing from a network, so Chromium's network process is not started (docs/adr/0006).
  app.commandLine.appendSwitch('enable-features', 'NetworkServiceInProcess2')
  protocol.registerSchemesAsPrivileged([pageScheme, mediaScheme])
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
}

function start(): void {
  const userData = app.getPath('userData')
  fs.mkdirSync(userData, { recursive: true })
  secureSession(session.defaultSession)
  secureContents(isOwnPage)
  // Before opening the window: a page knows only the schemes that existed when it was opened.
  servePage()
  protocol.handle(mediaScheme.scheme, async (request) => (await desktop).serveMedia(request))
  const asked = Promise.withResolvers<undefined>()
  ipcMain.handle('exemplar:call', async (event, name: unknown, input: unknown) => {
    asked.resolve(undefined)
    return (await desktop).answerCall(event, name, input)
  })
  const window = openWindow(
    asked.promise.then(() => desktop),
    userData,
  )
  // The modules are loaded while the page evaluates its own code: loading them earlier would delay the start of its process.
  const desktop = asked.promise.then(async () => (await import('./electron/desktop')).startDesktop(window, userData))
  desktop.catch((error: unknown) => {
    console.error(error)
    app.exit(1)
  })
}
