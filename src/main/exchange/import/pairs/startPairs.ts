import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { ImportRequest } from '../../../../shared/contract'
import { hasPairs, isOnlyPairs } from '../../../../shared/imports'
import { message } from '../../../../shared/messages/message'
import { Problem } from '../../../../shared/problem'
import { openScratch } from '../../../store/sql/scratch'
import type { WritableDb } from '../../../store/sql/types'
import type { ImportTally } from '../importTally'
import { LeftOut } from '../row/leftOut'
import { type GatheredItem, type GatheredRecord, gatherPairs } from './gatherPairs'
import { createPairNotes } from './pairNotes'
import { savePairs } from './savePairs'

interface Options {
  readonly reviewer?: string
  readonly signal?: AbortSignal
}

/** Starts an import of pairs as candidates; null if the format has no pairs or the request imports them as context. */
export function startPairs(request: ImportRequest, { reviewer, signal }: Options) {
  const { format } = request
  if (!hasPairs(format) || (request.pairs === undefined && !isOnlyPairs(format))) return null
  const state = request.pairs ?? 'pending'
  if (state === 'accepted' && reviewer === undefined)
    throw new Problem('wrong-use', message('command.reviewerNeeded'), message('command.addReviewer'))
  const scratch = openScratch()
  const gathered = scratch.gather<GatheredItem, GatheredRecord>()
  const notes = createPairNotes()
  const refused = new Set<string>()
  let folder: Promise<string> | undefined
  let files = 0
  const takeFile = async () => join(await (folder ??= mkdtemp(join(tmpdir(), 'exemplar-pairs-'))), String(files++))
  return {
    readRows: () => gatherPairs({ ...request, format }, gathered, { notes, leftOut: new LeftOut(), scratch, takeFile }),
    /** Marks the item with this id as not imported; the project may contain another item with that id. */
    refuse: (id: string) => void refused.add(id),
    async save(db: WritableDb, tally: ImportTally): Promise<void> {
      const source = { format, reviewer: reviewer ?? null, isFlat: format === 'mimic-it' }
      const acceptedBy = state === 'accepted' ? (reviewer ?? null) : null
      tally.addPairs(0, 0)
      await savePairs(db, gathered, { source, acceptedBy, refused, notes, signal }, tally)
      for (const note of notes.read(basename(request.file ?? ''))) if (note.kind === 'note') tally.addNote(note)
    },
    async close(): Promise<void> {
      scratch.close()
      if (folder !== undefined) await rm(await folder, { recursive: true, force: true })
    },
  }
}
export type PairsImport = NonNullable<ReturnType<typeof startPairs>>
