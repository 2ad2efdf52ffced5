import type { Candidate } from '../../shared/domain'
import { Problem } from '../../shared/problem'
import { message } from '../../shared/messages/message'
import { toEnglish } from '../../shared/messages/translate'
import { exemplarIds, listCandidates } from '../store/candidates/candidates'
import type { ReadableDb } from '../store/sql/types'
import { getItem } from '../store/library/items'
import { listItemIds } from '../store/library/itemList'
import { type ExitCode, reportMissingRows, type Terminal, toRow, withReadProject } from './terminal'

function* allCandidates(db: ReadableDb): IterableIterator<Candidate> {
  let after: Parameters<typeof listCandidates>[2] = null
  do {
    const page = listCandidates(db, {}, after, 200)
    yield* page.candidates
    after = page.next
  } while (after)
}

const describeCandidate = (db: ReadableDb, candidate: Candidate) => ({
  id: candidate.id,
  item: candidate.itemSourceId,
  run: candidate.runId,
  state: candidate.state,
  instruction: candidate.instruction,
  response: candidate.response,
  provider: candidate.provider ?? 'human',
  exemplars: exemplarIds(db, candidate.callId),
})

function describeItem(db: ReadableDb, id: number) {
  const item = getItem(db, id)
  return (
    item && {
      id: item.sourceId,
      media: item.media.map(({ fileName }) => fileName),
      missing: item.missing,
      problems: item.media.flatMap(({ fileName, problem }) => (problem === null ? [] : [{ media: fileName, problem: toEnglish(problem) }])),
      context: item.context,
    }
  )
}
type ListedItem = NonNullable<ReturnType<typeof describeItem>>

/** Formats an item: id and media, followed by the problems of its media. */
function itemLine({ id, media, missing, problems }: ListedItem): string {
  const faults = [...missing.map(({ name }) => `missing: ${name}`), ...problems.map(({ media: name, problem }) => `${name}: ${problem}`)]
  return toRow(id, media.join(' '), ...(faults.length > 0 ? [faults.join('; ')] : []))
}

/** Writes an array element by element, to limit the memory that a large project needs. */
function printJson(terminal: Terminal, values: Iterable<unknown>): void {
  let previous: string | undefined
  terminal.out('[')
  for (const value of values) {
    if (previous !== undefined) terminal.out(`${previous},`)
    previous = JSON.stringify(value)
  }
  if (previous !== undefined) terminal.out(previous)
  terminal.out(']')
}

function* mapped<T, U>(values: Iterable<T>, map: (value: T) => U): IterableIterator<U> {
  for (const value of values) yield map(value)
}

export function listCommand(
  terminal: Terminal,
  given: string,
  options: { candidates?: boolean; items?: boolean; json?: boolean },
): Promise<ExitCode> {
  if (Boolean(options.candidates) === Boolean(options.items))
    throw new Problem('wrong-use', message('command.sayWhatToList'), message('command.addListOption'))
  return withReadProject(terminal, given, ({ db }) => {
    if (options.candidates) {
      const rows = mapped(allCandidates(db), (candidate) => describeCandidate(db, candidate))
      if (options.json) printJson(terminal, rows)
      else for (const row of rows) terminal.out(toRow(row.id, row.item, row.state, row.provider, row.instruction.replace(/\s+/g, ' ')))
    } else {
      const rows = mapped(listItemIds(db), (id) => describeItem(db, id))
      if (options.json) printJson(terminal, rows)
      else for (const row of rows) if (row) terminal.out(itemLine(row))
    }
    return reportMissingRows(terminal, db)
  })
}
