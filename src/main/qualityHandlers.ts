import type { CallName, CallOutput, CallParsedInput } from '../shared/contract'
import type { Candidate } from '../shared/domain'
import type { StepOutcome } from '../shared/editing'
import type { BulkTarget, CandidateFilter, Marks } from '../shared/review'
import type { TableSort } from '../shared/tableSort'
import type { Desktop, Handlers } from './handlers'
import { judgeCheck, recountCheck } from './quality/attentionChecks'
import { marksWith } from './quality/checkMarks'
import { readOwnFigures } from './quality/ownFigures'
import { blindFilter, blindMarks, blindSort, countsShownTo, detailShownTo, queueShownTo, rowShownTo, shownTo } from './quality/shown'
import type { Session } from './session'
import { findMarkStep } from './store/bulkMarks'
import { closeSpentChecks, listSpentChecks, marksOfCheck, openCheck, saveDraftOfCheck, saveMarksOfCheck } from './store/attentionChecks'
import { requireCandidate } from './store/candidates'
import { discardDraft, saveDraft } from './store/drafts'
import { getQualitySettings, saveQualitySettings } from './store/qualitySettings'
import { refusalOf } from './store/readOnly'
import { countLooks, judge, listLooks, lookAsSeenBy, refreshLook } from './store/secondLooks'
import { settleSideVerdicts, travelAside } from './store/sideVerdicts'
import { write } from './store/transaction'

type QualityCall = Extract<CallName, `quality.${string}`>
/** The calls without regard to who may see what. */
export type PlainHandlers = Omit<Handlers, QualityCall>

/**
 * The calls as they are for one reviewer among several: what they are shown may be an attention check in the place of a pair, or a pair
 * whose verdict by another is not theirs to see, and what they say of it goes where it belongs. Everything else of the project is
 * asked as before. @param reviewer who sits at the desk
 */
