import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { message } from '../../../../shared/messages/message'
import { type ImportSource, saveImported } from '../../../store/candidates/importedPairs'
import { decideTogether } from '../../../store/decisions/bulkDecisions'
import { findItemId } from '../../../store/library/items'
import { write } from '../../../store/sql/transaction'
import type { WritableDb } from '../../../store/sql/types'
import type { ImportTally } from '../importTally'
import type { GatheredItem, GatheredPairs, GatheredRecord } from './gatherPairs'
import { joinRecords } from './joinRecords'
import type { PairNotes } from './pairNotes'

/** Number of records to store in one transaction. */
const pairsAtOnce = 2000

interface SaveOptions {
  readonly source: Omit<ImportSource, 'file'>
  /** The reviewer who accepts the pairs; null leaves them pending. */
  readonly acceptedBy: string | null
  /** Ids of items that were rejected; the project may contain another item with the same id. */
  readonly refused: ReadonlySet<string>
  readonly notes: PairNotes
  readonly signal: AbortSignal | undefined
}

type Part = { readonly head: GatheredItem; readonly parts: readonly GatheredRecord[] }

/**
 * Stores gathered pairs as candidates of their items. If they are accepted, their negative examples are rejected, in one step that one undo
 * reverts. Pairs of missing items are counted and reported.
 */
export async function savePairs(db: WritableDb, gathered: GatheredPairs, options: SaveOptions, tally: ImportTally): Promise<void> {
  const { source, acceptedBy, refused, notes, signal } = options
  const [toAccept, toReject]: [number[], number[]] = [[], []]
  const lost = { pairs: 0, names: new Set<string>(), file: '' }

  const saveItem = ({ head: { id }, parts }: Part) => {
    const itemId = refused.has(id) ? undefined : findItemId(db, id)
    const conversations = joinRecords(parts)
    if (itemId === undefined) {
      for (const { pairs } of conversations) lost.pairs += pairs.length
      if (lost.names.size < 5) lost.names.add(id)
      lost.file ||= parts[0]?.file ?? ''
      return
    }
    const saved = saveImported(db, { ...source, file: parts[0]?.file ?? '' }, itemId, conversations)
    for (const [at, { added, known, undecided }] of saved.entries()) {
      tally.addPairs(added.length, known)
      toAccept.push(...undecided)
      for (const [turn, candidateId] of added.entries()) {
        const isNegative = conversations[at]?.pairs[turn]?.label === false
        if (isNegative && acceptedBy === null) notes.add('labelsPending', id)
        ;(isNegative ? toReject : toAccept).push(candidateId)
      }
    }
  }

  let batch: Part[] = []
  let waiting = 0
  const flush = async () => {
    const taken = batch
    batch = []
    waiting = 0
    if (taken.length > 0) write(db, () => taken.forEach(saveItem))
    tally.reportProgress()
    await yieldToEventLoop()
  }
  for (const part of gathered.read()) {
    if (signal?.aborted) break
    batch.push(part)
    waiting += part.parts.length
    if (waiting >= pairsAtOnce) await flush()
  }
  await flush()
  if (lost.pairs > 0) tally.addProblem({ file: lost.file, line: null, item: null, reason: message('import.asPairs.itemsNotThere', { count: lost.pairs, names: [...lost.names].join(', ') }) }) // prettier-ignore
  if (acceptedBy === null || signal?.aborted) return
  const [accepted = 0, rejected = 0] = decideTogether(db, acceptedBy, [
    { target: { ids: toAccept }, verdict: 'accept' },
    { target: { ids: toReject }, verdict: 'reject' },
  ])
  tally.addDecided(accepted, rejected)
}
