import { app, ipcMain, protocol } from 'electron'
import fs from 'node:fs'
import { startDesktop } from './electron/desktop'
import type { ServeMedia } from './electron/mediaServer'
import { handlePageProtocol } from './electron/pageProtocol'
import { mediaScheme, pageScheme } from './electron/schemes'
import { secureContents, secureSession } from './electron/security'
import { isOwnPage, openWindow } from './electron/window'

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

function start(): void {
  const userData = app.getPath('userData')
  fs.mkdirSync(userData, { recursive: true })
  secureSession()
  secureContents(isOwnPage)
  handlePageProtocol()
  // Before the window: a page knows only the schemes that were there when it was opened.
  let serve: ServeMedia = () => Promise.resolve(new Response('not ready', { status: 503 }))
  protocol.handle(mediaScheme.scheme, (request) => serve(request))
  const desktop = startDesktop(openWindow(), userData)
  serve = desktop.serveMedia
  ipcMain.handle('exemplar:call', (event, name: unknown, input: unknown) => desktop.answerCall(event, name, input))
}
