import type { CallName, CallOutput, CallParsedInput } from '../../shared/contract'
import type { Desktop } from './handlers'
import { readDesk, saveDesk } from '../project/desks'
import type { Queues } from './queues'
import type { Session } from '../project/session'
import { keepReviewSession, startReviewSession, sumReviewSessions } from '../store/candidates/reviewSessions'

type Names = Extract<CallName, 'candidate.queue' | `desk.${string}` | `session.${string}`>
type FlowHandlers = { readonly [N in Names]: (input: CallParsedInput<N>) => CallOutput<N> | Promise<CallOutput<N>> }

/** The calls that carry a reviewer through the queue: its order, the set-up of the desk, sessions. @param reviewer who sits at it */
export function createFlowHandlers(desktop: Desktop, session: Session, queues: Queues, reviewer: () => string): FlowHandlers {
  const project = () => session.require()
  return {
    'candidate.queue': (request) => queues.page(project().db, request),
    'desk.get': () => readDesk(desktop.userData, project().info.uuid),
    'desk.save': (desk) => {
      saveDesk(desktop.userData, project().info.uuid, desk)
      return desk
    },
    'session.start': (work) => startReviewSession(project().db, reviewer(), work),
    'session.keep': (work) => {
      keepReviewSession(project().db, reviewer(), work)
      return null
    },
    'session.sum': ({ from }) => sumReviewSessions(project().db, reviewer(), from),
  }
}
