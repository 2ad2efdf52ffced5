import { readFileSync } from 'node:fs'
import type { ItemFilter } from '../../shared/contract'
import { message } from '../../shared/messages/message'
import { Problem } from '../../shared/problem'
import type { Standing } from '../../shared/domain'
import { accountName } from '../project/userData'
import { listItemsById, listSortedItemIds } from '../store/library/itemList'
import { findItemId } from '../store/library/items'
import { setStanding } from '../store/library/leftOut'
import { count, exitCode, type ExitCode, resolveIn, type Terminal, toRow, withProject, withReadProject } from './terminal'

const pageSize = 200

/** Lists items with their standing and the progress of their pairs. */
export function itemsListCommand(
  terminal: Terminal,
  given: string,
  options: { state?: ItemFilter['state']; json?: boolean },
): Promise<ExitCode> {
  return withReadProject(terminal, given, ({ db }) => {
    const ids = listSortedItemIds(db, { state: options.state ?? 'all' }, 'import')
    if (options.json) terminal.out('[')
    for (let at = 0; at < ids.length; at += pageSize)
      for (const [place, item] of listItemsById(db, ids.slice(at, at + pageSize)).entries()) {
        const { sourceId, standing, candidates, pending, approved, media } = item
        const files = media.map(({ fileName }) => fileName)
        if (options.json)
          terminal.out(
            JSON.stringify({ id: sourceId, standing, media: files, pairs: candidates, pending, approved }) +
              (at + place + 1 < ids.length ? ',' : ''),
          )
        else terminal.out(toRow(sourceId, standing, count(candidates, 'pair'), `${pending} pending`, files.join(' ')))
      }
    if (options.json) terminal.out(']')
    return exitCode.done
  })
}

/** Reads ids, one per line, skipping empty lines. `-` is standard input. */
function readIds(terminal: Terminal, file: string): string[] {
  const text = readFileSync(file === '-' ? 0 : resolveIn(terminal, file), 'utf8')
  return text.split(/\r?\n/).flatMap((line) => line.trim() || [])
}

/** Excludes, includes or deletes items by their ids in the imported file. Nothing changes unless all are found. */
export const itemsStandingCommand =
  (standing: Standing, done: string) =>
  (terminal: Terminal, given: string, named: readonly string[], options: { file?: string }): Promise<ExitCode> => {
    const sourceIds = [...named, ...(options.file === undefined ? [] : readIds(terminal, options.file))]
    if (sourceIds.length === 0) throw new Problem('wrong-use', message('command.noItemNamed'), message('command.nameItems'))
    return withProject(terminal, given, ({ db }) => {
      const ids = sourceIds.map((sourceId) => {
        const id = findItemId(db, sourceId)
        if (id !== undefined) return id
        throw new Problem('not-found', message('command.noSuchItem', { item: sourceId }), message('command.seeItemsList'), {
          item: sourceId,
        })
      })
      terminal.out(`${done} ${count(setStanding(db, { ids, standing, reviewer: accountName() }), 'item')}`)
      return exitCode.done
    })
  }
