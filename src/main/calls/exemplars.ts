import type { exemplarCalls } from '../../shared/contract'
import { orderExemplars, pinExemplar } from '../store/candidates/exemplars'
import type { CallParts } from './parts'
import type { TopicHandlers } from './ownCalls'

/** Calls about exemplars. */
export function createExemplarHandlers({ db }: CallParts): TopicHandlers<typeof exemplarCalls> {
  return {
    'exemplar.order': ({ candidateIds }) => {
      orderExemplars(db(), candidateIds)
      return null
    },
    'exemplar.pin': ({ candidateId, pinned, reason }) => pinExemplar(db(), candidateId, pinned, reason),
  }
}
