import type { FileExemplar, Item, Pair } from '../../../shared/domain'
import { Problem } from '../../../shared/problem'
import { listPairsOf } from '../../store/candidates/candidates'
import type { ReadableDb } from '../../store/sql/types'
import { listContextTemplates } from '../../store/project/prompts'
import { compileTemplate } from './renderContext'

/** Examples of a prompt file name no item: which one they came from is told by what they say. */

/** How far back a template is looked for by which an annotation may have been written. */
const templatesTried = 20

const keyOf = ({ instruction, response }: Pair) => JSON.stringify([instruction.trim(), response.trim()])

/**
 * Examples of a prompt file without those that came from this item: their annotation is the item's, by the template given or one that the
 * project had, or one of their pairs was drafted about it. An item's own pairs are never its exemplars.
 */
export function withoutOwnExamples(
  db: ReadableDb,
  examples: readonly FileExemplar[],
  { item, contextTemplate }: { readonly item: Item; readonly contextTemplate: string },
): FileExemplar[] {
  if (examples.length === 0) return []
  const templates = new Set([contextTemplate, ...listContextTemplates(db, templatesTried)])
  const annotations = new Set([...templates].map((template) => renderIfPossible(template, item)))
  const drafted = new Set(listPairsOf(db, item.id).map(keyOf))
  return examples.filter(({ annotation, pairs }) => {
    const says = annotation.trim()
    return (says === '' || !annotations.has(says)) && !pairs.some((pair) => drafted.has(keyOf(pair)))
  })
}

/** A template of old need not suit every item. */
function renderIfPossible(template: string, item: Item): string {
  try {
    return compileTemplate(template)(item)
  } catch (error) {
    if (error instanceof Problem && error.code === 'bad-template') return ''
    throw error
  }
}

/** Pairs that do not stand in the examples of a prompt file already. Their places stay empty. */
export function withoutPairsOf<P extends Pair>(pairs: readonly P[], examples: readonly FileExemplar[]): P[] {
  const known = new Set(examples.flatMap((example) => example.pairs.map(keyOf)))
  return pairs.filter((pair) => !known.has(keyOf(pair)))
}
