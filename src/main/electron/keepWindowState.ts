import type { BrowserWindow } from 'electron'
import { messageOf } from '../../shared/problem'
import { writeJsonFile } from '../project/jsonFile'
import { windowStateFile, type WindowState } from './windowState'

const PAUSE_MS = 500

/** Stores the position of the window, some time after it was moved and when it is closed. */
export function keepWindowState(window: BrowserWindow, userData: string): void {
  let stored = ''
  let waiting: NodeJS.Timeout | undefined
  const store = () => {
    clearTimeout(waiting)
    if (window.isDestroyed() || window.isMinimized()) return
    const state: WindowState = { bounds: window.getNormalBounds(), maximised: window.isMaximized(), fullScreen: window.isFullScreen() }
    if (JSON.stringify(state) === stored) return
    stored = JSON.stringify(state)
    try {
      writeJsonFile(windowStateFile(userData), state)
    } catch (error) {
      console.error('window:', messageOf(error)) // no work is lost
    }
  }
  const later = () => {
    clearTimeout(waiting)
    waiting = setTimeout(store, PAUSE_MS)
  }
  window.on('resize', later)
  window.on('move', later)
  window.on('maximize', later)
  window.on('unmaximize', later)
  window.on('enter-full-screen', later)
  window.on('leave-full-screen', later)
  window.on('close', store)
}
