import type { FrameRule, ImportFormat, PromptText, RecipeId } from '../../shared/domain'
import type { Relate } from './relations/relate'

/** The groups a training YAML of Otter knows (pipeline/mimicit_utils of Luodian/Otter). */
export type TrainingGroup = 'IMAGE_TEXT' | 'TEXT_ONLY' | 'VIDEO_TEXT' | 'IMAGE_TEXT_IN_CONTEXT'

export type { FrameRule }

/** One way of making a data set: what the model is told, how an item's annotation reads, and which pairs belong together in training. */
export interface Recipe {
  readonly id: RecipeId
  /** begins every id of an export: `<prefix>_INS_…`, `<prefix>_IMG_…` */
  readonly prefix: string
  readonly group: TrainingGroup
  /** what a new project starts with; people edit a copy */
  readonly text: PromptText
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
