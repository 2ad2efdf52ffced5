import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { ItemFilter } from '../../../../shared/contract'
import { call } from '../../api'

const PAGE = 100

/** The items of a filter in the order of import, a page at a time. */
export function useItems(filter: ItemFilter) {
  const query = useInfiniteQuery({
    queryKey: ['item.page', 'all pages', filter],
    initialPageParam: 0,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam }) => call('item.page', { filter, after: pageParam, limit: PAGE }),
    getNextPageParam: (page) => (page.items.length < PAGE ? undefined : page.items.at(-1)?.id),
  })
  return {
    ...query,
    items: query.data?.pages.flatMap((page) => page.items) ?? [],
    total: query.data?.pages[0]?.total ?? 0,
  }
}
