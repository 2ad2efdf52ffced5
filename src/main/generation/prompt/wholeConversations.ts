import type { Candidate } from '../../../shared/domain'
import type { ReadableDb } from '../../store/sql/types'
import { listConversation } from '../../store/candidates/exemplars'

/**
 * A chosen round brings the other approved rounds of its conversation, in their order, since a later round means nothing without those
 * before it. Conversations follow each other as they were chosen; one for which there is no more place gives way to the next, only the
 * first one is cut, to its first rounds. Pairs of no conversation stay as they are.
 * @param limit most candidates in all
 */
export function wholeConversations(db: ReadableDb, chosen: readonly Candidate[], limit: number): Candidate[] {
  const taken = new Map<number, Candidate>()
  for (const candidate of chosen) {
    if (taken.has(candidate.id)) continue
    const { conversationCallId: callId, conversation } = candidate
    const rounds = conversation === null || callId === null ? [candidate] : listConversation(db, { callId, conversation })
    if (taken.size > 0 && taken.size + rounds.length > limit) continue
    for (const round of rounds.slice(0, limit)) taken.set(round.id, round)
  }
  return [...taken.values()]
}
