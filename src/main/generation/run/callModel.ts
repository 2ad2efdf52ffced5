import type { DraftedPair } from '../../../shared/domain'
import { message } from '../../../shared/messages/message'
import { CallFailure } from './callFailure'
import type { Completion, CompletionRequest, Provider } from '../providers/provider'
import { parseReply, type Reply } from '../reply/parseReply'

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
    return completion.elsewhere && !completion.refusal && completion.finishReason !== 'length'
      ? readElsewhere(completion, completion.elsewhere, request)
      : { completion, pairs: pairsIn(completion, request) }
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error
    throw new CallFailure(error.code, error.text, {
      ...error.details,
      reply: completion.text || completion.refusal || completion.elsewhere?.text || null,
      promptTokens: completion.promptTokens,
      completionTokens: completion.completionTokens,
    })
  }
}

const pairsIn = (reply: Reply, { outputForm: form, pairsPerItem }: CompletionRequest) => parseReply(reply, { form, pairsPerItem })

/** A reply that the server put into another place is taken where it is the whole JSON that was asked for. */
function readElsewhere(
  completion: Completion,
  { place, text }: NonNullable<Completion['elsewhere']>,
  request: CompletionRequest,
): ModelAnswer {
  const json = place === 'tool-call' ? text : finalJson(text)
  try {
    if (json !== null) return { completion: { ...completion, text: json }, pairs: pairsIn({ text: json }, request) }
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error
  }
  throw place === 'tool-call'
    ? new CallFailure('tool-call', message('generation.modelCalledTool'))
    : new CallFailure('in-reasoning', message('generation.replyInReasoning'))
}

/** Places at which the JSON is looked for. */
const maxStarts = 500

/** The JSON that thoughts end with; what stands before it may be drafts of it. */
function finalJson(thoughts: string): string | null {
  const text = thoughts.replace(/(\s|```|<\/think>)+$/i, '')
  const brackets = /[[{]/g
  for (let tried = 0, found = brackets.exec(text); found && tried < maxStarts; tried++, found = brackets.exec(text)) {
    const json = text.slice(found.index)
    try {
      JSON.parse(json)
      return json
    } catch {
      continue
    }
  }
  return null
}
