import type { CustomRecipe } from '../../shared/domain'
import type { ReadableDb } from '../store/sql/types'
import { getCustomRecipe, readProject } from '../store/project/project'
import type { Recipe } from './recipe'
import { getRecipe } from './registry'
import { relateEarlier, relateMutual, relateNone, relateSimilar, relateSimilarImages, type Relate } from './relations/relate'

const relations = {
  none: relateNone,
  earlier: relateEarlier,
  mutual: relateMutual,
  'similar-text': relateSimilar,
  'similar-image': relateSimilarImages,
} as const satisfies Record<CustomRecipe['relation'], Relate>

/** The recipe of a project; *custom* with the ids and the relation that were chosen in the window. */
export function resolveRecipe(db: ReadableDb): Recipe {
  const recipe = getRecipe(readProject(db).recipe)
  if (recipe.id !== 'custom') return recipe
  const { prefix, relation } = getCustomRecipe(db)
  return { ...recipe, prefix, relate: relations[relation] }
}
