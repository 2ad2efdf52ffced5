import { stateAfter, type Candidate, type Pair, type Verdict } from '../../../../../shared/domain'

export const isApproved = (candidate: Candidate) => candidate.state === 'accepted' || candidate.state === 'edited'

/** Whether it is an exemplar of the reviewer's choice: a pin that outlasts an undo or a rejection waits for the pair to be approved again. */
export const isPinned = (candidate: Candidate) => candidate.pinned && isApproved(candidate)

/** What the model wrote, whatever became of it. */
export const draftOf = (candidate: Candidate): Pair =>
  candidate.draft ?? { instruction: candidate.instruction, response: candidate.response }

/** Text is compared and stored without the white space around it. */
export const trimmed = (text: Pair): Pair => ({ instruction: text.instruction.trim(), response: text.response.trim() })
export const sameText = (one: Pair, other: Pair) =>
  one.instruction.trim() === other.instruction.trim() && one.response.trim() === other.response.trim()

export type Approval =
  | { readonly kind: 'accept' }
  | { readonly kind: 'edit'; readonly pair: Pair }
  /** approved already, with this very text */
  | { readonly kind: 'nothing' }
  /** instruction or response is blank */
  | { readonly kind: 'empty' }

/** What approving a candidate with the text on the screen means: unchanged text is an acceptance, changed text an edit. */
export function approvalOf(candidate: Candidate, text: Pair): Approval {
  const pair = trimmed(text)
  if (!pair.instruction || !pair.response) return { kind: 'empty' }
  const asItStands = sameText(candidate, pair)
  if (asItStands && isApproved(candidate)) return { kind: 'nothing' }
  return asItStands ? { kind: 'accept' } : { kind: 'edit', pair }
}

export interface ReviewDecision {
  readonly verdict: Verdict
  /** the new text of an edit */
  readonly pair?: Pair
  readonly reason?: string
}

/** The candidate as the store will have it after a decision: text that differs from the model's is edited, else accepted. */
export function decided(candidate: Candidate, { verdict, pair, reason }: ReviewDecision): Candidate {
  if (verdict !== 'accept' && verdict !== 'edit') return { ...candidate, state: stateAfter[verdict], reason: reason ?? null }
  const text = pair ?? { instruction: candidate.instruction, response: candidate.response }
  // A person's pair has no draft to differ from.
  const draft = candidate.author === null ? draftOf(candidate) : text
  const same = sameText(draft, text)
  return { ...candidate, ...text, draft: same ? null : draft, state: same ? 'accepted' : 'edited', reason: null }
}
