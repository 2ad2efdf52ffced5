import type { Item, Message, OutputForm, UnusedField } from '../../../shared/domain'
import type { ModelImage } from '../../media/image/modelImage'

export interface CompletionRequest {
  readonly messages: readonly Message[]
  readonly item: Item
  readonly model: string
  readonly temperature: number
  readonly topP: number
  readonly maxTokens: number
  readonly outputForm: OutputForm
  readonly pairsPerItem: number
  /** Reads an image that a message references, or frames of a video, when the call is sent. @throws CallFailure media */
  readonly readImage: (mediaId: number) => Promise<readonly ModelImage[]>
  /** Aborts the call and frees its connection. */
  readonly signal: AbortSignal
  /** Varies the drafts of the demo generator between runs. */
  readonly salt: string
}

export interface Completion {
  readonly text: string
  readonly finishReason: string | null
  readonly refusal: string | null
  readonly promptTokens: number
  readonly completionTokens: number
  /** Model name that the server reports. */
  readonly model: string
  /** Text that the server put into tool calls or, if `text` is empty, into the model's reasoning. */
  readonly elsewhere?: { readonly place: 'tool-call' | 'in-reasoning'; readonly text: string }
  /** Unused parts of the answer. */
  readonly beside?: readonly UnusedField[]
}

/** Source of drafts. Throws CallFailure, or the signal's reason if the call was aborted. */
export interface Provider {
  complete(request: CompletionRequest): Promise<Completion>
  /** Returns the vectors of texts, in the order of the texts, with the model's own length. Only if the provider has an embedding model. */
  embed?(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]>
}
