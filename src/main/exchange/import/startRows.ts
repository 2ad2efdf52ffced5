import type { ImportRequest } from '../../../shared/contract'
import { arePaired } from '../../../shared/imports'
import { message } from '../../../shared/messages/message'
import { isEmbedded } from '../../media/embeddedMedia'
import { getRecipe } from '../../recipes/registry'
import { countItems } from '../../store/library/itemList'
import { findItemId, getItem } from '../../store/library/items'
import { readProject } from '../../store/project/project'
import type { WritableDb } from '../../store/sql/types'
import { startStaging } from './importStage'
import { idFault, type ImportRow } from './row/entry'
import { IdTable } from './row/idTable'
import type { MediaFinder } from './row/importMedia'
import { prepareRow, readyRow } from './row/importRow'
import type { PreparedRow } from './row/preparedRow'
import { longestMediumName, shorten } from './text/fileFault'

/** Returns a function that starts to prepare a row against the project's item with the same id. A second row with the same id is bad. */
export function startRows(
  project: { readonly db: WritableDb; readonly directory: string },
  { format, update = false }: ImportRequest,
  { find, missingAll, count }: MediaFinder,
  signal: AbortSignal | undefined,
): (row: ImportRow) => PreparedRow | Promise<PreparedRow> {
  const lines = new IdTable()
  const { recipe } = readProject(project.db)
  const place = { directory: project.directory, find, staging: startStaging(project.directory, recipe, signal), signal, update }
  const isOfPairs = getRecipe(recipe).media === 'pair' && !arePaired(format, recipe)
  const wasEmpty = countItems(project.db, { state: 'all' }) === 0
  return (row) => {
    const fault = idFault(row.id)
    if (fault !== null) return { kind: 'bad', row, reason: fault }
    const tooLong = row.mediaNames.find((name) => name.length > longestMediumName && !isEmbedded(name))
    if (tooLong !== undefined)
      return {
        kind: 'bad',
        row,
        reason: message('common.aboutItem', { item: shorten(tooLong), reason: message('mediaFile.fileNameTooLong') }),
      }
    const earlier = lines.add(row.id, row.line ?? 0)
    if (earlier !== undefined)
      return {
        kind: 'bad',
        row,
        reason: earlier === 0 ? message('import.duplicateId') : message('import.duplicateIdInLine', { line: earlier }),
      }
    const media = isOfPairs ? count(row) : 2
    if (media !== 2) return { kind: 'bad', row, reason: message('import.rowNeedsTwoImages', { recipe, count: media }) }
    const id = wasEmpty ? undefined : findItemId(project.db, row.id)
    const existing = id === undefined ? undefined : getItem(project.db, id)
    const missing = existing ? null : missingAll(row)
    if (missing)
      return readyRow(
        row,
        missing.map((name) => ({ missing: name })),
      )
    return prepareRow(row, existing, place)
  }
}
