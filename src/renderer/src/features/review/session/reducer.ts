import { currentCandidate, moveTo } from '../queue/queueList'
import { candidateRead, countsRead, itemRead, pageRead, queueCounted, readFailed, sheetRead } from './answers'
import { goOn } from './candidates'
import type { ReviewEvent } from './events'
import { refresh, show, startAt, writesSettled } from './queueEvents'
import { beginPair, readItems } from './reads'
import { decide, decideMany, goTo, move, moveInItem, setPinned, setWholeItem, skip } from './reviewer'
import { showSibling } from '../queue/itemSteps'
import { chain, to, type ReviewState, type Transition } from './state'
import {
  behindRead,
  decisionFailed,
  decisionStored,
  manyFailed,
  manyStored,
  pinFailed,
  pinStored,
  showMissedCheck,
  stepDone,
  stepFailed,
  undoOrRedoDone,
  undoOrRedoFailed,
} from './writeAnswers'

/** Returns the state after an event, and the effects to run. Pure: the same state and event always lead to the same transition. */
export function reduce(state: ReviewState, event: ReviewEvent): Transition {
  const transition = step(state, event)
  return transition.state === state ? transition : chain(transition, readItems)
}

function step(state: ReviewState, event: ReviewEvent): Transition {
  switch (event.type) {
    case 'show':
      return show(state, event)
    case 'startAt':
      return startAt(state, event)
    case 'refresh':
      return refresh(state, event.changed)
    case 'retry':
      return beginPair({ ...state, error: null })
    case 'move':
      return move(state, event.places)
    case 'moveInItem':
      return moveInItem(state, event.places)
    case 'showSibling':
      return beginPair({ ...state, list: showSibling(state.list, event.pair) })
    case 'goTo':
      return goTo(state, event.candidateId)
    case 'pass':
      return beginPair(goOn(state, event.candidate))
    case 'skip':
      return skip(state)
    case 'setWholeItem':
      return setWholeItem(state, event.isWholeItem)
    case 'setTyping':
      return to(state.isTyping === event.isTyping ? state : { ...state, isTyping: event.isTyping })
    case 'decide':
      return decide(state, event)
    case 'decideMany':
      return decideMany(state, event)
    case 'sheetRead':
      return to(sheetRead(state, event))
    case 'manyStored':
      return manyStored(state, event)
    case 'manyFailed':
      return manyFailed(state, event)
    case 'pin':
      return setPinned({ ...state, announcement: { word: event.pinned ? 'pinned' : 'unpinned' } }, event)
    case 'undoOrRedo':
      return to({ ...state, moving: state.moving + 1 }, { type: 'undoOrRedo', direction: event.direction, since: state.revision })
    case 'takeStep': {
      const { requestId, step: taken, leave } = event
      const from = currentCandidate(state.list)
      return to({ ...state, moving: state.moving + 1 }, { type: 'runStep', requestId, step: taken, from, leave, since: state.revision })
    }
    case 'announce':
      return to({ ...state, announcement: { word: event.word, values: event.values } })
    case 'keepDraft':
      return to({ ...state, drafts: state.drafts.set(event.candidateId, event.text) })
    case 'saveDraft':
      return to(state, { type: 'saveDraft', input: { candidateId: event.candidateId, ...event.text } })
    case 'discardDraft': {
      const { candidateId } = event
      return to({ ...state, drafts: state.drafts.set(candidateId, null) }, { type: 'discardDraft', input: { candidateId } })
    }
    case 'goToCheck': {
      const list = moveTo(state.list, event.candidateId)
      const closed = showMissedCheck(state, null)
      return list ? beginPair({ ...closed, list }) : to(closed)
    }
    case 'dismissCheck':
      return to(showMissedCheck(state, null))
    case 'dismissFailure':
      return to({ ...state, failure: null })
    case 'pageRead':
      return pageRead(state, event)
    case 'candidateRead':
      return candidateRead(state, event)
    case 'itemRead':
      return itemRead(state, event)
    case 'countsRead':
      return countsRead(state, event)
    case 'readFailed':
      return readFailed(state, event)
    case 'queueCounted':
      return queueCounted(state, event)
    case 'writesSettled':
      return writesSettled(state, event.listKey)
    case 'decisionStored':
      return decisionStored(state, event)
    case 'decisionFailed':
      return decisionFailed(state, event)
    case 'pinStored':
      return pinStored(state, event)
    case 'pinFailed':
      return pinFailed(state, event)
    case 'undoOrRedoDone':
      return undoOrRedoDone(state, event)
    case 'behindRead':
      return behindRead(state, event)
    case 'undoOrRedoFailed':
      return undoOrRedoFailed(state, event.error)
    case 'stepDone':
      return stepDone(state, event)
    case 'stepFailed':
      return stepFailed(state, event)
    case 'draftFailed':
      return to({ ...state, failure: state.failure ?? { candidateId: event.candidateId, error: event.error } })
  }
}
