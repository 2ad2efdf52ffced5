import { app, BrowserWindow, nativeTheme, screen } from 'electron'
import { builtFile, pageUrl } from './schemes'
import { placeOn, readWindowState } from './windowState'

const developmentUrl = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL

/** Returns true if a URL is the window's own page, with any hash. */
export function isOwnPage(address: string): boolean {
  try {
    const url = new URL(address)
    url.hash = ''
    if (developmentUrl) return url.origin === new URL(developmentUrl).origin
    return url.href === pageUrl
  } catch {
    return false
  }
}

/** Opens the window at its last position; it is shown when its first frame is ready and `themeKnown` is resolved. */
export function openWindow(themeKnown: Promise<unknown>, userData: string): BrowserWindow {
  const { width, height } = screen.getPrimaryDisplay().workAreaSize
  const last = readWindowState(userData)
  const place =
    last &&
    placeOn(
      last.bounds,
      screen.getAllDisplays().map((display) => display.workArea),
    )
  const window = new BrowserWindow({
    ...(place ?? { width: Math.min(1440, width), height: Math.min(900, height) }),
    minWidth: 960,
    minHeight: 600,
    show: false,
    title: 'Exemplar',
    webPreferences: {
      preload: builtFile('preload/index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false, // the dictionaries would be downloaded
    },
  })
  window.once('ready-to-show', async () => {
    await themeKnown
    if (window.isDestroyed()) return
    window.setBackgroundColor(nativeTheme.shouldUseDarkColors ? '#1a1b1e' : '#ffffff')
    if (last?.maximised) window.maximize()
    if (last?.fullScreen) window.setFullScreen(true)
    window.show()
  })
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit' && !window.isDestroyed()) window.webContents.reload() // all data is in the main process
  })
  window.loadURL(developmentUrl ?? pageUrl).catch((error: unknown) => {
    if (!window.isDestroyed()) console.error(error)
  })
  return window
}
