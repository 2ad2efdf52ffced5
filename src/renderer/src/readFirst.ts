import type { QueryClient } from '@tanstack/react-query'
import type { CallInput, CallName } from '../../shared/contract'
import { call } from './api'
import { itemPages } from './features/library/useItems'
import { callKey } from './queries'

/** Takes the answers to `firstCalls` into the cache, while React is still starting. Where no project is open, some fail unseen. */
export function readFirst(client: QueryClient): void {
  const read = <N extends CallName>(name: N, input: CallInput<N>) =>
    void client.prefetchQuery({ queryKey: callKey(name, input), queryFn: () => call(name, input) })
  read('project.current', {})
  read('app.settings', {})
  void client.prefetchInfiniteQuery(itemPages({ state: 'all' }))
  read('project.stats', {})
}
