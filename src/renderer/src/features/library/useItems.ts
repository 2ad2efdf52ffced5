import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { ItemFilter } from '../../../../shared/contract'
import { ITEM_PAGE } from '../../../../shared/firstCalls'
import { call } from '../../api/api'
import { useCall } from '../../api/queries'

export const itemPages = (filter: ItemFilter) =>
  infiniteQueryOptions({
    queryKey: ['item.page', 'all pages', filter],
    initialPageParam: 0,
    queryFn: ({ pageParam }) => call('item.page', { filter, after: pageParam, limit: ITEM_PAGE }),
    getNextPageParam: (page) => (page.items.length < ITEM_PAGE ? undefined : page.items.at(-1)?.id),
  })

/** The items of a filter in the order of import, a page at a time. */
export function useItems(filter: ItemFilter) {
  const query = useInfiniteQuery({ ...itemPages(filter), placeholderData: keepPreviousData })
  return {
    ...query,
    items: query.data?.pages.flatMap((page) => page.items) ?? [],
    total: query.data?.pages[0]?.total ?? 0,
  }
}

/** Whether a filter hides an item; the items of a page follow by their ids. */
export function useIsHidden(itemId: number | null, filter: ItemFilter): boolean {
  const isFiltered = filter.state !== 'all' || filter.query !== undefined
  // Until it is known, the last answer about the same item stands.
  const sameItem = <D>(last: D | undefined, query: { readonly queryKey: readonly unknown[] } | undefined) =>
    (query?.queryKey[1] as typeof place | undefined)?.after === place.after ? last : undefined
  const place = { filter, after: Math.max(0, (itemId ?? 0) - 1), limit: 1 }
  const { data } = useCall('item.page', place, { enabled: itemId !== null && isFiltered, placeholderData: sameItem })
  return itemId !== null && isFiltered && data !== undefined && data.items[0]?.id !== itemId
}
