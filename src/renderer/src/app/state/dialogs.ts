import { createStore } from './createStore'

/** Dialogs that open from more than one place: buttons, the command palette, the menu. */
export const dialogs = createStore<{
  readonly newProject: boolean
  readonly import: boolean
  /** the paths of dropped files */
  readonly dropped: readonly string[] | null
  readonly customRecipe: boolean
  readonly guidelines: boolean
  readonly ownFigures: boolean
  /** the folder of a damaged project */
  readonly recover: string | null
}>('project', { newProject: false, import: false, dropped: null, customRecipe: false, guidelines: false, ownFigures: false, recover: null })
