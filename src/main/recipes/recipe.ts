import type { FrameRule, ImportFormat, PromptText, RecipeId } from '../../shared/domain'
import type { Relate } from './relate'

/** The groups a training YAML of Otter knows (pipeline/mimicit_utils of Luodian/Otter). */
export type TrainingGroup = 'IMAGE_TEXT' | 'TEXT_ONLY' | 'VIDEO_TEXT' | 'IMAGE_TEXT_IN_CONTEXT'

/** One way of making a data set: what the model is told, how an item's annotation reads, and which pairs belong together in training. */
export interface Recipe {
  readonly id: RecipeId
  /** begins every id of an export: `<prefix>_INS_…`, `<prefix>_IMG_…` */
  readonly prefix: string
  readonly group: TrainingGroup
  /** what a new project starts with; people edit a copy */
  readonly text: PromptText
  /** what its reviewers go by, in Markdown; a project may write its own */
  readonly guidelines: string
  /** written into the training YAML */
  readonly taskDescription: string
  /** what its items show */
  readonly media: 'image' | 'pair' | 'album' | 'video' | 'any'
  /** its own format first */
  readonly formats: readonly ImportFormat[]
  /** of a video; null: its items are images, and videos are refused */
  readonly frames: FrameRule | null
  /** the in-context rule of the training set (C_psi) */
  readonly relate: Relate
}

/**
 * The end of a context template: every field of the context that the template has not written itself, under its own name. Fields that
 * people add to an item thus reach the model in any recipe.
 */
export function otherFields(...known: readonly string[]): string {
  const isKnown = known.map((key) => `field[0] == "${key}"`).join(' or ')
  return `{% for field in context -%}
{% unless ${isKnown} -%}
{{ field[0] }}: {{ field[1] | lines }}
{% endunless -%}
{% endfor -%}`
}

/** The part of the guidelines that holds for every recipe; each puts it behind its own. */
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
