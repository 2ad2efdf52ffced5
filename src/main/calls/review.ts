import type { CallName, CallOutput, CallParsedInput } from '../../shared/contract'
import { createGuidelineHandlers, type GuidelineCall } from './guidelines'
import type { Desktop } from './handlers'
import type { Session } from '../project/session'
import { decidedByHand, sizeOfNextStep } from '../store/decisions/bulkDecisions'
import { findMarkStep, turnMarks, type MarkStep } from '../store/decisions/bulkMarks'
import { readCandidates, requireCandidate } from '../store/candidates/candidates'
import { readCounts } from '../store/candidates/counts'
import { redo, undo } from '../store/decisions/decisions'
import { addComment, listTags, readMarks, removeComment, setFlag, setRating, setTag } from '../store/candidates/marks'
import { getReviewSettings, saveReviewSettings } from '../store/project/project'
import { listSavedViews, removeView, saveView } from '../store/candidates/savedViews'
import { listSimilarCandidates } from '../store/search/similarCandidates'

type ReviewCall = Extract<CallName, `marks.${string}` | `view.${string}` | `review.${string}` | `bulk.${string}` | GuidelineCall>
type Names = ReviewCall | 'candidate.list' | 'candidate.similar' | 'decision.undo' | 'decision.redo'
type ReviewHandlers = { readonly [N in Names]: (input: CallParsedInput<N>) => CallOutput<N> | Promise<CallOutput<N>> }

/** Steps over more pairs than this are made beside the window: a key press would wait for them. */
const atOnce = 200

/** The calls of the review desk. @param reviewer who sits at it */
export function createReviewHandlers(desktop: Desktop, session: Session, reviewer: () => string): ReviewHandlers {
  const db = () => session.require().db
  const asking = () => ({ project: session.require().directory, reviewer: reviewer() })
  const marksOf = (candidateId: number) => readMarks(db(), candidateId, reviewer())

  async function travelMarks({ id: step, pairs }: MarkStep): Promise<CallOutput<'decision.undo'>> {
    const id = pairs <= atOnce ? turnMarks(db(), reviewer(), step) : await desktop.runJob('turnMarks', { ...asking(), step })
    desktop.candidatesChanged()
    return { candidate: requireCandidate(db(), id), counts: readCounts(db()), pairs, marks: true }
  }

  async function travel(kind: 'undo' | 'redo'): Promise<CallOutput<'decision.undo'>> {
    // Nothing is awaited before a decision is taken back: calls that came after this one would overtake it.
    const marks = findMarkStep(db(), reviewer(), kind)
    if (marks) return travelMarks(marks)
    const pairs = sizeOfNextStep(db(), reviewer(), kind)
    if (pairs === 0) return null
    const decided = decidedByHand(db(), reviewer(), kind)
    const step = { undo, redo }[kind]
    const id = pairs <= atOnce ? (step(db(), reviewer())?.id ?? null) : await desktop.runJob(kind, asking())
    if (id === null) return null
    if (pairs > 1) desktop.candidatesChanged()
    return { candidate: requireCandidate(db(), id), counts: readCounts(db()), pairs, decided }
  }

  return {
    ...createGuidelineHandlers(session, reviewer),

    'decision.undo': () => travel('undo'),
    'decision.redo': () => travel('redo'),

    'candidate.list': ({ ids }) => readCandidates(db(), ids),
    'candidate.similar': ({ id, limit }) => listSimilarCandidates(db(), id, limit),

    'marks.get': ({ candidateId }) => marksOf(candidateId),
    'marks.flag': ({ candidateId, flagged }) => {
      setFlag(db(), requireCandidate(db(), candidateId).id, reviewer(), flagged)
      return marksOf(candidateId)
    },
    'marks.tag': ({ candidateId, tag, tagged }) => {
      setTag(db(), requireCandidate(db(), candidateId).id, tag, tagged)
      return marksOf(candidateId)
    },
    'marks.comment': ({ candidateId, body }) => {
      addComment(db(), requireCandidate(db(), candidateId).id, reviewer(), body)
      return marksOf(candidateId)
    },
    'marks.removeComment': ({ candidateId, commentId }) => {
      removeComment(db(), commentId, reviewer())
      return marksOf(candidateId)
    },
    'marks.rate': ({ candidateId, quality, value }) => {
      setRating(db(), requireCandidate(db(), candidateId).id, reviewer(), quality, value)
      return marksOf(candidateId)
    },
    'marks.tags': () => listTags(db()),

    'view.list': () => listSavedViews(db()),
    'view.save': ({ name, filter }) => {
      saveView(db(), name, filter)
      return listSavedViews(db())
    },
    'view.remove': ({ id }) => {
      removeView(db(), id)
      return listSavedViews(db())
    },

    'review.settings': () => getReviewSettings(db()),
    'review.saveSettings': (changed) => {
      saveReviewSettings(db(), changed)
      return changed
    },

    'bulk.decide': async (step) => {
      const changed = await desktop.runJob('decideMany', { ...asking(), ...step })
      desktop.candidatesChanged()
      return { changed, counts: readCounts(db()) }
    },
    'bulk.tag': async (step) => {
      const changed = await desktop.runJob('tagMany', { ...asking(), ...step })
      desktop.candidatesChanged()
      return { changed }
    },
    'bulk.flag': async (step) => {
      const changed = await desktop.runJob('flagMany', { ...asking(), ...step })
      desktop.candidatesChanged()
      return { changed }
    },
  }
}
