import type { CallInput, CallName } from './contract'

/** Number of items that the library loads at a time. */
export const ITEM_PAGE = 60

/** Request for the first items of the library. */
export const firstItems = { filter: { state: 'all' }, after: 0, limit: ITEM_PAGE } as const satisfies CallInput<'item.page'>

/**
 * Calls that the first render of the window needs. They are sent before the page's own code runs; that code repeats them with the same
 * names and inputs.
 */
export const firstCalls = [
  ['project.current', {}],
  ['app.settings', {}],
  ['item.page', firstItems],
  ['project.stats', {}],
] as const satisfies readonly { [N in CallName]: readonly [N, CallInput<N>] }[CallName][]
