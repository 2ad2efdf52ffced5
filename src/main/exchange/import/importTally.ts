import type { EventPayload } from '../../../shared/contract'
import type { ImportReport } from '../../../shared/domain'
import { message } from '../../../shared/messages/message'
import type { ImportProblem, RowFault } from './row/entry'
import { shorten, shortenMessage } from './text/fileFault'
import { differentReason } from './row/importRow'
import type { SavedRow } from './row/preparedRow'

export type ImportProgress = EventPayload<'import.progress'>

/** Shortens the values in a message, which can be very long (for example base64 data instead of a file name). */
function shortenProblem({ file, line, item, reason, remedy }: ImportProblem): ImportProblem {
  const short = typeof reason === 'object' ? shortenMessage(reason) : shorten(reason)
  return { file, line, item: item === null ? null : shorten(item), reason: short, ...(remedy && { remedy }) }
}

const maxProblems = 1000
const progressMs = 100

/** Counts the results of the rows and reports the progress at most 10 times a second. */
export class ImportTally {
  readonly #onProgress: ((progress: ImportProgress) => void) | undefined
  readonly #problems: ImportProblem[] = []
  readonly #notes: ImportProblem[] = []
  readonly #corrections = new Map<string, { readonly first: ImportProblem; more: number }>()
  #moreProblems = 0
  #added = 0
  #unchanged = 0
  #mediaAdded = 0
  #linked = 0
  #updated = 0
  #pairs: { added: number; known: number; accepted: number; rejected: number } | null = null
  #done = 0
  #total: number | null = null
  #reportedAt = 0

  constructor(onProgress?: (progress: ImportProgress) => void) {
    this.#onProgress = onProgress
  }

  expect(total: number): void {
    this.#total = total
  }

  /** Adds a problem. After the first thousand, problems are only counted. */
  addProblem(problem: ImportProblem): void {
    if (this.#problems.length < maxProblems) this.#problems.push(shortenProblem(problem))
    else this.#moreProblems++
  }

  /** Puts a problem of the file itself before the problems of its rows, even if the list is full. */
  addFirst(problem: ImportProblem): void {
    const last = this.#problems.length < maxProblems ? undefined : this.#problems.pop()
    if (last) this.#moreProblems++
    this.#problems.unshift(problem)
  }

  /** Adds a note. After the first thousand, one note states that there are more. */
  addNote(note: ImportProblem): void {
    const { file } = note
    if (this.#notes.length < maxProblems) this.#notes.push(shortenProblem(note))
    else if (this.#notes.length === maxProblems)
      this.#notes.push({ file, line: null, item: null, reason: message('import.furtherNotesNotListed') })
  }

  addRowProblems({ file, line, id }: SavedRow['row'], faults: readonly RowFault[]): void {
    for (const { isNote, ...fault } of faults) {
      const problem = { file, line, item: id, ...fault }
      if (isNote) this.#addCorrection(problem)
      else this.addProblem(problem)
    }
  }

  /** Thousands of rows may have the same correction: only the first is listed, the others are counted. */
  #addCorrection(first: ImportProblem): void {
    const key = typeof first.reason === 'object' ? first.reason.code : first.reason
    const known = this.#corrections.get(key)
    if (known) known.more++
    else this.#corrections.set(key, { first: shortenProblem(first), more: 0 })
  }

  #correctionNotes(): ImportProblem[] {
    return [...this.#corrections.values()].map(({ first, more }) =>
      more === 0 ? first : { ...first, reason: message('import.moreItemsAlike', { reason: first.reason, count: more }) },
    )
  }

  addSaved({ row, result, mediaAdded }: SavedRow): void {
    this.#mediaAdded += mediaAdded
    if (result === 'added') this.#added++
    else if (result === 'unchanged') this.#unchanged++
    else if (result === 'linked') this.#linked++
    else if (result === 'updated') this.#updated++
    else this.addRowProblems(row, [{ reason: differentReason(row.id) }])
  }

  /** Counts pairs that were added as candidates, and pairs that already existed. */
  addPairs(added: number, known: number): void {
    const before = this.#pairs ?? { added: 0, known: 0, accepted: 0, rejected: 0 }
    this.#pairs = { ...before, added: before.added + added, known: before.known + known }
  }

  addDecided(accepted: number, rejected: number): void {
    if (this.#pairs) this.#pairs = { ...this.#pairs, accepted, rejected }
  }

  addUnchanged(): void {
    this.#unchanged++
  }

  /** Counts a processed row, whatever the result. */
  step(): void {
    this.#done++
  }

  reportProgress(isLast = false): void {
    if (!this.#onProgress || (!isLast && Date.now() - this.#reportedAt < progressMs)) return
    this.#reportedAt = Date.now()
    this.#onProgress({ done: this.#done, total: this.#total, problems: this.#problems.length + this.#moreProblems })
  }

  /** Whether at least one row has been processed. */
  get hasRows(): boolean {
    return this.#done > 0
  }

  get isEmpty(): boolean {
    return this.#done === 0 && this.#problems.length === 0
  }

  report(cancelled: boolean): ImportReport {
    return {
      added: this.#added,
      unchanged: this.#unchanged,
      mediaAdded: this.#mediaAdded,
      linked: this.#linked,
      updated: this.#updated,
      ...(this.#pairs && { pairs: this.#pairs }),
      problems: this.#problems,
      notes: [...this.#notes, ...this.#correctionNotes()],
      moreProblems: this.#moreProblems,
      cancelled,
    }
  }
}
