/**
 * A mark that models put around their reasoning. Sources: the chat templates of DeepSeek, Qwen, Seed-OSS, Magistral, Kimi-VL, Command A,
 * OpenThinker, MedGemma, Gemma, Granite, EXAONE and gpt-oss (harmony), and those of Open WebUI and Ollama's command line, which show the
 * reasoning of all of them.
 */
export interface ReasoningMark {
  /** `answer`: reasoning precedes it, the answer follows; `channel`: reasoning until the next channel, `<|end|>` or end tag. */
  readonly kind: 'open' | 'close' | 'channel' | 'answer' | 'endOfPart'
  readonly start: number
  /** Index after the mark. */
  readonly end: number
}

const names =
  'think(?:ing|s)?|thoughts?|reason(?:ing|s)?|analysis|refle(?:ct|x)ions?|deliberation|brainstorm(?:ing)?|plan(?:ning)?|scratch_?pad|monologue|cot|chain_of_thought|step_by_step|draft'
const prefix = String.raw`(?:(?!end_|stop_)[a-z][a-z0-9]{0,15}[:_])?`
const suffix = '(?:_(?:process|content|mode|block|steps?|trace|section))?'
const attributes = String.raw`(?:\s[^<>]{0,200})?`
const left = '(?:<|&lt;)'
const right = '(?:>|&gt;)'

const patterns = {
  open: [
    String.raw`${left}\|?\s{0,3}${prefix}(?:ant)?(?:${names})${suffix}${attributes}\s{0,3}\|?${right}`,
    String.raw`[[{](?:think|thinking|thoughts?|reasoning)[\]}]`,
    '◁think▷',
    String.raw`<details\s[^<>]{0,80}type="reasoning"[^<>]{0,80}>`,
    String.raw`<\|?(?:start_thinking|(?:begin|start)_of_thought|inner_prefix)\|?>`,
    '<(?:unused|ctrl)94>',
    String.raw`\x60\x60\x60(?:think|thinking|thoughts?|reasoning)\b`,
    String.raw`here(?:'s|’s| is) my thought process:`,
    String.raw`(?<![^\n])thinking(?:\.{3}|…)[ \t]{0,9}(?=\r?\n)`,
  ],
  close: [
    String.raw`${left}\|?\s{0,3}/\|?\s{0,3}${prefix}(?:ant)?(?:${names})${suffix}\s{0,3}\|?${right}`,
    String.raw`[[{]/(?:think|thinking|thoughts?|reasoning)[\]}]`,
    '◁/think▷',
    String.raw`<\|?(?:end_thinking|end_of_thought|inner_suffix)\|?>`,
    '<(?:unused|ctrl)95>',
    String.raw`<channel\|>`,
    String.raw`here(?:'s|’s| is) my response:`,
    String.raw`(?:\.{3}|…)done thinking\.?`,
  ],
  answer: [
    String.raw`<\|channel\|?>\s{0,3}final\b`,
    '<(?:answer|final|final_answer|solution)>',
    String.raw`<\|(?:start_response|begin_of_solution)\|>`,
    'assistantfinal',
  ],
  channel: [String.raw`<\|channel\|?>\s{0,3}\w{0,20}`, '(?<![^])(?:assistant)?analysis(?=[A-Z])'],
  endOfPart: [String.raw`<\|(?:end|start)\|>`],
} as const

const mark = new RegExp(
  Object.entries(patterns)
    .map(([kind, list]) => `(?<${kind}>${list.join('|')})`)
    .join('|'),
  'gi',
)

/** Returns the next mark at or after an index. Skips marks in quotation marks or backticks, which are only mentioned. */
export function nextMark(text: string, from: number): ReasoningMark | null {
  mark.lastIndex = from
  for (let found = mark.exec(text); found; found = mark.exec(text)) {
    const [whole] = found
    const [start, end] = [found.index, found.index + whole.length]
    const groups: Readonly<Record<string, string | undefined>> = found.groups ?? {}
    const kind = kinds.find((each) => groups[each] !== undefined)
    if (kind !== undefined && !whole.endsWith('/>') && !isMentioned(text, start, end)) return { kind, start, end }
  }
  return null
}

const kinds = ['open', 'close', 'answer', 'channel', 'endOfPart'] as const satisfies ReasoningMark['kind'][]

const isMentioned = (text: string, start: number, end: number) => {
  const before = text[start - 1]
  return before !== undefined && `"'\`“‘`.includes(before) && `"'\`”’`.includes(text[end] ?? ' ')
}

/** Removes the tokens that chat templates leave around an answer. */
export const withoutTemplateTokens = (text: string) =>
  text.replace(/<\|start\|>\s{0,9}assistant|<[|｜][^|｜<>]{1,40}[|｜]>|<\/?s>|<\/?(?:answer|final|final_answer|solution)>/gi, '')
