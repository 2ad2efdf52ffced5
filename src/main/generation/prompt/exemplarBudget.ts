import type { FileExemplar } from '../../../shared/domain'
import type { PromptExemplar } from './buildPrompt'
import { countTokens } from './countTokens'
import type { PlacedPair } from './outputForms'
import { compileTemplate } from './renderContext'

/** All that a prompt shows before the item at hand, in this order. */
export interface PromptExamples {
  readonly fileExemplars: readonly FileExemplar[]
  readonly exemplars: readonly PromptExemplar[]
}

/**
 * As many as stay within the budget, from the first on: the last ones are dropped first. Examples of a prompt file come first, and each is
 * kept or dropped as a whole; then come the pairs of the pool. An item's annotation counts once, since the pairs of an item are one turn.
 * @throws Problem bad-template
 */
export async function keepWithinBudget(
  { fileExemplars, exemplars }: PromptExamples,
  contextTemplate: string,
  tokenBudget: number,
): Promise<PromptExamples> {
  let tokens = 0
  const fits = async (annotation: string, pairs: readonly PlacedPair[]): Promise<boolean> => {
    tokens += await countTokens(annotation)
    for (const pair of pairs) tokens += await countTokens(JSON.stringify(pair))
    return tokens <= tokenBudget
  }
  const maxPerFile = await takeWhile(fileExemplars, ({ annotation, pairs }) => fits(annotation, pairs))
  if (maxPerFile.length < fileExemplars.length) return { fileExemplars: maxPerFile, exemplars: [] }
  const render = compileTemplate(contextTemplate)
  const counted = new Set<number>()
  const kept = await takeWhile(exemplars, ({ item, pair }) => {
    const annotation = counted.has(item.id) ? '' : render(item)
    counted.add(item.id)
    return fits(annotation, [pair])
  })
  return { fileExemplars: maxPerFile, exemplars: kept }
}

async function takeWhile<T>(list: readonly T[], holds: (each: T) => Promise<boolean>): Promise<T[]> {
  const taken: T[] = []
  for (const each of list) {
    if (!(await holds(each))) break
    taken.push(each)
  }
  return taken
}
