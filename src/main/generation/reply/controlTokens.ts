/**
 * Control tokens of chat templates. Sources: the templates of Llama, Qwen, Phi, Gemma, Mistral, DeepSeek, Command R, Idefics and gpt-oss.
 * At the end of a text they are where the model stopped; anywhere else, the text holds a turn that is not part of it.
 */
const token =
  '<[|｜][\\p{L}\\p{N}_▁-]{1,40}[|｜]>|<\\/?(?:start|end)_of_(?:turn|utterance|text|image)>|<(?:eos|bos|pad|unk|turn\\||\\|turn)>|<\\/?s>|<<\\/?SYS>>|\\[\\/?(?:INST|SYSTEM_PROMPT|TOOL_CALLS|TOOL_RESULTS|AVAILABLE_TOOLS)\\]'
const anyToken = new RegExp(token, 'giu')
const lastToken = new RegExp(`\\s{0,20}(${token})\\s*$`, 'iu')
/** Far more than a model writes one after the other. */
const maxStops = 50
const tail = 200

/** Removes the control tokens at the end of a text. */
export function withoutStopTokens(text: string): string {
  let rest = text
  for (let count = 0; count < maxStops; count++) {
    const [whole, stop] = lastToken.exec(rest.slice(-tail)) ?? []
    if (whole === undefined || stop === undefined || isElement(stop, rest)) return rest
    rest = rest.slice(0, -whole.length)
  }
  return rest
}

/** The first control token in a text; one in quotation marks or backticks is only mentioned, and `<s>` and `</s>` may be HTML. */
export function findControlToken(text: string): string | null {
  for (const found of text.matchAll(anyToken)) {
    const [name] = found
    const [before, after] = [text[found.index - 1] ?? ' ', text[found.index + name.length] ?? ' ']
    const isMentioned = `"'\`“‘`.includes(before) && `"'\`”’`.includes(after)
    if (!isMentioned && !isElement(name, text)) return name
  }
  return null
}

/** Whether a text has HTML's `<s>` with its end. */
const isElement = (name: string, text: string) => /^<\/?s>$/i.test(name) && /<s>[^]*\S[^]*<\/s>/i.test(text)
