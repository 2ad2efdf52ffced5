import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { CustomRecipe, PromptText } from '../../../../shared/domain'
import { call } from '../../api/api'
import { showDone } from '../../components/showProblem'
import { callKey, invalidate } from '../../api/queries'
import { promptDraft, sameText, textOf } from '../prompt/promptDraft'

/**
 * Returns a mutation that saves the recipe, and its text as a new prompt version if it differs from the current one.
 * Other unsaved changes to the prompt are kept.
 */
export function useSaveCustomRecipe(onSaved: () => void) {
  const { t } = useTranslation()
  const client = useQueryClient()
  return useMutation<void, Error, { recipe: CustomRecipe; text: PromptText }>({
    mutationFn: async ({ recipe, text }) => {
      client.setQueryData(callKey('recipe.custom', {}), await call('recipe.saveCustom', recipe))
      const { current } = await call('prompt.get', {})
      if (sameText(text, current)) return
      client.setQueryData(callKey('prompt.get', {}), await call('prompt.save', textOf(text)))
      const { outputForm, contextTemplate } = text
      promptDraft.set((draft) => ({ text: draft.text && { ...draft.text, outputForm, contextTemplate } }))
    },
    onSuccess: () => {
      void invalidate(client, ['recipe', 'prompt'])
      showDone(t('recipe.saved'))
      onSaved()
    },
    onError: () => undefined, // shown below the fields
  })
}
