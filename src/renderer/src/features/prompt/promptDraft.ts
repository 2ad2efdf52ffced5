import type { GenerationSettings, PromptText } from '../../../../shared/domain'
import type { PromptDraft, PromptState } from '../../../../shared/contract'
import { useCall } from '../../api/queries'
import { createStore } from '../../app/state/createStore'

/** Unsaved changes on the prompt screen; they outlive the screen and, by `useKeptPromptDraft`, the window. */
export const promptDraft = createStore<PromptDraft>('project', { text: null, settings: null })

/** Returns the text of a version, without its id and date. */
export const textOf = ({ outputForm, systemMessage, contextTemplate }: PromptText): PromptText => ({
  outputForm,
  systemMessage,
  contextTemplate,
})

export const sameText = (a: PromptText, b: PromptText) => JSON.stringify(textOf(a)) === JSON.stringify(textOf(b))

const sameSettings = (a: GenerationSettings, b: GenerationSettings) => JSON.stringify(a) === JSON.stringify(b)

export interface ShownPrompt {
  readonly text: PromptText
  readonly settings: GenerationSettings
}

/** Returns the text and the settings as shown on the screen. */
export const shownPrompt = (draft: PromptDraft, stored: PromptState): ShownPrompt => ({
  text: draft.text ?? textOf(stored.current),
  settings: draft.settings ?? stored.settings,
})

/** Returns which parts differ from the stored ones. */
export const editedParts = (draft: PromptDraft, stored: PromptState) => ({
  text: draft.text !== null && !sameText(draft.text, stored.current),
  settings: draft.settings !== null && !sameSettings(draft.settings, stored.settings),
})

/** Returns whether the prompt screen has unsaved changes. */
export function usePromptEdited(): boolean {
  const draft = promptDraft.use((state) => state)
  const stored = useCall('prompt.get', {}, { enabled: draft.text !== null || draft.settings !== null })
  if (!stored.data) return false
  const edited = editedParts(draft, stored.data)
  return edited.text || edited.settings
}
