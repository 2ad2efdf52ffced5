import type { z } from 'zod'
import { trainingImportSchema, type ImportFormat, type RecipeId } from './domain'
import { message } from './messages/message'

/** Name of the import option that replaces context and media of existing items; `--update` on the command line. */
const replaceKnown = message('import.replaceKnown')

/** How to import a corrected row: the end of a remedy. */
export const importAgain = message('import.importAgain', { option: replaceKnown })

/** Recipes whose items have two images each. */
export const pairRecipes: readonly RecipeId[] = ['cgd', 'sd']

/** Returns true if the images are imported in pairs: COCO's images in a project for general differences. */
export const arePaired = (format: ImportFormat, recipe: RecipeId) => format === 'coco' && recipe === 'cgd'

/** Formats whose pairs can be imported. */
export const pairFormats = ['mimic-it', 'jsonl', 'csv', 'llava', ...trainingImportSchema.options] as const satisfies readonly ImportFormat[]
export type PairFormat = (typeof pairFormats)[number]

export const hasPairs = (format: ImportFormat): format is PairFormat => pairFormats.some((each) => each === format)

/** Returns true for formats that contain only pairs; other formats can also be read as context of items. */
export const isOnlyPairs = (format: ImportFormat): format is z.infer<typeof trainingImportSchema> =>
  trainingImportSchema.options.some((each) => each === format)

const oneImage: readonly ImportFormat[] = ['csv', 'folder', 'coco', 'labelme', 'via', 'voc', 'yolo', 'karpathy']
const oneVideo: readonly ImportFormat[] = ['activitynet', 'tvc', 'ego4d', 'vtt']

/**
 * Returns whether items of a format can be valid for a recipe: an item with two images cannot come from a format that names a single medium
 * for each item, unless a files map names both images.
 */
export function canFit(format: ImportFormat, recipe: RecipeId, hasFilesMap = false): boolean {
  if (!pairRecipes.includes(recipe) || arePaired(format, recipe)) return true
  return !oneVideo.includes(format) && (hasFilesMap || !oneImage.includes(format))
}
