import { app, BrowserWindow, nativeTheme, screen } from 'electron'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const page = path.join(import.meta.dirname, '../renderer/index.html')
const developmentUrl = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL

/** Whether an address is the window's own page, whatever its hash. */
export function isOwnPage(address: string): boolean {
  try {
    const url = new URL(address)
    url.hash = ''
    if (developmentUrl) return url.origin === new URL(developmentUrl).origin
    return url.href === pathToFileURL(page).href
  } catch {
    return false
  }
}

/** Opens the one window; it is shown when its first picture is ready. */
export function openWindow(theme: 'auto' | 'light' | 'dark'): BrowserWindow {
  nativeTheme.themeSource = theme === 'auto' ? 'system' : theme
  const { width, height } = screen.getPrimaryDisplay().workAreaSize
  const window = new BrowserWindow({
    width: Math.min(1440, width),
    height: Math.min(900, height),
    minWidth: 960,
    minHeight: 600,
    show: false,
    title: 'Exemplar',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1a1b1e' : '#ffffff',
    webPreferences: {
      preload: path.join(import.meta.dirname, '../preload/index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false, // the dictionaries would be downloaded
    },
  })
  window.once('ready-to-show', () => window.show())
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit' && !window.isDestroyed()) window.webContents.reload() // all data are in the main process
  })
  const loading = developmentUrl ? window.loadURL(developmentUrl) : window.loadFile(page)
  loading.catch((error: unknown) => {
    if (!window.isDestroyed()) console.error(error)
  })
  return window
}
