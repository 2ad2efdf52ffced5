import type { MantineColorScheme, MantineColorSchemeManager } from '@mantine/core'

/**
 * The theme is kept with the settings, so the page needs no storage of its own; Mantine's default would read localStorage at every
 * start, which takes longer than the settings do. Until those are there, `auto` is what the main process has set for the window.
 */
export function createColorSchemeManager(): MantineColorSchemeManager {
  let chosen: MantineColorScheme | undefined
  return {
    get: (otherwise) => chosen ?? otherwise,
    set: (value) => {
      chosen = value
    },
    subscribe: () => undefined,
    unsubscribe: () => undefined,
    clear: () => {
      chosen = undefined
    },
  }
}
