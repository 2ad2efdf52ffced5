import type { FrameRule, ImportFormat, PromptText, RecipeId } from '../../shared/domain'
import type { Relate } from './relate'

/** The groups that a training YAML of Otter supports (pipeline/mimicit_utils of Luodian/Otter). */
export type TrainingGroup = 'IMAGE_TEXT' | 'TEXT_ONLY' | 'VIDEO_TEXT' | 'IMAGE_TEXT_IN_CONTEXT'

/** A kind of data set: the instructions for the model, the format of an item's annotation, and the rule that relates pairs in training. */
export interface Recipe {
  readonly id: RecipeId
  /** Prefix of every id in an export: `<prefix>_INS_…`, `<prefix>_IMG_…`. */
  readonly prefix: string
  readonly group: TrainingGroup
  /** Initial prompt text of a new project; users edit a copy. */
  readonly text: PromptText
  /** Guidelines for reviewers, in Markdown; a project may replace them with its own. */
  readonly guidelines: string
  /** Description written into the training YAML. */
  readonly taskDescription: string
  /** Kind of media of its items. */
  readonly media: 'image' | 'pair' | 'album' | 'video' | 'any'
  /** Import formats, the recipe's own format first. */
  readonly formats: readonly ImportFormat[]
  /** Rule for extracting video frames; null if items are images and videos are refused. */
  readonly frames: FrameRule | null
  /** In-context rule of the training set (C_psi). */
  readonly relate: Relate
}

/**
 * Returns the end of a context template: every field of the context that the template has not written itself, under its own name. Custom
 * fields of an item therefore reach the model in any recipe.
 */
export function otherFields(...known: readonly string[]): string {
  const isKnown = known.map((key) => `field[0] == "${key}"`).join(' or ')
  return `{% for field in context -%}
{% unless ${isKnown} -%}
{{ field[0] }}: {{ field[1] | lines }}
{% endunless -%}
{% endfor -%}`
}

/** Section of the guidelines that is the same for every recipe; each recipe appends it to its own. */
export const inEveryPair = `## In every pair

- **Visible.** Accept only what can be seen in the media, or follows from what can be seen. The context helps you to check; the reader of the pair will not have it.
- **True.** Every statement holds: counts, colours, places, written words, what people do. When you cannot tell, ignore the pair.
- **Natural.** The instruction is one that a person looking at the media would give. It speaks of no captions, boxes, coordinates, labels or annotations.
- **Whole.** The response answers all of the instruction, and nothing beside it.
- **Worthwhile.** Reject what is trivial, said already in another pair of the item, harmful, or not in the language of the project.

## Edit or reject

Edit when a few words make it right. Reject when it would have to be written anew: a pair that is repaired at length teaches the model the repairer's style. Name every reason that applies.

Mark a pair as an exemplar (F) when you would like the next drafts to be *like this one*, and say why (Alt+F).
`
