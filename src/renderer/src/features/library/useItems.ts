import { keepPreviousData, useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ItemFilter, ItemSort, ItemSummary } from '../../../../shared/contract'
import { firstItems, ITEM_PAGE } from '../../../../shared/firstCalls'
import { call } from '../../api/api'
import { callKey, useCall } from '../../api/queries'
import { onProjectLeft } from '../../app/state/createStore'

/** The last loaded version of each item, shown until it is reloaded, so that the list does not flicker when it changes. */
const remembered = new Map<number, ItemSummary>()
onProjectLeft(() => remembered.clear())

async function readItems(ids: number[]): Promise<ItemSummary[]> {
  const items = await call('item.list', { ids })
  for (const item of items) remembered.set(item.id, item)
  return items
}

/**
 * Returns the sorted ids of the items of a filter, and the number of items in each state. Until they are loaded, the first page of all
 * items is used, so that the first paint of the window waits for nothing else.
 */
export function useItemIds(filter: ItemFilter, sort: ItemSort) {
  const found = useCall('item.ids', { filter, sort }, { placeholderData: keepPreviousData })
  const isPlain = filter.state === 'all' && filter.query === undefined && sort === 'import'
  const first = useCall('item.page', firstItems, { enabled: isPlain })
  const firstIds = useMemo(() => first.data?.items.map(({ id }) => id), [first.data])
  const ids = found.data?.ids ?? (isPlain ? firstIds : undefined)
  return {
    ids,
    counts: found.data?.counts ?? null,
    total: found.data?.ids.length ?? (isPlain ? first.data?.total : undefined),
    error: found.error,
    refetch: found.refetch,
  }
}

/** Loads a range of a list of ids in blocks. @returns a function that returns an item, or undefined until it is loaded */
export function useItemsAt(ids: readonly number[], from: number, to: number): (id: number) => ItemSummary | undefined {
  const first = useCall('item.page', firstItems, { enabled: false }).data?.items
  const blocks: number[][] = []
  for (let start = Math.floor(from / ITEM_PAGE) * ITEM_PAGE; start < Math.min(to, ids.length); start += ITEM_PAGE)
    blocks.push(ids.slice(start, start + ITEM_PAGE))
  const isFirst = (block: readonly number[]) => first?.length === block.length && first.every(({ id }, place) => id === block[place])
  const read = useQueries({
    queries: blocks
      .filter((block) => !isFirst(block))
      .map((block) => ({ queryKey: callKey('item.list', { ids: block }), queryFn: () => readItems(block) })),
  })
  const items = new Map([...(first ?? []), ...read.flatMap(({ data }) => data ?? [])].map((item) => [item.id, item]))
  return (id) => items.get(id) ?? remembered.get(id)
}
