import type { ProviderSettings } from '../../../shared/domain'

interface Price {
  /** US dollars per million tokens, like `output`. */
  readonly input: number
  readonly output: number
}

/**
 * List prices of OpenAI (platform.openai.com/docs/pricing, spring 2026), without discounts for batches or cached prompts. gpt-tokenizer
 * contains prices too, but those of most models since gpt-4o are missing there, or are gpt-4-turbo's.
 */
const prices: ReadonlyMap<string, Price> = new Map(
  Object.entries({
    'gpt-5': { input: 1.25, output: 10 },
    'gpt-5.1': { input: 1.25, output: 10 },
    'gpt-5-chat-latest': { input: 1.25, output: 10 },
    'gpt-5-mini': { input: 0.25, output: 2 },
    'gpt-5-nano': { input: 0.05, output: 0.4 },
    'gpt-5-pro': { input: 15, output: 120 },
    'gpt-4.1': { input: 2, output: 8 },
    'gpt-4.1-mini': { input: 0.4, output: 1.6 },
    'gpt-4.1-nano': { input: 0.1, output: 0.4 },
    'gpt-4o': { input: 2.5, output: 10 },
    'gpt-4o-2024-05-13': { input: 5, output: 15 },
    'gpt-4o-mini': { input: 0.15, output: 0.6 },
    o1: { input: 15, output: 60 },
    o3: { input: 2, output: 8 },
    'o3-mini': { input: 1.1, output: 4.4 },
    'o4-mini': { input: 1.1, output: 4.4 },
    'gpt-4-turbo': { input: 10, output: 30 },
    'gpt-4': { input: 30, output: 60 },
    'gpt-3.5-turbo': { input: 0.5, output: 1.5 },
  }),
)

/**
 * Tokens per pair. MIMIC-IT reports 147 million output tokens for 2.8 million pairs, 53 per pair (arXiv 2306.05425); the JSON syntax adds
 * some.
 */
const tokensAPair = 65

/**
 * Returns the list price of a call in US dollars, or null for a model without a known price, such as one of a local server.
 * @param model name from the settings; a date suffix is ignored if that version has no price of its own
 */
export function priceOf(model: string, promptTokens: number, completionTokens: number): number | null {
  const price = prices.get(model) ?? prices.get(model.replace(/-\d{4}-\d{2}-\d{2}$/, ''))
  return price ? (promptTokens * price.input + completionTokens * price.output) / 1_000_000 : null
}

/**
 * Returns the cost of a call in US dollars: 0 for the demo generator, else by the provider's own prices, else by list price; null if
 * unknown.
 */
export function costOf(
  { kind, model, prices: own }: Pick<ProviderSettings, 'kind' | 'model'> & Partial<Pick<ProviderSettings, 'prices'>>,
  promptTokens: number,
  completionTokens: number,
): number | null {
  if (kind === 'demo') return 0
  if (own) return (promptTokens * own.input + completionTokens * own.output) / 1_000_000
  return priceOf(model, promptTokens, completionTokens)
}

/** Returns the number of tokens that a reply with a given number of pairs usually has. */
export const usualReplyTokens = (pairs: number, maxTokens: number) => Math.min(pairs * tokensAPair, maxTokens)
