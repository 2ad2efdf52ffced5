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

/** Every recipe, in the order the gallery shows them. */
export const recipes = { la, cgd, sd, vst, dc, tvc, sn, e4d, custom } as const satisfies Record<RecipeId, Recipe>

/** Those that take frames of a video. */
export const videoRecipes: readonly RecipeId[] = Object.values(recipes).flatMap(({ id, frames }) => (frames ? [id] : []))

/** A recipe as it comes with the application; `resolveRecipe` knows what a project makes of *custom*. */
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

/** The recipe of a project; *custom* with the ids and the relation that were chosen in the window. */
export function resolveRecipe(db: ReadableDb): Recipe {
  const { recipe: id } = readProject(db)
  return customizeRecipe(id, id === 'custom' ? getCustomRecipe(db) : null)
}

/** A recipe with the ids and the relation of a project that has its own. */
export function customizeRecipe(id: RecipeId, own: Pick<CustomRecipe, 'prefix' | 'relation'> | null): Recipe {
  const recipe = getRecipe(id)
  return own === null ? recipe : { ...recipe, prefix: own.prefix, relate: relations[own.relation] }
}
