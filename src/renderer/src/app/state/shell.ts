import type { Action } from '../../../../shared/keymap'
import { screenSchema, type FoundPlace, type Screen } from '../../../../shared/place'
import type { CandidateFilter } from '../../../../shared/review'
import { availableActions } from '../keys/keyScopes'
import { createStore } from './createStore'

export const screens = screenSchema.options
export type { Screen }
export const overlays = ['settings', 'help'] as const
export type Overlay = (typeof overlays)[number]

export const helpPlaces = ['guide', 'keys'] as const
export type HelpPlace = (typeof helpPlaces)[number]

/** A section of the settings, or a setting in a section. */
export type SettingsPlace = 'general' | 'appearance' | 'provider' | 'keys' | 'review' | 'secondReview'

interface Shell {
  readonly screen: Screen
  /** Overlay that is shown instead of the screen. */
  readonly overlay: Overlay | null
  readonly helpPlace: HelpPlace
  /** Actions that were available before the overlay was opened. */
  readonly availableBefore: readonly Action[]
  readonly settingsPlace: SettingsPlace
  /** Whether the review screen shows only the medium, the pair and its verdicts. */
  readonly focusMode: boolean
  /** Requested filter of the review screen; a new object for every request. */
  readonly reviewFilter: CandidateFilter
  /** Pair at which the review starts: the one shown when the project was last left. */
  readonly resumeAt: FoundPlace['pair']
  /** Id of the pair on the review screen. */
  readonly pairId: number | null
  /** Whether a project is being opened and its last position is not known yet. */
  readonly isArriving: boolean
  /** Id of the item shown in the library's inspector and in the prompt's preview. */
  readonly itemId: number | null
}

/** Navigation state of the window. */
export const shell = createStore<Shell>('project', {
  screen: 'library',
  overlay: null,
  helpPlace: 'guide',
  availableBefore: [],
  settingsPlace: 'provider',
  focusMode: false,
  reviewFilter: { states: ['pending'] },
  resumeAt: null,
  pairId: null,
  isArriving: false,
  itemId: null,
})

export const goTo = (screen: Screen) => shell.set({ screen, overlay: null })

/** Opens the review screen with a filter, by default the pending candidates. */
export const goToReview = (reviewFilter: CandidateFilter = { states: ['pending'] }) =>
  shell.set({ screen: 'review', overlay: null, reviewFilter })

const available = () => (shell.get().overlay === null ? { availableBefore: availableActions() } : {})

export const openOverlay = (overlay: Overlay) => shell.set({ overlay, settingsPlace: 'provider', helpPlace: 'guide', ...available() })

export const openSettings = (settingsPlace: SettingsPlace) => shell.set({ overlay: 'settings', settingsPlace })
export const openHelp = (helpPlace: HelpPlace) => shell.set({ overlay: 'help', helpPlace, ...available() })
export const closeOverlay = () => shell.set({ overlay: null })
