import { message, type Message } from '../../../../shared/messages/message'
import { type ImportEntry, noteEntry } from '../row/entry'

/** Notes about records that are imported with changes. */
const notes = {
  leadingAnswer: (count: number, names: string) => message('import.asPairs.leadingAnswer', { count, names }),
  lateSystem: (count: number, names: string) => message('import.asPairs.lateSystem', { count, names }),
  unanswered: (count: number, names: string) => message('import.asPairs.unanswered', { count, names }),
  marksDiffer: (count: number, names: string) => message('import.asPairs.marksDiffer', { count, names }),
  boxRows: (count: number, names: string) => message('import.asPairs.boxRows', { count, names }),
  controlTokens: (count: number, names: string) => message('import.asPairs.controlTokens', { count, names }),
  cleaned: (count: number, names: string) => message('import.asPairs.cleaned', { count, names }),
  labelsPending: (count: number, names: string) => message('import.asPairs.labelsPending', { count, names }),
} as const satisfies Record<string, (count: number, names: string) => Message>
type PairNote = keyof typeof notes

const maxNamed = 5

/** Counts the changes, so that thousands of similar records are reported in one line. */
export function createPairNotes() {
  const counts = new Map<PairNote, { count: number; names: Set<string> }>()
  return {
    add(note: PairNote, item: string): void {
      const known = counts.get(note) ?? { count: 0, names: new Set<string>() }
      known.count++
      if (known.names.size <= maxNamed) known.names.add(item)
      counts.set(note, known)
    },
    *read(file: string): Generator<ImportEntry> {
      for (const [note, { count, names }] of counts) {
        const listed = [...names].slice(0, maxNamed).join(', ') + (names.size > maxNamed ? ' …' : '')
        yield noteEntry(file, null, null, notes[note](count, listed))
      }
    },
  }
}
export type PairNotes = ReturnType<typeof createPairNotes>
