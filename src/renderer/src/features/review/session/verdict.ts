import { stateAfter, type Candidate, type Pair, type Verdict } from '../../../../../shared/domain'

export const isApproved = (candidate: Candidate) => candidate.state === 'accepted' || candidate.state === 'edited'

/** Returns whether a candidate is a pinned exemplar. A pin survives an undo or a rejection, but counts only while the pair is approved. */
export const isPinned = (candidate: Candidate) => candidate.pinned && isApproved(candidate)

/** Returns the text that the model wrote, regardless of later edits. */
export const draftOf = (candidate: Candidate): Pair =>
  candidate.draft ?? { instruction: candidate.instruction, response: candidate.response }

/** Trims a pair. Text is compared and stored without surrounding white space. */
export const trimmed = (text: Pair): Pair => ({ instruction: text.instruction.trim(), response: text.response.trim() })
export const sameText = (one: Pair, other: Pair) =>
  one.instruction.trim() === other.instruction.trim() && one.response.trim() === other.response.trim()

export type Approval =
  | { readonly kind: 'accept' }
  | { readonly kind: 'edit'; readonly pair: Pair }
  /** Already approved with the same text. */
  | { readonly kind: 'nothing' }
  /** The instruction or the response is blank. */
  | { readonly kind: 'empty' }

/** Returns how to record the approval of a candidate with the text on the screen: unchanged text is an acceptance, changed text an edit. */
export function approvalOf(candidate: Candidate, text: Pair): Approval {
  const pair = trimmed(text)
  if (!pair.instruction || !pair.response) return { kind: 'empty' }
  const asItStands = sameText(candidate, pair)
  if (asItStands && isApproved(candidate)) return { kind: 'nothing' }
  return asItStands ? { kind: 'accept' } : { kind: 'edit', pair }
}

export interface ReviewDecision {
  readonly verdict: Verdict
  /** New text of an edit. */
  readonly pair?: Pair
  readonly reason?: string
}

/** Returns a candidate as the store will save it after a decision. Approved text counts as edited if it differs from the model's text. */
export function decided(candidate: Candidate, { verdict, pair, reason }: ReviewDecision): Candidate {
  if (verdict !== 'accept' && verdict !== 'edit') return { ...candidate, state: stateAfter[verdict], reason: reason ?? null }
  const text = pair ?? { instruction: candidate.instruction, response: candidate.response }
  // A pair written by a person has no model draft to compare with.
  const draft = candidate.author === null ? draftOf(candidate) : text
  const same = sameText(draft, text)
  return { ...candidate, ...text, draft: same ? null : draft, state: same ? 'accepted' : 'edited', reason: null }
}
