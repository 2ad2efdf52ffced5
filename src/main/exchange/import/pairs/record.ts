import type { Context, DraftedPair, MediaKind, Pair, ProviderKind } from '../../../../shared/domain'
import type { Message } from '../../../../shared/messages/message'
import type { EmbeddedFile } from '../row/entry'

/** A medium of a record. */
export interface PairMedium {
  readonly kind: MediaKind
  readonly name: string
  /** Original file name, if it differs from `name`. */
  readonly fileName?: string | undefined
  /** SHA-256 of the source file, if a side file states it. */
  readonly sourceHash?: string | undefined
  /** The medium itself, if it is part of the data file. */
  readonly embedded?: string | EmbeddedFile | { readonly bytes: Uint8Array } | undefined
  /** Alternative name of the file. */
  readonly otherName?: string | undefined
}

/** A pair of a record, before its texts are cleaned. */
export interface RecordPair extends Pair {
  readonly rationale: string | null
  readonly kind?: DraftedPair['kind']
  /** The rejected answer, or the text before an edit. */
  readonly draft: Pair | null
  /** False for a negative example; null if the record has no label. */
  readonly label: boolean | null
}

/** Content of a row in a data file: a conversation about media. */
export interface PairContent {
  readonly id: string | null
  readonly media: readonly PairMedium[]
  readonly system: string | null
  readonly pairs: readonly RecordPair[]
  /** Whether the pairs before the last one only repeat the preceding turns, which other rows contain. */
  readonly isPreference: boolean
}

export interface PairRecord extends PairContent {
  readonly file: string
  readonly line: number | null
  /** 0-based index in the list; null if each record has its own line. */
  readonly index: number | null
  /** Id of the item if the file states it; otherwise the item is identified by its media. */
  readonly item: string | null
  /** Context of the item, if the file states it. */
  readonly context?: Context
  /** Rows of one conversation have the same key; `turn` is their order. */
  readonly conversation: { readonly key: string; readonly turn: number } | null
  readonly origin: { readonly provider: ProviderKind; readonly model: string } | null
}

/** A row that is skipped, and the reason. */
export interface PairFault {
  readonly file: string
  readonly line: number | null
  readonly index: number | null
  readonly id: string | null
  readonly fault: Message
}

/** A record, or a row that cannot be read. */
export type PairEntry = PairRecord | PairFault

export const isFault = (entry: PairEntry): entry is PairFault => 'fault' in entry
