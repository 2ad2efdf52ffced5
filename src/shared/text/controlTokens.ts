/**
 * Control tokens of chat templates. Sources: the templates of Llama, Qwen, Phi, Gemma, Mistral, DeepSeek, Command R, Idefics, gpt-oss and
 * Alpaca. At the end of a text they show where the model stopped; anywhere else, the text contains a turn that does not belong to it.
 */
const tokens =
  '<[|｜][\\p{L}\\p{N}_▁-]{1,40}[|｜]>|<\\/?(?:start|end)_of_(?:turn|utterance|text|image)>|<(?:eos|bos|pad|unk|turn\\||\\|turn)>|<\\/?s>|<<\\/?SYS>>|\\[\\/?(?:INST|SYSTEM_PROMPT|TOOL_CALLS|TOOL_RESULTS|AVAILABLE_TOOLS)\\]'
/** Headings of Alpaca and Vicuna, and the notation of tokenizers for bytes and blanks; `ġ` is a letter of Maltese. */
const piece = /^#{2,3} ?(?:Human|User|Instruction|Assistant|Response|System) ?:|<0x[0-9A-F]{2}>|(?<=\p{Ll})[▁Ġ](?=\p{L})/gmu
const anyToken = new RegExp(tokens, 'giu')
const lastToken = new RegExp(`\\s{0,20}(${tokens})\\s*$`, 'iu')
/** Far more than a model writes in a row. */
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

/**
 * Returns the first control token in a text; a token in quotation marks or backticks is only mentioned, and `<s>` and `</s>` may be HTML.
 */
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

/**
 * Returns true if a text has HTML's `<s>` with its closing tag; if they enclose the whole text, they are its first and last token instead.
 */
function hasElement(text: string): boolean {
  const [start, end] = [text.indexOf('<s>'), text.lastIndexOf('</s>')]
  return start >= 0 && start < end && (start > 0 || end + '</s>'.length < text.length)
}

/** Returns the first control token in the texts of a value. */
export function findControlTokenIn(value: unknown): string | null {
  if (typeof value === 'string') return findControlToken(value)
  if (typeof value !== 'object' || value === null) return null
  for (const each of Object.values(value)) {
    const token = findControlTokenIn(each)
    if (token !== null) return token
  }
  return null
}
