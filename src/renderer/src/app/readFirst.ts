import type { QueryClient } from '@tanstack/react-query'
import type { AppSettings, CallInput, CallName } from '../../../shared/contract'
import { firstItems } from '../../../shared/firstCalls'
import { call } from '../api/api'
import { showLanguage } from '../i18n'
import { callKey } from '../api/queries'

/** Loads the chosen language before returning the settings, so that the first paint uses it. Stays with English if it cannot be loaded. */
async function inItsLanguage(settings: AppSettings): Promise<AppSettings> {
  await showLanguage(settings.language).catch((error: unknown) => console.error(error))
  return settings
}

/**
 * Fills the cache with the answers to `firstCalls` while React is still starting. They are released together, so that the first paint
 * renders once with all of its data. Without an open project some of the calls fail silently.
 */
export function readFirst(client: QueryClient): void {
  const asked: Promise<unknown>[] = []
  const afterAll = <T>(answer: Promise<T>) => Promise.allSettled(asked).then(() => answer)
  const hand = <N extends CallName>(name: N, input: CallInput<N>, answer: Promise<unknown>) =>
    void client.prefetchQuery({ queryKey: callKey(name, input), queryFn: () => afterAll(answer) })
  const read = <N extends CallName>(name: N, input: CallInput<N>, answer = call(name, input)) => {
    asked.push(answer)
    hand(name, input, answer)
  }
  read('project.current', {})
  read('app.settings', {}, call('app.settings', {}).then(inItsLanguage))
  hand('project.stats', {}, call('project.stats', {})) // nothing waits for it: counting a million pairs takes a tenth of the start time
  read('item.page', firstItems)
}
