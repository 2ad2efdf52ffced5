import { useEffect, useState, type ComponentType } from 'react'
import type { ProjectInfo } from '../../../shared/domain'
import { createStore } from './state/createStore'
import type { Screen } from './state/shell'
import { LibraryScreen } from '../features/library/LibraryScreen'

type View = ComponentType<{ readonly project: ProjectInfo }>

const loaders = {
  prompt: async () => (await import('../features/prompt/PromptScreen')).PromptScreen,
  runs: async () => (await import('../features/runs/RunsScreen')).RunsScreen,
  review: async () => (await import('../features/review/ReviewScreen')).ReviewScreen,
  exemplars: async () => (await import('../features/exemplars/ExemplarsScreen')).ExemplarsScreen,
  export: async () => (await import('../features/export/ExportScreen')).ExportScreen,
} satisfies Record<Exclude<Screen, 'library'>, () => Promise<View>>

/** The screens that are there; the first one comes with the window. */
const loaded = createStore<Partial<Record<Screen, View>>>('window', { library: LibraryScreen })

const load = async (screen: keyof typeof loaders) => loaded.set({ [screen]: await loaders[screen]() })

/** Loads the other screens, so that nobody waits at the first visit. */
export function loadViews(): void {
  for (const screen of Object.keys(loaders)) void load(screen as keyof typeof loaders).catch(() => undefined) // told at the visit
}

/**
 * A screen, or null while it is being loaded. Not by `lazy`: React would hold back a screen that has long been loaded for 300 ms at
 * its first visit.
 */
export function useView(screen: Screen): View | null {
  const [, fail] = useState<null>(null)
  const view = loaded.use((state) => state[screen]) ?? null
  useEffect(() => {
    if (view !== null || screen === 'library') return
    load(screen).catch((error: unknown) =>
      fail(() => {
        throw error
      }),
    )
  }, [screen, view])
  return view
}
