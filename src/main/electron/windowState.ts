import fs from 'node:fs'
import path from 'node:path'

/** Where the window was, in pixels of the desktop; `bounds` is its place when it is neither maximised nor in full screen. */
export interface WindowState {
  readonly bounds: Rectangle
  readonly maximised: boolean
  readonly fullScreen: boolean
}

interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export const windowStateFile = (userData: string) => path.join(userData, 'window.json')

const isRectangle = (value: unknown): value is Rectangle =>
  typeof value === 'object' &&
  value !== null &&
  (['x', 'y', 'width', 'height'] as const).every((name) => Number.isInteger((value as Partial<Record<string, unknown>>)[name]))

/**
 * Where the window was the last time, or null. Checked by hand: it is read before the window is there, when zod would have to be
 * loaded for it alone.
 */
export function readWindowState(userData: string): WindowState | null {
  try {
    const stored: unknown = JSON.parse(fs.readFileSync(windowStateFile(userData), 'utf8'))
    if (typeof stored !== 'object' || stored === null || !('bounds' in stored) || !isRectangle(stored.bounds)) return null
    return {
      bounds: stored.bounds,
      maximised: 'maximised' in stored && stored.maximised === true,
      fullScreen: 'fullScreen' in stored && stored.fullScreen === true,
    }
  } catch {
    return null // none yet, or one that cannot be read: the usual place does
  }
}

const titleHeight = 40 // pixels from the top edge by which a window is taken hold of
const minVisibleWidth = 120 // pixels of it that have to be on a display

/**
 * The place for a window that was at `bounds`: there, no larger than the display that shows it, or null where no display shows enough
 * of its title to take hold of it.
 * @param displays the areas that windows may cover
 */
export function placeOn(bounds: Rectangle, displays: readonly Rectangle[]): Rectangle | null {
  const across = (area: Rectangle) => Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x)
  const shown = displays
    .filter((area) => bounds.y >= area.y && bounds.y + titleHeight <= area.y + area.height && across(area) >= minVisibleWidth)
    .toSorted((one, other) => across(other) - across(one))[0]
  if (!shown) return null
  return { ...bounds, width: Math.min(bounds.width, shown.width), height: Math.min(bounds.height, shown.height) }
}
