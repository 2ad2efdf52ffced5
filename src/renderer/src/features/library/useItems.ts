import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { ItemFilter } from '../../../../shared/contract'
import { ITEM_PAGE } from '../../../../shared/firstCalls'
import { call } from '../../api'

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
