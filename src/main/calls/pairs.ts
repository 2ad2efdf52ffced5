import type { CallOutput, pairCalls } from '../../shared/contract'
import type { Candidate } from '../../shared/domain'
import { requireCandidate } from '../store/candidates/candidates'
import { readCounts } from '../store/candidates/counts'
import { orderExemplars, pinExemplar } from '../store/candidates/exemplars'
import { listTurns, moveTurn, splitPair, writePair } from '../store/candidates/writtenPairs'
import { discardTypedPair, getTypedPair, saveTypedPair } from '../store/candidates/drafts'
import { countDecidedByHand } from '../store/decisions/bulkDecisions'
import { decideItem } from '../store/decisions/decisionHistory'
import type { CallParts } from './parts'
import type { TopicHandlers } from './ownCalls'

/** Creates the handlers of calls that write, split, move and pin pairs, and decide on whole items. */
export function createPairHandlers({ db, reviewer }: CallParts): TopicHandlers<typeof pairCalls> {
  const by = <T>(step: T): T & { reviewer: string } => ({ ...step, reviewer: reviewer() })
  /** Returns the outcome of the latest step, which is the one that the next undo reverts. */
  const outcome = (candidates: Candidate[]): CallOutput<'pair.split'> => ({
    candidates,
    counts: readCounts(db()),
    decided: candidates.length === 0 ? 0 : countDecidedByHand(db(), reviewer(), 'undo'),
  })

  return {
    'pair.split': (split) => outcome(splitPair(db(), by(split))),
    'pair.write': (written) => outcome([writePair(db(), by(written))]),
    'pair.typed': (place) => getTypedPair(db(), by(place)),
    'pair.saveTyped': ({ pairs, ...place }) => {
      saveTypedPair(db(), by(place), pairs)
      return null
    },
    'pair.discardTyped': (place) => {
      discardTypedPair(db(), by(place))
      return null
    },
    'turn.list': ({ candidateId }) => listTurns(db(), requireCandidate(db(), candidateId)),
    'turn.move': (move) => outcome(moveTurn(db(), by(move))),
    'item.decide': (decision) => outcome(decideItem(db(), by(decision))),
    'exemplar.order': ({ candidateIds }) => {
      orderExemplars(db(), candidateIds)
      return null
    },
    'exemplar.pin': ({ candidateId, pinned, reason }) => pinExemplar(db(), candidateId, pinned, reason),
  }
}
