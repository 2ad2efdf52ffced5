import { useState } from 'react'
import type { CallInput } from '../../../../shared/contract'
import { useCall } from '../../api/queries'

export const choices = ['undrafted', 'all', 'first'] as const
export type Choice = (typeof choices)[number]

const requests = {
  all: () => ({}),
  undrafted: () => ({ onlyUndrafted: true }),
  first: (count: number) => ({ limit: count }),
} as const satisfies Record<Choice, (count: number) => CallInput<'run.start'>>

/** Returns the selected items of the next run, the request for them, and the number of calls. */
export function useRunPlan() {
  const [choice, setChoice] = useState<Choice>('undrafted')
  const [first, setFirst] = useState(10)
  const items = useCall('project.stats', {}).data?.items ?? 0
  const undrafted = useCall('item.page', { filter: { state: 'undrafted' }, after: 0, limit: 1 }).data?.total ?? 0
  const request: CallInput<'run.start'> = requests[choice](first)
  const calls = { all: items, undrafted, first: Math.min(first, items) }[choice]
  return { choice, setChoice, first, setFirst, items, undrafted, request, calls }
}
export type Plan = ReturnType<typeof useRunPlan>
