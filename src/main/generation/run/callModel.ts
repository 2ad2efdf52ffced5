import { message } from '../../../shared/messages/message'
import { CallFailure } from './callFailure'
import { textOf } from '../prompt/buildPrompt'
import type { Completion, CompletionRequest, Provider } from '../providers/provider'
import { namesPairs } from '../reply/keyNames'
import { unusedField } from '../reply/unusedField'
import { parseReply, type ParsedReply, type Reply } from '../reply/parseReply'

export interface ModelAnswer extends ParsedReply {
  readonly completion: Completion
}

/**
 * One request and the pairs in its reply. A reply without usable pairs fails the call with the reply and its tokens, which were paid for.
 * @throws CallFailure, or the signal's reason
 */
export async function callModel(provider: Provider, request: CompletionRequest): Promise<ModelAnswer> {
  const completion = await provider.complete(request)
  const { unusedFields, ...answer } = readCompletion(completion, request)
  return { ...answer, unusedFields: [...unusedFields, ...(completion.beside ?? [])] }
}

function readCompletion(completion: Completion, request: CompletionRequest): ModelAnswer {
  try {
    const { elsewhere, refusal, finishReason } = completion
    if (!elsewhere || refusal || finishReason === 'length') return { completion, ...pairsIn(completion, request) }
    return elsewhere.place === 'tool-call'
      ? readBesideTools(completion, elsewhere.text, request)
      : readReasoning(completion, elsewhere.text, request)
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error
    throw new CallFailure(error.code, error.text, {
      ...error.details,
      reply: [completion.text, completion.refusal, completion.elsewhere?.text].filter(Boolean).join('\n') || null,
      promptTokens: completion.promptTokens,
      completionTokens: completion.completionTokens,
    })
  }
}

const pairsIn = (reply: Reply, { outputForm: form, pairsPerItem, messages }: CompletionRequest) =>
  parseReply(reply, { form, pairsPerItem, isInPrompt: (text) => messages.some((each) => textOf(each).includes(text)) })

/** The pairs, or why there are none. */
function tryPairs(reply: Reply, request: CompletionRequest): ParsedReply | CallFailure {
  try {
    return pairsIn(reply, request)
  } catch (error) {
    if (error instanceof CallFailure) return error
    throw error
  }
}

/**
 * Some servers call a tool with the pairs. Words beside it only announce it, and a tool may be called for something else; where both the
 * content and the tool calls have pairs, they must be the same.
 */
function readBesideTools(completion: Completion, json: string, request: CompletionRequest): ModelAnswer {
  const [inContent, inTools] = [tryPairs(completion, request), tryPairs({ text: json }, request)]
  if (inContent instanceof CallFailure) {
    if (namesPairs(completion.text)) throw inContent
    if (!(inTools instanceof CallFailure)) return { completion: { ...completion, text: json }, ...inTools }
    throw new CallFailure('tool-call', message('generation.modelCalledTool'))
  }
  const isDamaged = inTools instanceof CallFailure && inTools.code !== 'wrong-shape' && namesPairs(json)
  const contradict = inTools instanceof CallFailure ? isDamaged : textsOf(inTools) !== textsOf(inContent)
  if (contradict) throw new CallFailure('wrong-shape', message('generation.otherPairsInTool'))
  const calls = inTools instanceof CallFailure && json.trim() !== '' ? [unusedField('tool_calls', json)] : []
  return { completion, pairs: inContent.pairs, unusedFields: [...inContent.unusedFields, ...calls] }
}

const textsOf = ({ pairs }: ParsedReply) => JSON.stringify(pairs.map(({ instruction, response }) => [instruction, response]).toSorted())

/** A reply that the server took for thoughts is read where the thoughts end with the whole JSON that was asked for. */
function readReasoning(completion: Completion, thoughts: string, request: CompletionRequest): ModelAnswer {
  const json = finalJson(thoughts)
  const read = json === null ? null : tryPairs({ text: json }, request)
  if (json === null || read === null || read instanceof CallFailure)
    throw new CallFailure('in-reasoning', message('generation.replyInReasoning'))
  return { completion: { ...completion, text: json }, ...read }
}

/** Places at which the JSON is looked for, and characters that are read in vain. */
const maxStarts = 500
const maxEffort = 20_000_000

/** The JSON that thoughts end with, or its lines; what stands before it may be drafts of it. */
function finalJson(thoughts: string): string | null {
  const text = thoughts.replace(/(\s|```|<\/think>)+$/i, '')
  const brackets = /[[{]/g
  for (
    let tried = 0, found = brackets.exec(text);
    found && tried < maxStarts && tried * text.length < maxEffort;
    tried++, found = brackets.exec(text)
  ) {
    const json = text.slice(found.index)
    if (isJson(json)) return json
    // Behind other words on its line, the first of the lines may be a draft.
    if (isJsonLines(json)) return /(^|\n)\s*$/.test(text.slice(Math.max(0, found.index - 200), found.index)) ? json : null
  }
  return null
}

const isJsonLines = (text: string) =>
  /^.*[}\]],?\s*\n\s*[[{]/.test(text) && text.split('\n').every((line) => line.trim() === '' || isJson(line.replace(/,\s*$/, '')))

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
