import type { CallInput, CallName } from './contract'

/** How many items the library reads at a time. */
export const ITEM_PAGE = 60

/** The first items of the library. */
export const firstItems = { filter: { state: 'all' }, after: 0, limit: ITEM_PAGE } as const satisfies CallInput<'item.page'>

/** What the window's first image needs. Asked for before the page's own code runs, and again under the same names and inputs by that code. */
export const firstCalls = [
  ['project.current', {}],
  ['app.settings', {}],
  ['item.page', firstItems],
  ['project.stats', {}],
] as const satisfies readonly { [N in CallName]: readonly [N, CallInput<N>] }[CallName][]
