import type { z } from 'zod'
import { runSettingsSchema, type GenerationSettings, type ProviderSettings, type Run } from '../../shared/domain'
import { Problem } from '../../shared/problem'
import { say } from '../../shared/say'
import type { Database } from '../store/database'
import { getItem, listItemIds } from '../store/items'
import { currentPromptVersion } from '../store/prompts'
import { createRun } from '../store/runs'
import { demoModel } from './providers/demo'
import { compileTemplate } from './renderContext'

export interface RunRequest {
  /** in the order they shall be asked; all items, or those without candidates, where left out */
  readonly itemIds?: readonly number[] | undefined
  readonly limit?: number | undefined
  readonly onlyUndrafted?: boolean | undefined
  readonly provider: ProviderSettings
  readonly generation: GenerationSettings
}

/**
 * Plans a run with the current prompt; `runGeneration` carries it out.
 * @throws Problem wrong-use without items or with settings out of bounds, not-found for an unknown item, bad-template
 */
export function startRun(db: Database, request: RunRequest): Run {
  const prompt = currentPromptVersion(db)
  compileTemplate(prompt.contextTemplate)
  const itemIds = planItems(db, request)
  if (itemIds.length === 0) throw nothingToDraft(request)
  const provider = request.provider.kind === 'demo' ? { ...request.provider, model: demoModel } : request.provider
  const settings = runSettingsSchema.safeParse({ provider, generation: request.generation })
  if (!settings.success) throw outOfBounds(settings.error)
  return createRun(db, { promptVersionId: prompt.id, settings: settings.data, itemIds })
}

function planItems(db: Database, { itemIds, limit, onlyUndrafted }: RunRequest): number[] {
  const all = () => listItemIds(db, { ...(onlyUndrafted ? { onlyUndrafted } : {}), ...(limit === undefined ? {} : { limit }) })
  if (!itemIds) return all()
  const undrafted = onlyUndrafted ? new Set(listItemIds(db, { onlyUndrafted })) : null
  const named = [...new Set(itemIds)].filter((id) => !undrafted || undrafted.has(id))
  for (const id of named)
    if (!getItem(db, id))
      throw new Problem('not-found', say`There is no item ${id}.`, say`Choose items from the library.`, { item: String(id) })
  return named.slice(0, limit)
}

/** A run with settings that cannot be read again could not even be listed. */
function outOfBounds({ issues: [issue] }: z.ZodError): Problem {
  return new Problem('wrong-use', `${issue?.path.at(-1)?.toString()}: ${issue?.message}.`, say`Correct it and try again.`)
}

function nothingToDraft({ onlyUndrafted }: RunRequest): Problem {
  return onlyUndrafted
    ? new Problem('wrong-use', say`Every item has drafts already.`, say`Draft for all items, or import more of them.`)
    : new Problem('wrong-use', say`There are no items to draft for.`, say`Import items in the library first.`)
}
