import type { PromptTrial } from '../../../shared/contract'
import type { CallError, DraftedPair, ProviderSettings, UnusedField } from '../../../shared/domain'
import { CallFailure } from '../run/callFailure'
import { createItemEmbedder, embeddingModelFor } from '../run/embedItems'
import { preparePrompt, type PromptRequest } from './preparePrompt'
import { createProvider } from '../providers/createProvider'
import type { Provider } from '../providers/provider'
import type { ImageMaker } from './readImage'
import { sendPrompt } from './sendPrompt'
import type { ProjectPlace } from '../run/runGeneration'

interface TrialOptions {
  readonly settings: ProviderSettings
  /** API key saved for the address in the settings. */
  readonly apiKey: string | null
  readonly imageMaker?: ImageMaker | undefined
  readonly signal?: AbortSignal | undefined
  /** Provider to use instead of the one in the settings. */
  readonly provider?: Provider | undefined
}

interface Answer {
  readonly model: string
  readonly reply: string | null
  readonly pairs: readonly DraftedPair[]
  readonly unusedFields: readonly UnusedField[]
  readonly error: CallError | null
  readonly promptTokens: number | null
  readonly completionTokens: number | null
}

/**
 * Asks the model once, with text and settings that may be unsaved, and stores nothing: no call, no candidate. A call without pairs also
 * returns an answer, with its error and the raw reply.
 * @throws Problem not-found, bad-template
 */
export async function tryPrompt(place: ProjectPlace, request: PromptRequest, options: TrialOptions): Promise<PromptTrial> {
  const { settings, imageMaker, signal = new AbortController().signal } = options
  const provider = options.provider ?? createProvider(settings, options.apiKey)
  const embeddingModel = embeddingModelFor(request.settings.exemplars, settings)
  const started = performance.now()
  const answer = await ask()
  return {
    ...answer,
    pairs: [...answer.pairs],
    unusedFields: [...answer.unusedFields],
    milliseconds: Math.round(performance.now() - started),
  }

  async function ask(): Promise<Answer> {
    try {
      if (embeddingModel !== null && provider.embed)
        await createItemEmbedder(place.db, provider.embed, {
          model: embeddingModel,
          upcoming: [],
          signal,
          store: (work) => Promise.resolve(work()),
        }).ensure(request.itemId)
      const { item, messages } = await preparePrompt(place.db, { ...request, embeddingModel })
      const prompt = { item, messages, text: request.text, settings: request.settings, model: settings.model, salt: 'trial' }
      const { completion, pairs, unusedFields } = await sendPrompt(place, provider, prompt, { signal, imageMaker })
      const { model, text: reply, promptTokens, completionTokens } = completion
      return { model, reply, pairs, unusedFields, error: null, promptTokens, completionTokens }
    } catch (error) {
      if (!(error instanceof CallFailure)) throw error
      const { reply = null, promptTokens = null, completionTokens = null } = error.details
      return { model: settings.model, reply, pairs: [], unusedFields: [], error: error.toCallError(), promptTokens, completionTokens }
    }
  }
}
