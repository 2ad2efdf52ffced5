import type { z } from 'zod'
import { trainingImportSchema, type ImportFormat, type RecipeId } from './domain'
import { message } from './messages/message'

/** What the switch of an import is called that replaces context and media of the items that are there; `--update` on the command line. */
const replaceKnown = message('import.replaceKnown')

/** How a corrected row gets into the project: the end of a remedy. */
export const importAgain = message('import.importAgain', { option: replaceKnown })

/** Recipes whose items are two images each. */
export const pairRecipes: readonly RecipeId[] = ['cgd', 'sd']

/** In a project for general differences COCO's images come in pairs. */
export const arePaired = (format: ImportFormat, recipe: RecipeId) => format === 'coco' && recipe === 'cgd'

/** Formats whose pairs can be imported. */
export const pairFormats = ['mimic-it', 'jsonl', 'csv', 'llava', ...trainingImportSchema.options] as const satisfies readonly ImportFormat[]
export type PairFormat = (typeof pairFormats)[number]

export const hasPairs = (format: ImportFormat): format is PairFormat => pairFormats.some((each) => each === format)

/** Formats that are pairs and nothing else; others can be read as context of items too. */
export const isOnlyPairs = (format: ImportFormat): format is z.infer<typeof trainingImportSchema> =>
  trainingImportSchema.options.some((each) => each === format)

const oneImage: readonly ImportFormat[] = ['csv', 'folder', 'coco', 'labelme', 'via', 'voc', 'yolo', 'karpathy']
const oneVideo: readonly ImportFormat[] = ['activitynet', 'tvc', 'ego4d', 'vtt']

/**
 * Whether an item of a format can be right for a recipe: one of two images cannot come from a format that names a single medium
 * for each item, unless a files map names both images.
 */
export function canFit(format: ImportFormat, recipe: RecipeId, hasFilesMap = false): boolean {
  if (!pairRecipes.includes(recipe) || arePaired(format, recipe)) return true
  return !oneVideo.includes(format) && (hasFilesMap || !oneImage.includes(format))
}
