import type { CallName, CallOutput, CallParsedInput, CallsOf, HandlersOf } from '../../shared/contract'
import type { Candidate } from '../../shared/domain'
import type { StepOutcome } from '../../shared/editing'
import type { CandidateFilter, Marks } from '../../shared/review'
import { marksWith, recountCheck, storeCheckVerdict } from '../quality/attentionChecks'
import {
  closeSpentChecks,
  listSpentChecks,
  marksOfCheck,
  openCheck,
  saveDraftOfCheck,
  saveMarksOfCheck,
} from '../store/quality/attentionChecks'
import { listAnsweredChecks } from '../store/quality/answeredChecks'
import { findMarkStep } from '../store/decisions/bulkMarks'
import type { WritableDb } from '../store/sql/types'
import { discardDraft, saveDraft } from '../store/candidates/drafts'
import { countItems } from '../store/library/itemList'
import { refusalOf } from '../store/sql/readOnly'
import { refreshReview, storeVerdict } from '../store/quality/secondReviews'
import { reviewAsSeenBy } from '../store/quality/secondReviewView'
import { listSecondReviews } from '../store/quality/secondReviewQueue'
import { resolveSideVerdicts, stepSideVerdict } from '../store/quality/sideVerdicts'
import { write } from '../store/sql/transaction'
import type { OwnHandlers, ReviewerView, Visible } from './visibility'

/** Calls that only the reviewer's view answers. */
type ViewCall =
  | 'candidate.counts'
  | 'project.stats'
  | 'item.page'
  | 'item.list'
  | 'coldStart.get'
  | 'decision.add'
  | 'draft.save'
  | 'draft.discard'
  | 'exemplar.list'
  | 'quality.counts'
  | 'quality.look'
  | 'quality.ownFigures'
  | 'language.list'
/** Handlers of the calls about reviewers' work, without visibility rules. */
export type RawHandlers = HandlersOf<Exclude<CallsOf<'own'>, ViewCall>>
/** The handlers of the calls of one topic. */
export type TopicHandlers<Calls> = HandlersOf<Exclude<keyof Calls & CallName, ViewCall>>

interface OwnCallsParts {
  readonly raw: RawHandlers
  readonly view: ReviewerView
  readonly db: () => WritableDb
  /** the name of the active reviewer */
  readonly reviewer: () => string
  /** detects the languages of new and changed pairs after a delay */
  readonly nameLanguagesLater: () => void
}

/**
 * Creates the calls as one of several reviewers sees them: an attention check may replace a pair, verdicts of others may be hidden, and a
 * decision is stored as a verdict on the check, a second verdict, or a decision of the project.
 */
