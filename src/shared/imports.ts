import type { ImportFormat, RecipeId } from './domain'
import { message } from './messages/message'

/** What the switch of an import is called that replaces context and media of the items that are there; `--update` on the command line. */
const replaceKnown = message('import.replaceKnown')

/** How a corrected row gets into the project: the end of a remedy. */
export const importAgain = message('import.importAgain', { option: replaceKnown })

/** Recipes whose items are two images each. */
export const pairRecipes: readonly RecipeId[] = ['cgd', 'sd']

/** In a project for general differences COCO's images come in pairs. */
export const arePaired = (format: ImportFormat, recipe: RecipeId) => format === 'coco' && recipe === 'cgd'

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
