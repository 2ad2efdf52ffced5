import { type CallName, type CallOutput, type CallParsedInput, type CallsOf, contract } from '../../shared/contract'
import type { Candidate, CandidateOrigin } from '../../shared/domain'
import { Problem } from '../../shared/problem'
import type { LookCounts, OwnFigures, QualitySettings } from '../../shared/quality'
import type { BulkTarget, CandidateFilter, ListOrder, Marks } from '../../shared/review'
import { message } from '../../shared/messages/message'
import type { TableRow, TableSort } from '../../shared/table'
import { readOwnFigures } from '../quality/ownFigures'
import {
  blindFilter,
  blindMarks,
  blindSort,
  candidateVisibleTo,
  coldStartVisibleTo,
  countsVisibleTo,
  detailVisibleTo,
  exemplarsVisibleTo,
  itemsByIdVisibleTo,
  itemsVisibleTo,
  queueVisibleTo,
  rowVisibleTo,
  statsVisibleTo,
} from '../quality/reviewerVisibility'
import { isUndecidedOrOwn, requireCandidate } from '../store/candidates/candidates'
import type { WritableDb } from '../store/sql/types'
import { countUnnamed, listLanguages, listOwnLanguages } from '../store/candidates/languages'
import { hasOpenCheck } from '../store/quality/attentionChecks'
import { getQualitySettings } from '../store/quality/qualitySettings'
import { countSecondReviews } from '../store/quality/secondReviewQueue'

/** Brand of the only data about reviewers' work that may leave main. */

declare const visible: unique symbol
/** Data as the active reviewer may see it. Raw data of the store is not assignable; only `ReviewerView` creates it. */
export type Visible<T> = T extends null ? null : T & { readonly [visible]: true }

type MaybePromise<T> = T | Promise<T>
type Call<N extends CallName, Output> = (input: CallParsedInput<N>) => MaybePromise<Output>

/** Answer of a call: if it depends on the reviewer, it must have passed through their view. */
type VisibleOutput<N extends CallName> = N extends CallsOf<'own'> ? Visible<CallOutput<N>> : CallOutput<N>
export type Handlers = { readonly [N in CallName]: Call<N, VisibleOutput<N>> }
export type OwnHandlers = Pick<Handlers, CallsOf<'own'>>
export type OtherHandlers = Pick<Handlers, CallsOf<'shared' | 'lead'>>

const mark = <T>(value: T): Visible<T> => value as Visible<T>

