import type { CallInput, CallName } from '../../src/shared/contract'
import type { CandidateFilter } from '../../src/shared/review'
import { sortColumnSchema } from '../../src/shared/table'
import type { Desk } from './desk'

/** Pairs of the projects that the calls below ask about. */
export const pairs = 8

export const filters: readonly CandidateFilter[] = [
  {},
  ...(['pending', 'accepted', 'edited', 'rejected', 'ignored'] as const).map((state) => ({ states: [state] })),
  { states: ['pending', 'accepted'] },
  { states: ['accepted', 'edited'] },
  { runId: 1 },
  { promptVersionId: 1 },
  { itemId: 1 },
  { kind: 'detail' },
  { origin: 'model' },
  { flagged: 'any' },
  { flagged: 'mine' },
  { tag: 'seen' },
  { commented: true },
  { reason: 'trivial' },
  { reviewer: 'Bo' },
  { reviewer: 'Ada' },
  { decidedFrom: 1 },
  { decidedBefore: 9e12 },
  { exemplarId: 1 },
  { look: 'second' },
  { language: 'de' },
  { query: 'zebra' },
  { query: 'thing' },
  { query: 'remark' },
  { query: 'thing', states: ['accepted', 'edited'] },
]
export const ids = Array.from({ length: pairs + 1 }, (_, at) => at + 1)
const sorts = sortColumnSchema.options.map((column) => ({ kind: 'column' as const, column, descending: false }))

