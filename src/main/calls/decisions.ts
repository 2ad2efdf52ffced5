import type { CallOutput, decisionCalls } from '../../shared/contract'
import { requireCandidate } from '../store/candidates/candidates'
import { readCounts } from '../store/candidates/counts'
import { countDecidedByHand, countPairsOfNextStep } from '../store/decisions/bulkDecisions'
import { type MarkStep, findMarkStep, turnMarks } from '../store/decisions/bulkMarks'
import { redo, undo } from '../store/decisions/decisions'
import type { CallParts } from './parts'
import type { TopicHandlers } from './ownCalls'

/**
 * Maximum number of pairs of a step in the window's process; larger steps run in the worker process, since a key press would wait for them.
 */
const atOnce = 200

/** Creates the handlers of calls that decide: undo and redo, bulk steps, and the preview of fix rules. */
export function createDecisionHandlers({ desktop, session, db, reviewer }: CallParts): TopicHandlers<typeof decisionCalls> {
  const asking = () => ({ project: session.require().directory, reviewer: reviewer() })
  let previewing: AbortController | undefined

  async function undoOrRedoMarks({ id: step, pairs }: MarkStep): Promise<CallOutput<'decision.undo'>> {
    const id = pairs <= atOnce ? turnMarks(db(), reviewer(), step) : await desktop.runJob('turnMarks', { ...asking(), step })
    desktop.dataChanged(['pairs', 'marks', 'drafts'])
    return { candidate: requireCandidate(db(), id), counts: readCounts(db()), pairs, marks: true }
  }

  async function undoOrRedo(kind: 'undo' | 'redo'): Promise<CallOutput<'decision.undo'>> {
    // No `await` before a decision is undone: later calls would overtake this one.
    const marks = findMarkStep(db(), reviewer(), kind)
    if (marks) return undoOrRedoMarks(marks)
    const pairs = countPairsOfNextStep(db(), reviewer(), kind)
    if (pairs === 0) return null
    const decided = countDecidedByHand(db(), reviewer(), kind)
    const step = { undo, redo }[kind]
    const id = pairs <= atOnce ? (step(db(), reviewer())?.id ?? null) : await desktop.runJob(kind, asking())
    if (id === null) return null
    if (pairs > 1) desktop.dataChanged(['pairs', 'marks', 'drafts'])
    return { candidate: requireCandidate(db(), id), counts: readCounts(db()), pairs, decided }
  }

  return {
    'decision.undo': () => undoOrRedo('undo'),
    'decision.redo': () => undoOrRedo('redo'),
    'bulk.decide': async (step) => {
      const changed = await desktop.runJob('decideMany', { ...asking(), ...step })
      desktop.dataChanged(['pairs', 'marks', 'drafts'])
      return { changed, counts: readCounts(db()) }
    },
    'bulk.tag': async (step) => {
      const changed = await desktop.runJob('tagMany', { ...asking(), ...step })
      desktop.dataChanged(['pairs', 'marks', 'drafts'])
      return { changed }
    },
    'bulk.flag': async (step) => {
      const changed = await desktop.runJob('flagMany', { ...asking(), ...step })
      desktop.dataChanged(['pairs', 'marks', 'drafts'])
      return { changed }
    },
    'fix.preview': async ({ rules }) => {
      previewing?.abort()
      const mine = new AbortController()
      previewing = mine
      return desktop.runJob('fixPreview', { project: session.require().directory, rules }, { signal: mine.signal })
    },
  }
}