export function withQuality(plain: PlainHandlers, desktop: Desktop, session: Session, reviewer: () => string): Handlers {
  const db = () => session.require().db
  const settings = () => getQualitySettings(db())
  const visible = (filter: CandidateFilter) => (settings().blind ? blindFilter(filter, reviewer()) : filter)
  const placed = <P extends { filter: CandidateFilter; sort?: TableSort | undefined }>({ filter, sort, ...place }: P) => ({
    ...place,
    filter: visible(filter),
    sort: sort && settings().blind ? blindSort(sort) : sort,
  })
  const aimed = (target: BulkTarget): BulkTarget => ('filter' in target ? { filter: visible(target.filter) } : target)
  const shown = (id: number, resolving = false) => shownTo(db(), requireCandidate(db(), id), reviewer(), resolving)
  const reply = (id: number) => ({ candidate: shown(id), counts: countsShownTo(db(), reviewer()) })
  const allShown = (candidates: readonly Candidate[]) => candidates.map((candidate) => shownTo(db(), candidate, reviewer()))
  const stepShown = async (step: StepOutcome | Promise<StepOutcome>): Promise<StepOutcome> => {
    const outcome = await step
    return { ...outcome, candidates: allShown(outcome.candidates), counts: countsShownTo(db(), reviewer()) }
  }
  const marksShown = (marks: Marks) => (settings().blind ? blindMarks(marks, reviewer()) : marks)

  const inQueue = (candidates: readonly Candidate[], filter: CandidateFilter) =>
    queueShownTo(db(), candidates, { filter, reviewer: reviewer(), settings: settings() })

  /** Where a queue is opened, pairs come up whose checks are answered. */
  function begin() {
    if (listSpentChecks(db(), reviewer()).length > 0 && !refusalOf(db())) write(db(), () => closeSpentChecks(db(), reviewer()))
  }

  /** Marks on a check are kept with it. */
  const marking =
    <N extends 'marks.get' | 'marks.flag' | 'marks.tag' | 'marks.comment' | 'marks.removeComment' | 'marks.rate'>(name: N) =>
    async (input: CallParsedInput<N>): Promise<Marks> => {
      const check = openCheck(db(), input.candidateId, reviewer())
      if (!check) return marksShown(await (plain[name] as (input: CallParsedInput<N>) => Marks | Promise<Marks>)(input))
      const marks = marksOfCheck(db(), check)
      return name === 'marks.get' ? marks : write(db(), () => saveMarksOfCheck(db(), check, marksWith(marks, name, input, reviewer())))
    }

  /** What lies on top of the stack may be a verdict that is no decision of the project. */
  async function travel(kind: 'undo' | 'redo'): Promise<CallOutput<'decision.undo'>> {
    const marksFirst = findMarkStep(db(), reviewer(), kind) !== null
    const taken = refusalOf(db()) || marksFirst ? null : write(db(), () => travelBeside(kind))
    if (taken !== null) return { ...reply(taken), pairs: 1 }
    const made = await plain[`decision.${kind}`]({})
    return made && { ...made, ...reply(made.candidate.id) }
  }

  function travelBeside(kind: 'undo' | 'redo'): number | null {
    const taken = travelAside(db(), reviewer(), kind)
    if (!taken) return null
    const { candidateId, purpose } = taken
    if (purpose === 'second') refreshLook(db(), candidateId)
    else if (openCheck(db(), candidateId, reviewer())) recountCheck(db(), candidateId, reviewer())
    // Of a check that was told nothing can be taken back: the way leads to the pair itself.
    else settleSideVerdicts(db(), candidateId, reviewer())
    return candidateId
  }

  return {
    ...plain,
    'candidate.page': async (input) => {
      const { after, limit } = input
      const filter = visible(input.filter)
      const { look, itemId } = filter
      if (after === null && itemId === undefined) begin()
      const page = look
        ? listLooks(db(), { ...filter, look }, after, limit, reviewer())
        : await plain['candidate.page']({ ...input, filter })
      return { ...page, candidates: inQueue(page.candidates, filter) }
    },
    'candidate.queue': async (input) => {
      const filter = visible(input.filter)
      if (input.after === null) begin()
      const order = settings().blind && input.order.kind === 'column' ? blindSort(input.order) : input.order
      const page = await plain['candidate.queue']({ ...input, filter, order })
      return { ...page, candidates: inQueue(page.candidates, filter) }
    },
    'candidate.get': async (input) =>
      detailShownTo(db(), await plain['candidate.get'](input), {
        reviewer: reviewer(),
        settings: settings(),
        resolving: input.look === 'disagreement',
      }),
    'candidate.list': async (input) => allShown(await plain['candidate.list'](input)),
    'candidate.similar': async (input) => allShown(await plain['candidate.similar'](input)),
    'candidate.count': ({ filter }) => plain['candidate.count']({ filter: visible(filter) }),
    'candidate.found': ({ filter }) => plain['candidate.found']({ filter: visible(filter) }),
    'candidate.counts': () => countsShownTo(db(), reviewer()),

    'table.rows': async (input) => {
      const asking = { reviewer: reviewer(), blind: settings().blind, resolving: input.filter.look === 'disagreement' }
      return (await plain['table.rows'](placed(input))).map((row) => rowShownTo(db(), row, asking))
    },
    'table.ids': (input) => plain['table.ids'](placed(input)),
    'table.key': (input) => plain['table.key'](placed(input)),

    'turn.list': async (input) => allShown(await plain['turn.list'](input)),
    'turn.move': (input) => stepShown(plain['turn.move'](input)),
    'pair.split': (input) => stepShown(plain['pair.split'](input)),
    'pair.write': (input) => stepShown(plain['pair.write'](input)),
    'item.decide': (input) => stepShown(plain['item.decide'](input)),
    'fix.preview': async (input) => {
      const preview = await plain['fix.preview'](input)
      const isShown = ({ candidateId }: { candidateId: number }) => !openCheck(db(), candidateId, reviewer())
      return { ...preview, rules: preview.rules.map((rule) => ({ ...rule, examples: rule.examples.filter(isShown) })) }
    },

    'bulk.decide': (input) => plain['bulk.decide']({ ...input, target: aimed(input.target) }),
    'bulk.tag': (input) => plain['bulk.tag']({ ...input, target: aimed(input.target) }),
    'bulk.flag': (input) => plain['bulk.flag']({ ...input, target: aimed(input.target) }),

    'decision.add': (input) => {
      const decision = { ...input, reviewer: reviewer() }
      const checked = judgeCheck(db(), decision)
      if (!checked) judge(db(), decision)
      return { ...reply(input.candidateId), ...(checked?.notice ? { check: checked.notice } : {}) }
    },
    'decision.undo': () => travel('undo'),
    'decision.redo': () => travel('redo'),

    'draft.save': ({ candidateId, ...text }) => {
      const check = openCheck(db(), candidateId, reviewer())
      return (check && write(db(), () => saveDraftOfCheck(db(), check, text))) ?? saveDraft(db(), candidateId, text, reviewer())
    },
    'draft.discard': ({ candidateId }) => {
      const check = openCheck(db(), candidateId, reviewer())
      if (check) write(db(), () => saveDraftOfCheck(db(), check, null))
      else discardDraft(db(), candidateId, reviewer(), settings().blind)
      return null
    },
    'exemplar.pin': async (input) => {
      if (openCheck(db(), input.candidateId, reviewer())) return { ...shown(input.candidateId), pinned: input.pinned }
      await plain['exemplar.pin'](input)
      return shown(input.candidateId)
    },
    'marks.get': marking('marks.get'),
    'marks.flag': marking('marks.flag'),
    'marks.tag': marking('marks.tag'),
    'marks.comment': marking('marks.comment'),
    'marks.removeComment': marking('marks.removeComment'),
    'marks.rate': marking('marks.rate'),

    'quality.settings': settings,
    'quality.saveSettings': async (changed) => {
      saveQualitySettings(db(), changed)
      await desktop.runJob('refreshLooks', { project: session.require().directory })
      desktop.candidatesChanged()
      return changed
    },
    'quality.counts': () => ({ ...countLooks(db(), reviewer()), blind: settings().blind }),
    'quality.look': ({ candidateId, resolving }) =>
      openCheck(db(), candidateId, reviewer()) ? null : lookAsSeenBy(db(), candidateId, reviewer(), resolving),
    'quality.ownFigures': () => readOwnFigures(db(), reviewer()),
  }
}
