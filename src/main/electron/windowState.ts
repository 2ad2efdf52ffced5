import fs from 'node:fs'
import path from 'node:path'

/** Last state of the window, in desktop pixels; `bounds` is its position when neither maximised nor in full screen. */
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
 * Returns the last state of the window, or null. Validated by hand: it is read before the window opens, and zod would have to be loaded
 * only for this.
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
    return null // missing or unreadable: the default position is used
  }
}

const titleHeight = 40 // pixels from the top edge that can be used to drag the window
const minVisibleWidth = 120 // pixels of the title that must be on a display

/**
 * Returns the bounds for a window that was at `bounds`: the same position, at most as large as its display, or null if no display shows
 * enough of its title to drag it.
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
