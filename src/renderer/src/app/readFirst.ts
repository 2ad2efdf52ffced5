import type { QueryClient } from '@tanstack/react-query'
import type { AppSettings, CallInput, CallName } from '../../../shared/contract'
import { firstItems } from '../../../shared/firstCalls'
import { call } from '../api/api'
import { showLanguage } from '../i18n'
import { callKey } from '../api/queries'

/** Has the chosen language there before the settings are, so that the first image speaks it; English stays where it cannot be loaded. */
async function inItsLanguage(settings: AppSettings): Promise<AppSettings> {
  await showLanguage(settings.language).catch((error: unknown) => console.error(error))
  return settings
}

/**
 * Takes the answers to `firstCalls` into the cache, while React is still starting. They are handed on together, so that the first
 * image is rendered once with all it shows. Where no project is open, some fail unseen.
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
  hand('project.stats', {}, call('project.stats', {})) // nobody waits for it: to count a million pairs takes as long as a tenth of the start
  read('item.page', firstItems)
}
