import type { reviewCalls } from '../../shared/contract'
import { readDesk, saveDesk } from '../project/userData'
import { requireCandidate } from '../store/candidates/candidates'
import { addComment, listTags, readMarks, removeComment, setFlag, setRating, setTag } from '../store/candidates/marks'
import {
  keepReviewSession,
  listSavedViews,
  removeView,
  saveView,
  startReviewSession,
  sumReviewSessions,
} from '../store/candidates/reviewDesk'
import { getReviewSettings, saveReviewSettings } from '../store/project/project'
import { saveQualitySettings } from '../store/quality/qualitySettings'
import type { CallParts } from './parts'
import type { TopicHandlers } from './ownCalls'

/** Creates the handlers of the review desk except decisions: its settings, work sessions, views, marks, and the quality settings. */
export function createReviewHandlers({ desktop, session, view, db, reviewer }: CallParts): TopicHandlers<typeof reviewCalls> {
  const marksOf = (candidateId: number) => readMarks(db(), candidateId, reviewer())
  const uuid = () => session.require().info.uuid

  return {
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
    'desk.get': () => readDesk(desktop.userData, uuid()),
    'desk.save': (desk) => {
      saveDesk(desktop.userData, uuid(), desk)
      return desk
    },
    'session.start': (work) => startReviewSession(db(), reviewer(), work),
    'session.keep': (work) => {
      keepReviewSession(db(), reviewer(), work)
      return null
    },
    'session.sum': ({ from }) => sumReviewSessions(db(), reviewer(), from),
    'quality.settings': view.settings,
    'quality.saveSettings': async (changed) => {
      if (view.settings().lead !== null) view.requireLead()
      const saved = { ...changed, lead: changed.blind ? (changed.lead ?? reviewer()) : changed.lead }
      saveQualitySettings(db(), saved)
      await desktop.runJob('refreshLooks', { project: session.require().directory })
      desktop.dataChanged(['pairs'])
      return saved
    },
  }
}
