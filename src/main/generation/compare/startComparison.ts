import { randomInt } from 'node:crypto'
import type { ComparisonRequest, ComparisonState } from '../../../shared/contract'
import { runSettingsSchema, sideNames, type Comparison, type ProviderSettings } from '../../../shared/domain'
import { sumSide } from '../../../shared/comparison'
import { message } from '../../../shared/messages/message'
import { Problem } from '../../../shared/problem'
import { createComparison } from '../../store/comparisons/comparisons'
import type { WritableDb } from '../../store/sql/types'
import { compileTemplate } from '../prompt/renderContext'
import { demoModel } from '../providers/demo'
import { costOf } from '../run/priceOf'
import { chooseItems } from './chooseItems'
import { readSide } from './sides'

/** Plans a comparison without sending anything. @returns its id @throws Problem not-found, bad-template, wrong-use */
export function startComparison(db: WritableDb, request: ComparisonRequest, provider: ProviderSettings): number {
  const [first, second] = [readSide(db, request.first), readSide(db, request.second)]
  for (const { contextTemplate } of [first, second]) compileTemplate(contextTemplate)
  if (sameVersion(first, second)) throw new Problem('wrong-use', message('compare.sameVersions'), message('compare.chooseTwoVersions'))
  const settings = runSettingsSchema.parse({
    provider: provider.kind === 'demo' ? { ...provider, model: demoModel } : provider,
    generation: request.settings,
  })
  return createComparison(db, {
    first,
    second,
    settings,
    blind: request.blind,
    seed: randomInt(2 ** 31 - 1),
    itemIds: chooseItems(db, request.items),
  })
}

const sameVersion = (first: Comparison['first'], second: Comparison['second']) =>
  first.versionId === second.versionId &&
  first.systemMessage === second.systemMessage &&
  first.contextTemplate === second.contextTemplate &&
  first.outputForm === second.outputForm

/** Returns a comparison with the cost of each side, as the window shows it. */
export function describeComparison(comparison: Comparison, active: boolean): ComparisonState {
  const [first = null, second = null] = sideNames.map((side) => {
    const { promptTokens, completionTokens } = sumSide(comparison.items, side)
    return costOf(comparison.settings.provider, promptTokens, completionTokens)
  })
  return { ...comparison, active, cost: { first, second } }
}
