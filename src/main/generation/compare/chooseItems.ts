import type { ItemChoice } from '../../../shared/domain'
import { message } from '../../../shared/messages/message'
import { Problem } from '../../../shared/problem'
import { getItem } from '../../store/library/items'
import { listItemIds } from '../../store/library/itemList'
import type { ReadableDb } from '../../store/sql/types'
import { seededRandom, shuffle } from '../seededRandom'

/** Returns the items of a choice; random ones in the order of the library. @throws Problem not-found, wrong-use without items */
export function chooseItems(db: ReadableDb, choice: ItemChoice): number[] {
  const ids = idsOf(db, choice)
  if (ids.length === 0) throw new Problem('wrong-use', message('generation.noItems'), message('generation.importItems'))
  return ids
}

function idsOf(db: ReadableDb, choice: ItemChoice): number[] {
  switch (choice.kind) {
    case 'first':
      return listItemIds(db, { limit: choice.count })
    case 'random': {
      const all = listItemIds(db)
      const chosen = new Set(shuffle(all, seededRandom(String(choice.seed))).slice(0, choice.count))
      return all.filter((id) => chosen.has(id))
    }
    case 'picked': {
      const ids = [...new Set(choice.itemIds)]
      for (const id of ids)
        if (!getItem(db, id))
          throw new Problem('not-found', message('app.noItem', { id }), message('generation.chooseItemsFromLibrary'), { item: String(id) })
      return ids
    }
  }
}
