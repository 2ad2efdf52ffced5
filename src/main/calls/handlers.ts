import type { ActiveRuns } from '../generation/run/activeRuns'
import type { Session } from '../project/session'
import { createAppHandlers } from './app'
import { createCandidateHandlers, nameLanguagesLater } from './candidates'
import { createComparisonHandlers } from './comparisons'
import { createDecisionHandlers } from './decisions'
import { createCallParts, type Desktop } from './parts'
import { createGuidelineHandlers } from './guidelines'
import { createLibraryHandlers } from './library'
import { createOwnHandlers, type RawHandlers } from './ownCalls'
import { createPairHandlers } from './pairs'
import { createProjectHandlers } from './project'
import { createPromptHandlers } from './prompt'
import { createProviderHandlers } from './providers'
import { createReviewHandlers } from './review'
import { createRunHandlers } from './runs'
import { createSnapshotHandlers } from './snapshots'
import { combineHandlers, type Handlers, type OtherHandlers } from './visibility'

/** Creates the handlers of all calls of the contract. Answers about reviewers' work pass through the view of the active reviewer. */
export function createHandlers(desktop: Desktop, session: Session, runs: ActiveRuns): Handlers {
  const parts = createCallParts(desktop, session, runs)
  const raw: OtherHandlers & RawHandlers = {
    ...createAppHandlers(parts),
    ...createProjectHandlers(parts),
    ...createLibraryHandlers(parts),
    ...createPromptHandlers(parts),
    ...createComparisonHandlers(parts),
    ...createSnapshotHandlers(parts),
    ...createProviderHandlers(parts),
    ...createRunHandlers(parts),
    ...createCandidateHandlers(parts),
    ...createReviewHandlers(parts),
    ...createDecisionHandlers(parts),
    ...createPairHandlers(parts),
    ...createGuidelineHandlers(parts),
  }
  const { view, db, reviewer } = parts
  const own = createOwnHandlers({ raw, view, db, reviewer, nameLanguagesLater: () => nameLanguagesLater(desktop, session) })
  return combineHandlers(view, own, raw)
}
