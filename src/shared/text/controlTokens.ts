/**
 * Control tokens of chat templates. Sources: the templates of Llama, Qwen, Phi, Gemma, Mistral, DeepSeek, Command R, Idefics, gpt-oss and Alpaca.
 * At the end of a text they are where the model stopped; anywhere else, the text holds a turn that is not part of it.
 */
const tokens =
  '<[|｜][\\p{L}\\p{N}_▁-]{1,40}[|｜]>|<\\/?(?:start|end)_of_(?:turn|utterance|text|image)>|<(?:eos|bos|pad|unk|turn\\||\\|turn)>|<\\/?s>|<<\\/?SYS>>|\\[\\/?(?:INST|SYSTEM_PROMPT|TOOL_CALLS|TOOL_RESULTS|AVAILABLE_TOOLS)\\]'
/** Headings of Alpaca and Vicuna, and what tokenizers write for bytes and blanks; `ġ` is a letter of Maltese. */
const piece = /^#{2,3} ?(?:Human|User|Instruction|Assistant|Response|System) ?:|<0x[0-9A-F]{2}>|(?<=\p{Ll})[▁Ġ](?=\p{L})/gmu
const anyToken = new RegExp(tokens, 'giu')
const lastToken = new RegExp(`\\s{0,20}(${tokens})\\s*$`, 'iu')
/** Far more than a model writes one after the other. */
const maxStops = 50
const tail = 200

/** Removes the control tokens at the end of a text. */
export function withoutStopTokens(text: string): string {
  const isElement = hasElement(text)
  let rest = text
  for (let count = 0; count < maxStops; count++) {
    const [whole, stop] = lastToken.exec(rest.slice(-tail)) ?? []
    if (whole === undefined || stop === undefined || (isElement && isStrike(stop))) return rest
    rest = rest.slice(0, -whole.length)
  }
  return rest
}

/** The first control token in a text; one in quotation marks or backticks is only mentioned, and `<s>` and `</s>` may be HTML. */
export function findControlToken(text: string): string | null {
  const isElement = hasElement(text)
  for (const pattern of [anyToken, piece])
    for (const found of text.matchAll(pattern)) {
      const [name] = found
      const [before, after] = [text[found.index - 1] ?? ' ', text[found.index + name.length] ?? ' ']
      const isMentioned = `"'\`“‘`.includes(before) && `"'\`”’`.includes(after)
      if (!isMentioned && !(isElement && isStrike(name))) return name
    }
  return null
}

const isStrike = (name: string) => /^<\/?s>$/i.test(name)

/** Whether a text has HTML's `<s>` with its end; around all of it, they are the first and the last token. */
function hasElement(text: string): boolean {
  const [start, end] = [text.indexOf('<s>'), text.lastIndexOf('</s>')]
  return start >= 0 && start < end && (start > 0 || end + '</s>'.length < text.length)
}

/** The first control token in the texts of a value. */
export function findControlTokenIn(value: unknown): string | null {
  if (typeof value === 'string') return findControlToken(value)
  if (typeof value !== 'object' || value === null) return null
  for (const each of Object.values(value)) {
    const token = findControlTokenIn(each)
    if (token !== null) return token
  }
  return null
}