/** Every call of the contract: what Ada asks, or why the property does not compare it. */
export const asked: { readonly [N in CallName]: readonly CallInput<N>[] | string } = {
  'project.stats': [{}],
  'item.page': (['all', 'undrafted', 'pending', 'reviewed'] as const).map((state) => ({ filter: { state }, after: 0, limit: 50 })),
  'coldStart.get': [{}],
  'candidate.page': filters.map((filter) => ({ filter, after: null, limit: 50 })),
  'candidate.get': ids.map((id) => ({ id })),
  'candidate.origin': ids.map((id) => ({ id })),
  'candidate.counts': [{}],
  'candidate.list': [{ ids }],
  'candidate.count': filters.map((filter) => ({ filter })),
  'candidate.found': filters.map((filter) => ({ filter })),
  'candidate.queue': [
    ...(['import', 'leastReviewed', 'flagged', 'random', 'run'] as const).flatMap((kind) =>
      [{}, { states: ['pending' as const] }, { states: ['accepted' as const, 'edited' as const] }, { query: 'zebra' }].map((filter) => ({
        filter,
        order: { kind },
        after: null,
        limit: 50,
      })),
    ),
    ...sorts.map((order) => ({ filter: {}, order, after: null, limit: 50 })),
  ],
  'candidate.similar': 'its order follows from word counts over all pairs; that it holds no pair of another is tested below',
  'table.rows': [
    ...filters.map((filter) => ({ filter, from: 0, limit: 100 })),
    ...sorts.flatMap((sort) => [
      { filter: {}, sort, from: 0, limit: 100 },
      { filter: { states: ['accepted' as const, 'edited' as const] }, sort, from: 0, limit: 100 },
    ]),
  ],
  'table.ids': sorts.map((sort) => ({ filter: {}, sort, from: 0, limit: 100 })),
  'table.key': filters.map((filter) => ({ filter, from: 0 })),
  'grid.open': [
    ...filters.map((filter) => ({ filter, order: { kind: 'import' as const }, cards: 'pairs' as const, queue: null, candidateId: 1 })),
    ...sorts.map((order) => ({ filter: {}, order, cards: 'pairs' as const, queue: null, candidateId: null })),
    ...[{}, { states: ['pending' as const] }, { look: 'second' as const }].map((filter) => ({
      ...{ filter, order: { kind: 'flagged' as const }, cards: 'items' as const, queue: null, candidateId: 2 },
    })),
  ],
  'grid.rows': 'reads the order that grid.open answered; compared below',
  'grid.ids': 'reads the order that grid.open answered; compared below',
  'language.list': [{}],
  'marks.get': ids.map((candidateId) => ({ candidateId })),
  'marks.tags': [{}],
  'turn.list': ids.map((candidateId) => ({ candidateId })),
  'fix.preview': [{ rules: [] }],
  'exemplar.list': [{ limit: 50 }],
  'quality.settings': [{}],
  'quality.counts': [{}],
  'quality.look': ids.flatMap((candidateId) => [true, false].map((resolving) => ({ candidateId, resolving }))),
  'quality.ownFigures': [{}],
  'pair.typed': ids.map((subjectId) => ({ form: 'split' as const, subjectId })),
  'session.sum': [{ from: 0 }],
  'desk.get': [{}],
  'project.place': [{}],
  'project.card': 'is of a project in the list, and read in another process; tested with the cards',
  'project.savePlace': 'answers nothing',
  'item.get': [{ id: 1 }],
  'item.list': [{ ids: [1, 2, 3, 4, 5] }],
  'item.ids': (['import', 'newest', 'name', 'state', 'pending'] as const).flatMap((sort) =>
    (['all', 'pending', 'reviewed', 'excluded'] as const).map((state) => ({ filter: { state }, sort })),
  ),
  'import.drop': 'answers its input',
  'import.inspect': 'is about files outside the project',
  'item.setStanding': 'lead',
  'item.undo': 'lead',
  'item.redo': 'lead',
  'view.list': [{}],
  'review.settings': [{}],
  'guidelines.get': [{}],
  'guidelines.versions': [{}],
  'spelling.words': [{}],
  'recipe.custom': [{}],
  'run.list': [{}],
  'prompt.get': [{}],
  'prompt.draft': [{}],
  // What the lead alone may ask in blind review
  'prompt.preview': 'lead',
  'prompt.try': 'lead',
  'prompt.importFile': 'lead',
  'comparison.plan': 'lead',
  'comparison.start': 'lead',
  'comparison.resume': 'lead',
  'comparison.cancel': 'lead',
  'comparison.list': 'lead',
  'comparison.get': 'lead',
  'comparison.vote': 'lead',
  'comparison.remove': 'lead',
  'comparison.keep': 'lead',
  'snapshot.list': 'lead',
  'snapshot.get': 'lead',
  'snapshot.preview': 'lead',
  'snapshot.card': 'lead',
  'snapshot.saveCard': 'lead',
  'snapshot.create': 'lead',
  'snapshot.delete': 'lead',
  'snapshot.diff': 'lead',
  'snapshot.diffPage': 'lead',
  'snapshot.cancel': 'answers nothing',
  'prompt.writeFile': 'lead',
  'run.calls': 'lead',
  'export.start': 'lead',
  'export.plan': 'lead',
  'export.history': 'lead',
  'run.estimate': 'lead',
  'run.failures': 'lead',
  'export.cancel': 'answers nothing',
  // What Ada does in the steps below, with its answers compared
  'decision.add': 'step',
  'decision.undo': 'step',
  'decision.redo': 'step',
  'bulk.tag': 'step',
  'bulk.flag': 'step',
  'bulk.decide': 'step',
  'marks.flag': 'step',
  'marks.comment': 'step',
  'marks.rate': 'step',
  'marks.tag': 'step',
  'item.decide': 'step',
  // Their answer is what was put in, or one of the calls above
  'marks.removeComment': 'answers as marks.get',
  'draft.save': 'answers its input',
  'draft.discard': 'answers nothing',
  'pair.split': 'answers as decision.add',
  'pair.write': 'answers as decision.add',
  'pair.saveTyped': 'answers nothing',
  'pair.discardTyped': 'answers nothing',
  'turn.move': 'answers as decision.add',
  'exemplar.order': 'answers nothing',
  'exemplar.pin': 'answers as candidate.get',
  'coldStart.save': 'answers as coldStart.get',
  'desk.save': 'answers its input',
  'session.start': 'answers its own session',
  'session.keep': 'answers nothing',
  'quality.saveSettings': 'answers its input',
  'view.save': 'answers as view.list',
  'view.remove': 'answers as view.list',
  'review.saveSettings': 'answers its input',
  'guidelines.version': 'answers as guidelines.get',
  'guidelines.save': 'answers its input',
  'spelling.addWord': 'answers as spelling.words',
  'spelling.removeWord': 'answers as spelling.words',
  'recipe.saveCustom': 'answers its input',
  'prompt.save': 'answers as prompt.get',
  'prompt.label': 'answers as prompt.get',
  'prompt.saveSettings': 'answers as prompt.get',
  'prompt.saveDraft': 'answers nothing',
  'prompt.readFile': 'reads a file',
  // Nothing of any reviewer
  'app.info': 'app',
  'app.notices': 'app',
  'app.settings': 'app',
  'app.saveSettings': 'app',
  'app.keyStatus': 'app',
  'app.saveKey': 'app',
  'app.copyKey': 'app',
  'app.forgetKey': 'app',
  'provider.models': 'asks a server',
  'provider.detect': 'asks servers',
  'app.chooseFolder': 'app',
  'app.chooseFile': 'app',
  'app.chooseSaveFile': 'app',
  'app.showFolder': 'app',
  'app.testProvider': 'app',
  'project.current': 'names the project',
  'project.recent': 'app',
  'project.forget': 'app',
  'project.create': 'app',
  'project.createSample': 'app',
  'project.open': 'app',
  'project.close': 'app',
  'project.recovery': 'names damage and numbers of a project that is not open',
  'project.recover': 'app',
  'project.doctor': 'names damage only',
  'media.frameTimes': 'media',
  'media.frame': 'media',
  'media.prepareFrame': 'media',
  'media.fault': 'media',
  'import.start': 'import',
  'import.cancel': 'import',
  'run.start': 'a run',
  'run.resume': 'a run',
  'run.pause': 'a run',
  'run.cancel': 'a run',
}

