import type { z } from 'zod'
import type { PlannedRun } from '../../../shared/contract'
import { type GenerationSettings, type ProviderSettings, runSettingsSchema } from '../../../shared/domain'
import { Problem } from '../../../shared/problem'
import type { ReadableDb, WritableDb } from '../../store/sql/types'
import { getItem } from '../../store/library/items'
import { readLeftOut } from '../../store/library/leftOut'
import { listItemIds } from '../../store/library/itemList'
import { message } from '../../../shared/messages/message'
import { currentPromptVersion } from '../../store/project/prompts'
import { createRun, listTakenItems } from '../../store/runs/runs'
import { write } from '../../store/sql/transaction'
import { demoModel } from '../providers/demo'
import { compileTemplate } from '../prompt/renderContext'
import { countByRun, takenByOtherRuns } from './runGeneration'

export interface RunRequest {
  /** Items in the order to ask them; if omitted, all items, or those without candidates. */
  readonly itemIds?: readonly number[] | undefined
  readonly limit?: number | undefined
  readonly onlyUndrafted?: boolean | undefined
  readonly provider: ProviderSettings
  readonly generation: GenerationSettings
}

/**
 * Plans a run with the current prompt; `runGeneration` carries it out. Leaves out items of live runs, and refuses the request if such an
 * item is named explicitly. Uses one transaction, so that the second of two concurrently planned runs sees the first.
 * @throws Problem wrong-use without items or with settings out of bounds, not-found for an unknown item, bad-template, busy if other runs
 *   have the requested items
 */
export function startRun(db: WritableDb, request: RunRequest): PlannedRun {
  const prompt = currentPromptVersion(db)
  compileTemplate(prompt.contextTemplate)
  const provider = request.provider.kind === 'demo' ? { ...request.provider, model: demoModel } : request.provider
  return write(db, () => {
    const wanted = planItems(db, request)
    if (wanted.length === 0) throw nothingToDraft(request)
    const settings = runSettingsSchema.safeParse({ provider, generation: request.generation })
    if (!settings.success) throw outOfBounds(settings.error)
    const taken = listTakenItems(db)
    const itemIds = wanted.filter((id) => !taken.has(id))
    const named = request.itemIds ? wanted.find((id) => taken.has(id)) : undefined
    if (named !== undefined) throw itemTaken(getItem(db, named)?.sourceId ?? String(named), taken.get(named) ?? 0)
    if (itemIds.length === 0) throw takenByOtherRuns(wanted, taken)
    const run = createRun(db, { promptVersionId: prompt.id, settings: settings.data, itemIds })
    return { ...run, leftOut: countByRun(wanted, taken) }
  })
}

function itemTaken(sourceId: string, runId: number): Problem {
  return new Problem('busy', message('generation.itemQueued', { sourceId, runId }), message('generation.waitOrLeaveOut'), {
    item: sourceId,
  })
}

/** Returns the items of a request, in the order in which they are asked. */
export function planItems(db: ReadableDb, { itemIds, limit, onlyUndrafted }: RunRequest): number[] {
  const all = () => listItemIds(db, { ...(onlyUndrafted ? { onlyUndrafted } : {}), ...(limit === undefined ? {} : { limit }) })
  if (!itemIds) return all()
  const undrafted = onlyUndrafted ? new Set(listItemIds(db, { onlyUndrafted })) : null
  const named = [...new Set(itemIds)].filter((id) => !undrafted || undrafted.has(id))
  const leftOut = readLeftOut(db)
  for (const id of named) {
    if (leftOut.has(id)) throw itemLeftOut(getItem(db, id)?.sourceId ?? String(id))
    if (!getItem(db, id))
      throw new Problem('not-found', message('app.noItem', { id }), message('generation.chooseItemsFromLibrary'), { item: String(id) })
  }
  return named.slice(0, limit)
}

const itemLeftOut = (sourceId: string): Problem =>
  new Problem('wrong-use', message('library.itemLeftOut', { item: sourceId }), message('library.includeFirst'), { item: sourceId })

/** Rejects invalid settings: a run whose settings cannot be read back could not even be listed. */
function outOfBounds({ issues: [issue] }: z.ZodError): Problem {
  return new Problem(
    'wrong-use',
    message('common.aboutItem', { item: String(issue?.path.at(-1) ?? ''), reason: issue?.message ?? '' }),
    message('app.correctAndRetry'),
  )
}

function nothingToDraft({ onlyUndrafted }: RunRequest): Problem {
  return onlyUndrafted
    ? new Problem('wrong-use', message('generation.everyItemHasDrafts'), message('generation.draftForAll'))
    : new Problem('wrong-use', message('generation.noItems'), message('generation.importItems'))
}