/** Creates the view of a project for one reviewer. @param reviewer returns the active reviewer */
export function createReviewerView(db: () => WritableDb, reviewer: () => string) {
  const settings = (): QualitySettings => getQualitySettings(db())
  const asking = () => ({ reviewer: reviewer(), blind: settings().blind })
  const filter = (asked: CandidateFilter): CandidateFilter => {
    if (asked.look === 'disagreement') requireLead()
    return settings().blind ? blindFilter(asked) : asked
  }
  const sort = <S extends TableSort | undefined>(asked: S, found: CandidateFilter): S =>
    asked && settings().blind ? { ...asked, ...blindSort(asked, found) } : asked
  /** Replaces orders that depend on other reviewers' flags in blind review. */
  const order = (asked: ListOrder, seen: CandidateFilter): ListOrder => {
    if (asked.kind === 'column') return sort(asked, seen)
    return asked.kind === 'flagged' && settings().blind ? { ...asked, kind: 'import' } : asked
  }
  /** Returns true if a grid hides the pairs that others decided: in blind review, except in the queues of second reviews. */
  const hidesOthers = ({ look }: CandidateFilter) => settings().blind && look === undefined
  const candidate = (raw: Candidate, resolving = false) => candidateVisibleTo(db(), raw, reviewer(), resolving)
  const isLead = () => !settings().blind || settings().lead === reviewer()

  /** @throws Problem if blind review hides something from this reviewer */
  const requireLead = () => {
    if (isLead()) return
    const { lead } = settings()
    throw new Problem(
      'hidden',
      message('app.blindReviewHides', { reviewer: reviewer() }),
      lead === null ? message('app.nameLeadInSettings') : message('app.askLead', { lead }),
    )
  }

  /** Returns true if replies are hidden: a reply contains the drafted text of a pair, which would reveal an attention check. */
  const hidesReplies = () => !isLead() || settings().checks.share > 0 || hasOpenCheck(db(), reviewer())

  return {
    settings,
    isLead,
    requireLead,
    filter,
    place: <P extends { filter: CandidateFilter; sort?: TableSort | undefined }>(place: P): P => {
      const seen = filter(place.filter)
      return { ...place, filter: seen, sort: sort(place.sort, seen) }
    },
    grid: <G extends { filter: CandidateFilter; order: ListOrder }>(grid: G): G => {
      const seen = filter(grid.filter)
      return { ...grid, filter: seen, order: order(grid.order, seen) }
    },
    order,
    target: (target: BulkTarget): BulkTarget => ('filter' in target ? { filter: filter(target.filter) } : target),

    /** Marks data without content of other reviewers as visible: the reviewer's own data, or a result of a filter of this view. */
    own: mark,
    candidate: (id: number) => mark(candidate(requireCandidate(db(), id))),
    /** Keeps only undecided pairs and the reviewer's own in blind review. */
    withoutOthers: (raw: readonly Candidate[]) => (settings().blind ? raw.filter(({ id }) => isUndecidedOrOwn(db(), id, reviewer())) : raw),
    candidates: (raw: readonly Candidate[]) => mark(raw.map((one) => candidate(one))),
    queue: (raw: readonly Candidate[], seen: CandidateFilter) =>
      queueVisibleTo(db(), raw, { filter: seen, reviewer: reviewer(), settings: settings() }),
    detail: (raw: CallOutput<'candidate.get'>, resolving: boolean) =>
      mark(detailVisibleTo(db(), raw, { reviewer: reviewer(), settings: settings(), resolving })),
    hidesReplies,
    origin: (raw: CandidateOrigin) => mark(hidesReplies() ? withoutReply(raw) : raw),
    idsOfCards: (raw: readonly number[], asked: CandidateFilter) =>
      raw.filter((id) => !hidesOthers(asked) || isUndecidedOrOwn(db(), id, reviewer())),
    /**
     * Returns the visible rows of a grid, with attention checks placed as in the queue; in blind review without pairs that others decided.
     */
    cards: (raw: readonly TableRow[], asked: CandidateFilter, by: ListOrder) => {
      const seen = filter(asked)
      const shown = hidesOthers(asked) ? raw.filter((row) => isUndecidedOrOwn(db(), row.candidate.id, reviewer())) : raw
      const candidates = shown.map((row) => row.candidate)
      queueVisibleTo(db(), candidates, {
        filter: seen,
        sort: by.kind === 'column' ? by : undefined,
        reviewer: reviewer(),
        settings: settings(),
      })
      const resolving = seen.look === 'disagreement' && isLead()
      return mark(shown.map((row) => rowVisibleTo(db(), row, { ...asking(), resolving })))
    },
    /** Returns the visible rows of the table, with attention checks placed as in the queue. */
    rows: (raw: readonly TableRow[], asked: CandidateFilter, by: TableSort | undefined) => {
      const candidates = raw.map((row) => row.candidate)
      queueVisibleTo(db(), candidates, { filter: asked, sort: by, reviewer: reviewer(), settings: settings() })
      const resolving = asked.look === 'disagreement' && isLead()
      return mark(raw.map((row) => rowVisibleTo(db(), row, { ...asking(), resolving })))
    },
    turns: (raw: readonly Candidate[]) => mark(queueVisibleTo(db(), raw, { filter: {}, reviewer: reviewer(), settings: settings() })),
    marks: (raw: Marks) => mark(settings().blind ? blindMarks(raw, reviewer()) : raw),
    counts: () => mark(countsVisibleTo(db(), asking())),
    stats: () => mark(statsVisibleTo(db(), asking())),
    items: (page: Parameters<typeof itemsVisibleTo>[1]) => itemsVisibleTo(db(), page, asking()),
    itemsById: (ids: readonly number[]) => itemsByIdVisibleTo(db(), ids, asking()),
    coldStart: () => mark(coldStartVisibleTo(db(), asking())),
    exemplars: (limit: number) => mark(exemplarsVisibleTo(db(), limit, asking())),
    /** Lists the languages of pairs. An edit causes a new detection, so in blind review `waiting` does not count edits of others. */
    languages: () =>
      mark(
        settings().blind
          ? { languages: listOwnLanguages(db(), reviewer()), waiting: countUnnamed(db(), reviewer()) }
          : { languages: listLanguages(db()), waiting: countUnnamed(db()) },
      ),
    /**
     * Returns the counts of second reviews. The numbers of waiting pairs and disagreements follow from others' verdicts: in blind review
     * only the lead sees them.
     */
    lookCounts: (): Visible<LookCounts> => {
      const { second, disagreements, heldBack } = countSecondReviews(db(), reviewer())
      const { blind } = settings()
      return mark(isLead() ? { second, disagreements, heldBack, blind } : { second, disagreements: 0, heldBack: 0, blind })
    },
    /** Returns the reviewer's figures. The agreement of others follows from their verdicts, so it is hidden in blind review. */
    figures: (): Visible<OwnFigures> => {
      const figures = readOwnFigures(db(), reviewer())
      const hidden = { pairs: 0, agreed: 0, kappa: null }
      return mark(isLead() ? figures : { ...figures, agreement: hidden, projectAgreement: hidden })
    },
  }
}
export type ReviewerView = ReturnType<typeof createReviewerView>

const callNames = Object.keys(contract) as CallName[]

/**
 * Combines the calls by their visibility; none is exposed by default. Calls for the lead are refused to other reviewers in blind review.
 */
export function combineHandlers(view: ReviewerView, own: OwnHandlers, others: OtherHandlers): Handlers {
  const guarded = (call: (input: never) => unknown) => (input: never) => {
    view.requireLead()
    return call(input)
  }
  const pick = (name: CallName): unknown => {
    const { visibility } = contract[name]
    if (visibility === 'own') return own[name as CallsOf<'own'>]
    return visibility === 'lead' ? guarded(others[name as CallsOf<'lead'>]) : others[name as CallsOf<'shared'>]
  }
  return Object.fromEntries(callNames.map((name) => [name, pick(name)])) as unknown as Handlers
}

const withoutReply = ({ call, ...origin }: CandidateOrigin): CandidateOrigin => ({
  ...origin,
  call: call && { ...call, reply: null, unusedFields: call.unusedFields.map((field) => ({ ...field, value: '' })) },
})
