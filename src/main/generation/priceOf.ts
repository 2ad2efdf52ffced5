/** MIMIC-IT reports 147 million tokens out for 2.8 million pairs, 53 a pair (arXiv 2306.05425); the JSON around it adds some. */
const tokensAPair = 65

/**
 * What a call costs in US dollars, by the list prices that gpt-tokenizer carries for OpenAI's models (without discounts for batches or
 * cached prompts). Null for a model whose price is not among them, such as one of a local server.
 * @param model as the settings name it; a date at its end is looked past where that exact version has no price
 */
export async function priceOf(model: string, promptTokens: number, completionTokens: number): Promise<number | null> {
  const prices = await loadPrices()
  const price = prices.get(model) ?? prices.get(model.replace(/-\d{4}-\d{2}-\d{2}$/, ''))
  return price ? (promptTokens * price.input + completionTokens * price.output) / 1_000_000 : null
}

/** How many tokens a reply of so many pairs usually has. */
export const usualReplyTokens = (pairs: number, maxTokens: number) => Math.min(pairs * tokensAPair, maxTokens)

interface Price {
  /** both US dollars for a million tokens */
  readonly input: number
  readonly output: number
}

let known: Promise<ReadonlyMap<string, Price>> | undefined

/** Hundreds of kilobytes of descriptions of models, so that they are loaded at the first use. */
function loadPrices(): Promise<ReadonlyMap<string, Price>> {
  known ??= import('gpt-tokenizer/models').then((models) => {
    const prices = new Map<string, Price>()
    for (const [name, spec] of Object.entries(models)) {
      const main = 'price_data' in spec && 'main' in spec.price_data ? spec.price_data.main : undefined
      if (main && 'input' in main && 'output' in main) prices.set(name, { input: main.input, output: main.output })
    }
    return prices
  })
  return known
}
