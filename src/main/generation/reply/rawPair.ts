import type { DraftedPair } from '../../../shared/domain'
import type { Message } from '../../../shared/messages/message'
import type { Json } from './readJson'

/** The parts of a pair as they came; what is missing or no text is for `toDraftedPair` to name. */
export interface RawPair {
  readonly instruction: Json | undefined
  readonly response: Json | undefined
  readonly kind: DraftedPair['kind']
  readonly rationale: Json | undefined
}

/** Pairs that belong together: the rounds of a conversation, or any. */
export interface Group {
  readonly isConversation: boolean
  readonly pairs: readonly RawPair[]
}

/** A value that was meant as pairs, but cannot be read as such without a guess. */
export class UnclearShape extends Error {
  constructor(readonly issue: Message) {
    super('unclear shape')
  }
}
