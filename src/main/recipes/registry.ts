import type { CustomRecipe, RecipeId } from '../../shared/domain'
import { cgd } from './cgd'
import { custom } from './custom'
import { dc } from './dc'
import { e4d } from './e4d'
import { la } from './la'
import type { Recipe } from './recipe'
import { sd } from './sd'
import { sn } from './sn'
import { tvc } from './tvc'
import { vst } from './vst'
import type { ReadableDb } from '../store/sql/types'
import { getCustomRecipe, readProject } from '../store/project/project'
import { type Relate, relateEarlier, relateMutual, relateNone, relateSimilar, relateSimilarImages } from './relate'

/** All recipes, in the order of the gallery. */
export const recipes = { la, cgd, sd, vst, dc, tvc, sn, e4d, custom } as const satisfies Record<RecipeId, Recipe>

/** Ids of the recipes that use frames of a video. */
export const videoRecipes: readonly RecipeId[] = Object.values(recipes).flatMap(({ id, frames }) => (frames ? [id] : []))

/** Returns a built-in recipe; `resolveRecipe` also applies a project's settings for *custom*. */
export function getRecipe(id: RecipeId): Recipe {
  return recipes[id]
}

const relations = {
  none: relateNone,
  earlier: relateEarlier,
  mutual: relateMutual,
  'similar-text': relateSimilar,
  'similar-image': relateSimilarImages,
} as const satisfies Record<CustomRecipe['relation'], Relate>

/** Returns the recipe of a project; for *custom*, with the ids and the relation chosen in the window. */
export function resolveRecipe(db: ReadableDb): Recipe {
  const { recipe: id } = readProject(db)
  return customizeRecipe(id, id === 'custom' ? getCustomRecipe(db) : null)
}

/** Returns a recipe, with the id prefix and the relation of the project if it has its own. */
export function customizeRecipe(id: RecipeId, own: Pick<CustomRecipe, 'prefix' | 'relation'> | null): Recipe {
  const recipe = getRecipe(id)
  return own === null ? recipe : { ...recipe, prefix: own.prefix, relate: relations[own.relation] }
}
