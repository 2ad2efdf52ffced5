import type { PromptExemplar } from './buildPrompt'
import { countTokens } from './countTokens'
import { compileTemplate } from './renderContext'

/**
 * As many of the exemplars, from the first on, as stay within the budget: the last ones are dropped first. An item's annotation counts
 * once, since the pairs of an item are one turn.
 * @throws Problem bad-template
 */
export async function keepWithinBudget(
  exemplars: readonly PromptExemplar[],
  contextTemplate: string,
  tokenBudget: number,
): Promise<PromptExemplar[]> {
  const render = compileTemplate(contextTemplate)
  const counted = new Set<number>()
  const kept: PromptExemplar[] = []
  let tokens = 0
  for (const exemplar of exemplars) {
    const { item, pair } = exemplar
    tokens += await countTokens(JSON.stringify(pair))
    if (!counted.has(item.id)) tokens += await countTokens(render(item))
    counted.add(item.id)
    if (tokens > tokenBudget) break
    kept.push(exemplar)
  }
  return kept
}
