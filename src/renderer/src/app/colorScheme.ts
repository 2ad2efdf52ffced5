import type { MantineColorScheme, MantineColorSchemeManager } from '@mantine/core'

/**
 * Creates a color scheme manager without its own storage, because the theme is part of the settings. Mantine's default reads localStorage
 * at every start, which takes longer than reading the settings. Until they are loaded, `auto` is the theme that the main process has set
 * for the window.
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
