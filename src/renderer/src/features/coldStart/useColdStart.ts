import type { ColdStartState } from '../../../../shared/contract'
import type { ColdStartRule } from '../../../../shared/domain'
import { useCall, useCallMutation } from '../../api/queries'
import { coldStartSteps, fewItems, nextStep } from './coldStartStep'

export { coldStartSteps }

/** Returns the next step of the cold start in the open project and the number of items to draft for, or null until both are known. */
export function useNextStep(state: ColdStartState) {
  const stats = useCall('project.stats', {}).data
  // Pinned exemplars come first, so a single one shows whether there are any.
  const first = useCall('exemplar.list', { limit: 1 }).data
  const undrafted = useCall('item.page', { filter: { state: 'undrafted' }, after: 0, limit: 1 }).data?.total
  const running = useCall('run.list', {}).data?.some(({ active }) => active) ?? false
  if (!stats || !first || undrafted === undefined) return null
  const onlyUndrafted = undrafted > 0
  return {
    step: nextStep(state, stats, first[0]?.candidate.pinned ?? false),
    stats,
    running,
    few: Math.min(fewItems(state), onlyUndrafted ? undrafted : stats.items),
    onlyUndrafted,
  }
}

/** Returns a function that saves the rule and whether the cold start is closed. */
export function useSaveColdStart(onSaved?: () => void) {
  const save = useCallMutation('coldStart.save', { onSuccess: () => onSaved?.() })
  return { save: (rule: ColdStartRule, closed: boolean) => save.mutate({ rule, closed }), isPending: save.isPending }
}
