import { useCall } from '../../api/queries'
import { itemName } from './itemName'

/** Returns the name of an item on one line: the name of its first file once that is loaded, then its id. */
export const useItemName = (id: number | undefined, sourceId: string): string =>
  itemName(sourceId, useCall('item.get', { id: id ?? 0 }, { enabled: id !== undefined }).data?.media[0]?.fileName)
