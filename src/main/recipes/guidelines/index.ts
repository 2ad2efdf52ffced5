import type { RecipeId } from '../../../shared/domain'
import { cgd } from './cgd'
import { custom } from './custom'
import { dc } from './dc'
import { e4d } from './e4d'
import { la } from './la'
import { sd } from './sd'
import { sn } from './sn'
import { tvc } from './tvc'
import { vst } from './vst'

/** What each recipe tells its reviewers, in Markdown; a project may write its own. Apart from the recipes, since few starts need it. */
export const recipeGuidelines = { la, cgd, sd, vst, dc, tvc, sn, e4d, custom } as const satisfies Record<RecipeId, string>
