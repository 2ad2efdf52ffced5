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
  /** reads an image that a message names, or frames of a video, when the call is sent. @throws CallFailure media */
  readonly readImage: (mediaId: number) => Promise<readonly ModelImage[]>
  /** aborting gives the call up and frees its connection */
  readonly signal: AbortSignal
  /** makes drafts of the demo generator differ between runs */
  readonly salt: string
}

export interface Completion {
  readonly text: string
  readonly finishReason: string | null
  readonly refusal: string | null
  readonly promptTokens: number
  readonly completionTokens: number
  /** as the server names it */
  readonly model: string
  /** what the server put into tool calls or, where the text is empty, into the model's thoughts */
  readonly elsewhere?: { readonly place: 'tool-call' | 'in-reasoning'; readonly text: string }
  /** what came with it and is not used */
  readonly beside?: readonly UnusedField[]
}

/** Who drafts. Throws CallFailure, or the signal's reason where the call was given up. */
export interface Provider {
  complete(request: CompletionRequest): Promise<Completion>
  /** Vectors of texts, as long as the model makes them, in the order of the texts; where the provider has an embedding model. */
  embed?(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]>
}
