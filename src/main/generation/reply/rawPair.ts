import type { DraftedPair } from '../../../shared/domain'
import type { Message } from '../../../shared/messages/message'
import type { Json } from './readJson'

/** Parts of a pair as received; `toDraftedPair` reports parts that are missing or not a text. */
export interface RawPair {
  readonly instruction: Json | undefined
  readonly response: Json | undefined
  readonly kind: DraftedPair['kind']
  readonly rationale: Json | undefined
}

/** Pairs that belong together: the rounds of a conversation, or any pairs. */
export interface Group {
  readonly isConversation: boolean
  readonly pairs: readonly RawPair[]
}

/** Thrown for a value that was meant as pairs, but cannot be read as such without guessing. */
export class UnclearShape extends Error {
  constructor(readonly issue: Message) {
    super('unclear shape')
  }
}
