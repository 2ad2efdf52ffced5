import type { CallOutput, promptCalls } from '../../shared/contract'
import { promptTextSchema } from '../../shared/domain'
import { getRecipe } from '../recipes/registry'
import { readColdStart } from '../store/decisions/coldStart'
import {
  getColdStart,
  getCustomRecipe,
  getGenerationSettings,
  saveColdStart,
  saveCustomRecipe,
  saveGenerationSettings,
} from '../store/project/project'
import {
  currentPromptVersion,
  getPromptDraft,
  listPromptExemplars,
  listPromptVersions,
  savePromptDraft,
  savePromptLabel,
  savePromptVersion,
} from '../store/project/prompts'
import type { CallParts } from './parts'
import type { TopicHandlers } from './ownCalls'

/** Code that talks to models is loaded on first use, so that it does not delay the start of the window. */
const generation = {
  previewPrompt: async () => (await import('../generation/prompt/preparePrompt')).previewPrompt,
  tryPrompt: async () => (await import('../generation/prompt/tryPrompt')).tryPrompt,
  promptFiles: () => import('../exchange/promptFile/promptFiles'),
}

/** Creates the handlers of calls about the prompt, the cold start and the recipe. */
export function createPromptHandlers({ session, runs, chosen, db, settings, keyFor }: CallParts): TopicHandlers<typeof promptCalls> {
  const promptState = (): CallOutput<'prompt.get'> => ({
    current: currentPromptVersion(db()),
    versions: listPromptVersions(db()),
    recipeText: getRecipe(session.require().info.recipe).text,
    settings: getGenerationSettings(db()),
    fileExemplars: listPromptExemplars(db(), currentPromptVersion(db()).id).length,
  })

  return {
    'prompt.get': promptState,
    'prompt.save': ({ dropFileExemplars, ...text }) => {
      savePromptVersion(db(), text, dropFileExemplars ? [] : undefined)
      return promptState()
    },
    'prompt.label': ({ id, ...label }) => {
      savePromptLabel(db(), id, label)
      return promptState()
    },
    'prompt.saveSettings': (changed) => {
      saveGenerationSettings(db(), changed)
      return promptState()
    },
    'prompt.draft': () => getPromptDraft(db()),
    'prompt.saveDraft': (draft) => {
      savePromptDraft(db(), draft)
      return null
    },
    'prompt.preview': async (request) => (await generation.previewPrompt())(db(), request, settings.read().provider),
    'prompt.try': async (request) => {
      const { provider } = settings.read()
      const tryPrompt = await generation.tryPrompt()
      return tryPrompt(session.require(), request, {
        settings: provider,
        apiKey: keyFor(provider),
        imageMaker: runs.imageMaker,
      })
    },
    'prompt.readFile': async ({ path: file, repair }) => {
      chosen.requireSource(file)
      const { openPromptFile } = await generation.promptFiles()
      const { text, exemplars, findings } = await openPromptFile(file, currentPromptVersion(db()), { repair })
      return { text: text && promptTextSchema.parse(text), exemplars: exemplars.length, findings: [...findings] }
    },
    'prompt.importFile': async ({ path: file, repair }) => {
      chosen.requireSource(file)
      await (await generation.promptFiles()).importPromptFile(db(), file, { repair })
      return promptState()
    },
    'prompt.writeFile': async ({ path: file }) => {
      chosen.requireTarget(file)
      await (await generation.promptFiles()).exportPromptFile(db(), file)
      return { path: file }
    },
    'coldStart.save': ({ rule, closed }) => {
      saveColdStart(db(), { rule, closedAt: closed ? (getColdStart(db()).closedAt ?? Date.now()) : null })
      return readColdStart(db())
    },
    'recipe.custom': () => getCustomRecipe(db()),
    'recipe.saveCustom': (recipe) => {
      saveCustomRecipe(db(), recipe)
      return getCustomRecipe(db())
    },
  }
}