export function createOwnHandlers({ raw, view, db, reviewer, nameLanguagesLater }: OwnCallsParts): OwnHandlers {
  const { settings, own } = view
  const reply = (id: number) => ({ candidate: view.candidate(id), counts: view.counts() })
  const visibleStep = async (step: StepOutcome | Promise<StepOutcome>): Promise<Visible<StepOutcome>> => {
    const outcome = await step
    return own({ ...outcome, candidates: view.candidates(outcome.candidates), counts: view.counts() })
  }

  /** Closes answered checks when a queue is opened, so that their pairs appear again. */
  function begin() {
    if (listSpentChecks(db(), reviewer()).length > 0 && !refusalOf(db())) write(db(), () => closeSpentChecks(db(), reviewer()))
  }

  /** Wraps a call about marks: marks on a check are stored with the check. */
  const marking =
    <N extends 'marks.get' | 'marks.flag' | 'marks.tag' | 'marks.comment' | 'marks.removeComment' | 'marks.rate'>(name: N) =>
    async (input: CallParsedInput<N>): Promise<Visible<Marks>> => {
      const check = openCheck(db(), input.candidateId, reviewer())
      if (!check) return view.marks(await (raw[name] as (input: CallParsedInput<N>) => Marks | Promise<Marks>)(input))
      const marks = marksOfCheck(db(), check)
      if (name === 'marks.get') return own(marks)
      return own(write(db(), () => saveMarksOfCheck(db(), check, marksWith(marks, name, input, reviewer()))))
    }

  /** Undoes or redoes the latest step, which may be a verdict that is not a decision of the project. */
  async function undoOrRedo(kind: 'undo' | 'redo'): Promise<Visible<CallOutput<'decision.undo'>>> {
    const marksFirst = findMarkStep(db(), reviewer(), kind) !== null
    const taken = refusalOf(db()) || marksFirst ? null : write(db(), () => undoOrRedoSideVerdict(kind))
    if (taken !== null) return own({ ...reply(taken), pairs: 1 })
    const made = await raw[`decision.${kind}`]({})
    return made && own({ ...made, ...reply(made.candidate.id) })
  }

  function undoOrRedoSideVerdict(kind: 'undo' | 'redo'): number | null {
    const taken = stepSideVerdict(db(), reviewer(), kind)
    if (!taken) return null
    const { candidateId, purpose } = taken
    if (purpose === 'second') refreshReview(db(), candidateId)
    else if (openCheck(db(), candidateId, reviewer())) recountCheck(db(), candidateId, reviewer())
    // A check whose outcome was reported cannot be undone: the undo leads to the pair itself.
    else resolveSideVerdicts(db(), candidateId, reviewer())
    return candidateId
  }

  const inQueue = <P extends { readonly candidates: readonly Candidate[] }>(page: P, filter: CandidateFilter) =>
    own({ ...page, candidates: view.queue(page.candidates, filter) })
  const isResolving = ({ look }: { look?: CandidateFilter['look'] | undefined }) => look === 'disagreement' && view.isLead()
  const ownAnswer =
    <N extends keyof RawHandlers & CallName>(name: N) =>
    async (input: CallParsedInput<N>): Promise<Visible<CallOutput<N>>> =>
      own(await (raw[name] as (input: CallParsedInput<N>) => CallOutput<N> | Promise<CallOutput<N>>)(input))

  return {
    'project.stats': view.stats,
    'item.page': (page) => own({ items: view.items(page), total: countItems(db(), page.filter, reviewer()) }),
    'item.ids': ownAnswer('item.ids'),
    'item.list': ({ ids }) => own(view.itemsById(ids)),
    'coldStart.get': view.coldStart,
    'coldStart.save': async (input) => {
      await raw['coldStart.save'](input)
      return view.coldStart()
    },

    'candidate.page': async (input) => {
      const { after, limit } = input
      const filter = view.filter(input.filter)
      const { look, itemId } = filter
      if (after === null && itemId === undefined) begin()
      const page = look
        ? listSecondReviews(db(), { ...filter, look }, after, limit, reviewer())
        : await raw['candidate.page']({ ...input, filter })
      return inQueue(page, filter)
    },
    'candidate.queue': async (input) => {
      const filter = view.filter(input.filter)
      if (input.after === null) begin()
      return inQueue(await raw['candidate.queue']({ ...input, filter, order: view.order(input.order, filter) }), filter)
    },
    'candidate.get': async (input) => view.detail(await raw['candidate.get'](input), isResolving(input)),
    'candidate.origin': async (input) => view.origin(await raw['candidate.origin'](input)),
    'candidate.list': async (input) => view.candidates(await raw['candidate.list'](input)),
    'candidate.similar': async (input) => view.candidates(view.withoutOthers(await raw['candidate.similar'](input))),
    'candidate.count': async ({ filter }) => own(await raw['candidate.count']({ filter: view.filter(filter) })),
    'candidate.found': async ({ filter }) => own(await raw['candidate.found']({ filter: view.filter(filter) })),
    'candidate.counts': () => {
      nameLanguagesLater()
      return view.counts()
    },

    'table.rows': async (input) => view.rows(await raw['table.rows'](view.place(input)), input.filter, input.sort),
    'table.ids': async (input) => own(await raw['table.ids'](view.place(input))),
    'table.key': async (input) => own(await raw['table.key'](view.place(input))),
    'grid.open': async (input) => {
      if (input.queue === null) begin()
      return own(await raw['grid.open'](view.grid(input)))
    },
    'grid.rows': async (input) => {
      const page = await raw['grid.rows'](view.grid(input))
      return page && own({ ids: page.ids, rows: view.cards(page.rows, input.filter, input.order) })
    },
    'grid.ids': async (input) => {
      const ids = await raw['grid.ids'](view.grid(input))
      return ids && own(view.idsOfCards(ids, input.filter))
    },
    'language.list': () => {
      nameLanguagesLater()
      return view.languages()
    },

    'turn.list': async (input) => view.turns(await raw['turn.list'](input)),
    'turn.move': (input) => visibleStep(raw['turn.move'](input)),
    'pair.split': (input) => visibleStep(raw['pair.split'](input)),
    'pair.write': (input) => visibleStep(raw['pair.write'](input)),
    'pair.typed': ownAnswer('pair.typed'),
    'pair.saveTyped': ownAnswer('pair.saveTyped'),
    'pair.discardTyped': ownAnswer('pair.discardTyped'),
    'item.decide': (input) => visibleStep(raw['item.decide'](input)),
    'fix.preview': async (input) => {
      const preview = await raw['fix.preview'](input)
      const isShown = ({ candidateId }: { candidateId: number }) => !openCheck(db(), candidateId, reviewer())
      const looked = preview.looked - listAnsweredChecks(db(), reviewer()).length
      return own({
        ...preview,
        looked: Math.max(0, looked),
        rules: preview.rules.map((rule) => ({ ...rule, examples: rule.examples.filter(isShown) })),
      })
    },

    'bulk.decide': async (input) =>
      own({ ...(await raw['bulk.decide']({ ...input, target: view.target(input.target) })), counts: view.counts() }),
    'bulk.tag': async (input) => own(await raw['bulk.tag']({ ...input, target: view.target(input.target) })),
    'bulk.flag': async (input) => own(await raw['bulk.flag']({ ...input, target: view.target(input.target) })),

    'decision.add': (input) => {
      if (input.verdict === 'edit') nameLanguagesLater()
      const decision = { ...input, reviewer: reviewer() }
      const checked = storeCheckVerdict(db(), decision)
      if (!checked) storeVerdict(db(), decision)
      return own({ ...reply(input.candidateId), ...(checked?.notice ? { check: checked.notice } : {}) })
    },
    'decision.undo': () => undoOrRedo('undo'),
    'decision.redo': () => undoOrRedo('redo'),

    'draft.save': ({ candidateId, ...text }) => {
      const check = openCheck(db(), candidateId, reviewer())
      return own((check && write(db(), () => saveDraftOfCheck(db(), check, text))) ?? saveDraft(db(), candidateId, text, reviewer()))
    },
    'draft.discard': ({ candidateId }) => {
      const check = openCheck(db(), candidateId, reviewer())
      if (check) write(db(), () => saveDraftOfCheck(db(), check, null))
      else discardDraft(db(), candidateId, reviewer(), settings().blind)
      return null
    },

    'exemplar.list': ({ limit }) => view.exemplars(limit),
    'exemplar.order': ownAnswer('exemplar.order'),
    'exemplar.pin': async (input) => {
      if (openCheck(db(), input.candidateId, reviewer())) return own({ ...view.candidate(input.candidateId), pinned: input.pinned })
      await raw['exemplar.pin'](input)
      return view.candidate(input.candidateId)
    },
    'marks.get': marking('marks.get'),
    'marks.flag': marking('marks.flag'),
    'marks.tag': marking('marks.tag'),
    'marks.comment': marking('marks.comment'),
    'marks.removeComment': marking('marks.removeComment'),
    'marks.rate': marking('marks.rate'),

    'quality.counts': view.lookCounts,
    'quality.look': ({ candidateId, resolving }) =>
      openCheck(db(), candidateId, reviewer()) ? null : own(reviewAsSeenBy(db(), candidateId, reviewer(), resolving && view.isLead())),
    'quality.ownFigures': view.figures,

    'project.card': ownAnswer('project.card'),
    'project.savePlace': ownAnswer('project.savePlace'),
    'project.place': async () => {
      const place = await raw['project.place']({})
      if (!place?.pair) return own(place)
      const [candidate] = view.queue([place.pair.candidate], place.filter)
      return own({ ...place, pair: candidate ? { ...place.pair, candidate } : null })
    },
    'desk.get': ownAnswer('desk.get'),
    'desk.save': ownAnswer('desk.save'),
    'session.start': ownAnswer('session.start'),
    'session.keep': ownAnswer('session.keep'),
    'session.sum': ownAnswer('session.sum'),
  }
}