/** Every answer in a form that can be compared; a refusal is an answer too. */
export async function answer<N extends CallName>(desk: Desk, name: N, input: CallInput<N>): Promise<unknown> {
  try {
    return await desk.call(name, input)
  } catch (error) {
    return String(error)
  }
}

/** Answers of all calls that read, by name and input. */
export async function askEverything(desk: Desk): Promise<[string, unknown][]> {
  const answers: [string, unknown][] = []
  for (const [name, inputs] of Object.entries(asked) as [CallName, readonly CallInput<CallName>[] | string][])
    if (typeof inputs !== 'string')
      for (const input of inputs) {
        if (name === 'grid.open') answers.push(...(await askGrid(desk, input as CallInput<'grid.open'>)))
        else answers.push([`${name} ${JSON.stringify(input)}`, await answer(desk, name, input)])
      }
  return answers
}

/** A grid as it is opened, and what it then reads: its cards, and the ids of a selection. The number of its order tells nothing. */
async function askGrid(desk: Desk, input: CallInput<'grid.open'>): Promise<[string, unknown][]> {
  const asks = JSON.stringify(input)
  const opened = await answer(desk, 'grid.open', input)
  if (typeof opened !== 'object') return [[`grid.open ${asks}`, opened]]
  const { queue, ...size } = opened as { queue: number }
  const page = { filter: input.filter, order: input.order, cards: input.cards, queue, from: 0, limit: 50 }
  return [
    [`grid.open ${asks}`, size],
    [`grid.rows ${asks}`, await answer(desk, 'grid.rows', page)],
    [`grid.ids ${asks}`, await answer(desk, 'grid.ids', page)],
  ]
}
