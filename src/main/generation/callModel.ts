import type { DraftedPair } from '../../shared/domain'
import { textOf } from '../../shared/say'
import { CallFailure } from './callFailure'
import type { Completion, CompletionRequest, Provider } from './providers/provider'
import { parseReply } from './reply/parseReply'

export interface ModelAnswer {
  readonly completion: Completion
  readonly pairs: readonly DraftedPair[]
}

/**
 * One request and the pairs in its reply. A reply without usable pairs fails the call with the reply and its tokens, which were paid for.
 * @throws CallFailure, or the signal's reason
 */
export async function callModel(provider: Provider, request: CompletionRequest): Promise<ModelAnswer> {
  const completion = await provider.complete(request)
  try {
    return { completion, pairs: parseReply(completion, { form: request.outputForm, pairsPerItem: request.pairsPerItem }) }
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error
    throw new CallFailure(error.code, textOf(error, 'message'), {
      ...error.details,
      reply: completion.text || completion.refusal,
      promptTokens: completion.promptTokens,
      completionTokens: completion.completionTokens,
    })
  }
}
