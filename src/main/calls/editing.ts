import type { CallName, CallOutput, CallParsedInput } from '../../shared/contract'
import type { Candidate } from '../../shared/domain'
import type { Desktop } from './handlers'
import type { Session } from '../project/session'
import { decidedByHand } from '../store/decisions/bulkDecisions'
import { requireCandidate } from '../store/candidates/candidates'
import { readCounts } from '../store/candidates/counts'
import { decideItem } from '../store/decisions/itemDecisions'
import { listTurns, moveTurn } from '../store/candidates/turns'
import { discardTypedPair, getTypedPair, saveTypedPair } from '../store/candidates/typedPairs'
import { splitPair, writePair } from '../store/candidates/writtenPairs'

type Names = Extract<CallName, `pair.${string}` | `turn.${string}` | 'item.decide' | 'fix.preview'>
type EditingHandlers = { readonly [N in Names]: (input: CallParsedInput<N>) => CallOutput<N> | Promise<CallOutput<N>> }

/** The calls that write, split, move and mend pairs. @param reviewer who sits at the desk */
export function createEditingHandlers(desktop: Desktop, session: Session, reviewer: () => string): EditingHandlers {
  const db = () => session.require().db
  const by = <T>(step: T): T & { reviewer: string } => ({ ...step, reviewer: reviewer() })
  /** The step that was just taken is the one that the next undo takes back. */
  const outcome = (candidates: Candidate[]): CallOutput<'pair.split'> => ({
    candidates,
    counts: readCounts(db()),
    decided: candidates.length === 0 ? 0 : decidedByHand(db(), reviewer(), 'undo'),
  })
  let previewing: AbortController | undefined

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
    'fix.preview': async ({ rules }) => {
      previewing?.abort()
      const mine = new AbortController()
      previewing = mine
      return desktop.runJob('fixPreview', { project: session.require().directory, rules }, { signal: mine.signal })
    },
  }
}
