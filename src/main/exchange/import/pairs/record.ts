import type { Context, DraftedPair, MediaKind, Pair, ProviderKind } from '../../../../shared/domain'
import type { Message } from '../../../../shared/messages/message'
import type { EmbeddedFile } from '../row/entry'

/** A medium as a record names it. */
export interface PairMedium {
  readonly kind: MediaKind
  readonly name: string
  /** what people know it as, where that is another name */
  readonly fileName?: string | undefined
  /** SHA-256 of the file that it was made of, where a side file says it */
  readonly sourceHash?: string | undefined
  /** the medium itself, where it is part of the data file */
  readonly embedded?: string | EmbeddedFile | { readonly bytes: Uint8Array } | undefined
  /** what else its file may be called */
  readonly otherName?: string | undefined
}

/** A pair of a record, its texts not yet cleaned. */
export interface RecordPair extends Pair {
  readonly rationale: string | null
  readonly kind?: DraftedPair['kind']
  /** the worse answer, or the text before an edit */
  readonly draft: Pair | null
  /** false: a negative example; null where the record does not say */
  readonly label: boolean | null
}

/** What a row of a data file says: a conversation about media. */
export interface PairContent {
  readonly id: string | null
  readonly media: readonly PairMedium[]
  readonly system: string | null
  readonly pairs: readonly RecordPair[]
  /** the pairs before the last one only say what it follows on: they are those of other rows */
  readonly isPreference: boolean
}

export interface PairRecord extends PairContent {
  readonly file: string
  readonly line: number | null
  /** in its list, from 0; null where each record has a line of its own */
  readonly index: number | null
  /** the item's id, where the file says it; else it goes by its media */
  readonly item: string | null
  /** what is known of the item, where the file says it */
  readonly context?: Context
  /** rows of one conversation have the same key; `turn` gives their order */
  readonly conversation: { readonly key: string; readonly turn: number } | null
  readonly origin: { readonly provider: ProviderKind; readonly model: string } | null
}

/** A row that is left out, and why. */
export interface PairFault {
  readonly file: string
  readonly line: number | null
  readonly index: number | null
  readonly id: string | null
  readonly fault: Message
}

/** What a format yields: records, and rows that are none. */
export type PairEntry = PairRecord | PairFault

export const isFault = (entry: PairEntry): entry is PairFault => 'fault' in entry
