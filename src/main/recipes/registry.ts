import type { RecipeId } from '../../shared/domain'
import { custom } from './custom'
import { la } from './la'
import type { Recipe } from './recipe'

/** Every recipe, in the order the gallery shows them. */
export const recipes = { la, custom } as const satisfies Record<RecipeId, Recipe>

export function getRecipe(id: RecipeId): Recipe {
  return recipes[id]
}
