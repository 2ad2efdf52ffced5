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

/** The loaded screens; the first one is part of the main bundle. */
const loaded = createStore<Partial<Record<Screen, View>>>('window', { library: LibraryScreen })

const load = async (screen: keyof typeof loaders) => loaded.set({ [screen]: await loaders[screen]() })

/** Preloads the other screens, so that the first visit does not wait. */
export function loadViews(): void {
  for (const screen of Object.keys(loaders)) void load(screen as keyof typeof loaders).catch(() => undefined) // reported at the visit
}

/**
 * Returns a screen, or null while it is being loaded. Does not use `lazy`, because React would delay even a loaded screen by 300 ms at its
 * first visit.
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
