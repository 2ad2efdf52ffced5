import { createStore } from './createStore'

/** State of the dialogs that can be opened from several places: buttons, the command palette, the menu. */
export const dialogs = createStore<{
  readonly newProject: boolean
  readonly import: boolean
  /** Paths of the dropped files. */
  readonly dropped: readonly string[] | null
  readonly customRecipe: boolean
  readonly guidelines: boolean
  readonly ownFigures: boolean
  /** Folder of a damaged project. */
  readonly recover: string | null
}>('project', { newProject: false, import: false, dropped: null, customRecipe: false, guidelines: false, ownFigures: false, recover: null })
