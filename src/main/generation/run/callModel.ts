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
 * Sends one request and parses the pairs in its reply. A reply without usable pairs fails the call; the failure carries the reply and its
 * tokens, which were paid for.
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

/** Returns the pairs, or the failure that explains why there are none. */
function tryPairs(reply: Reply, request: CompletionRequest): ParsedReply | CallFailure {
  try {
    return pairsIn(reply, request)
  } catch (error) {
    if (error instanceof CallFailure) return error
    throw error
  }
}

/**
 * Reads the reply of a server that passes the pairs to a tool call. Text next to a tool call usually only announces it, and the tool call
 * may be unrelated; if both the content and the tool calls contain pairs, they must be the same.
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

/** Reads a reply that the server classified as reasoning, if the reasoning ends with the complete JSON that was requested. */
function readReasoning(completion: Completion, thoughts: string, request: CompletionRequest): ModelAnswer {
  const json = finalJson(thoughts)
  const read = json === null ? null : tryPairs({ text: json }, request)
  if (json === null || read === null || read instanceof CallFailure)
    throw new CallFailure('in-reasoning', message('generation.replyInReasoning'))
  return { completion: { ...completion, text: json }, ...read }
}

/** Maximum number of positions tried for the JSON, and of characters read without success. */
const maxStarts = 500
const maxEffort = 20_000_000

/** Returns the JSON or JSON Lines at the end of the reasoning; JSON before it may be a draft. */
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
    // After other words on its line, the first JSON line may be a draft.
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
