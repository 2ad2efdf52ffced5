import { lazy, type ComponentType } from 'react'
import type { ProjectInfo } from '../../../../shared/domain'
import type { Screen } from '../../state/shell'
import { LibraryScreen } from '../library/LibraryScreen'

type View = ComponentType<{ readonly project: ProjectInfo }>

const loaders = {
  prompt: async () => ({ default: (await import('../prompt/PromptScreen')).PromptScreen }),
  runs: async () => ({ default: (await import('../runs/RunsScreen')).RunsScreen }),
  review: async () => ({ default: (await import('../review/ReviewScreen')).ReviewScreen }),
  exemplars: async () => ({ default: (await import('../exemplars/ExemplarsScreen')).ExemplarsScreen }),
  export: async () => ({ default: (await import('../export/ExportScreen')).ExportScreen }),
} satisfies Record<Exclude<Screen, 'library'>, () => Promise<{ default: View }>>

/** The screens. The first one comes with the window, the others are loaded behind it. */
export const views: Readonly<Record<Screen, View>> = {
  library: LibraryScreen,
  prompt: lazy(loaders.prompt),
  runs: lazy(loaders.runs),
  review: lazy(loaders.review),
  exemplars: lazy(loaders.exemplars),
  export: lazy(loaders.export),
}

/** Loads the other screens once the first has been painted, so that nobody waits at the first visit. */
export function loadViews(): void {
  requestIdleCallback(() => {
    for (const load of Object.values(loaders)) void load()
  })
}
