import type { GenerationSettings, Item, Message, PromptText } from '../../../shared/domain'
import { callModel, type ModelAnswer } from '../run/callModel'
import type { ProjectPlace } from '../run/runGeneration'
import type { Provider } from '../providers/provider'
import { readImages, type ImageMaker } from './readImage'

export interface PromptToSend {
  readonly item: Item
  readonly messages: readonly Message[]
  readonly text: PromptText
  readonly settings: GenerationSettings
  readonly model: string
  /** Varies the drafts of the demo generator. */
  readonly salt: string
}

interface SendOptions {
  readonly signal: AbortSignal
  readonly imageMaker?: ImageMaker | undefined
}

/** Sends a prepared prompt outside of a run, for a trial or a comparison. @throws CallFailure, or the signal's reason */
export function sendPrompt(place: ProjectPlace, provider: Provider, prompt: PromptToSend, options: SendOptions): Promise<ModelAnswer> {
  const { item, messages, text, settings, model, salt } = prompt
  const { temperature, topP, maxTokens, pairsPerItem } = settings
  return callModel(provider, {
    messages,
    item,
    model,
    temperature,
    topP,
    maxTokens,
    outputForm: text.outputForm,
    pairsPerItem,
    readImage: (mediaId) => readImages(place, item, mediaId, options.imageMaker),
    signal: options.signal,
    salt,
  })
}
