import { defaultComfort } from '../../src/shared/comfort'
import { defaultDesk, defaultReviewSettings } from '../../src/shared/review'
import { defaultQualitySettings, type OwnFigures } from '../../src/shared/quality'
import type { AppSettings, ColdStartState, ItemSummary, RunProgress } from '../../src/shared/contract'
import {
  type Call,
  type Candidate,
  defaultColdStartRule,
  defaultCustomRecipe,
  defaultGenerationSettings,
  defaultProviderSettings,
  type Item,
  type Media,
  type ProjectInfo,
  type PromptText,
  type Run,
  type Stats,
} from '../../src/shared/domain'
import { Problem } from '../../src/shared/problem'
import type { Handlers } from './fakeBridge'

/** Values of a small project that the tests of the screens start from; each takes the parts that a test cares about. */

const createdAt = Date.UTC(2025, 0, 15, 12)

export const aProject = (part: Partial<ProjectInfo> = {}): ProjectInfo => ({
  path: '/projects/Space day.exemplar',
  name: 'Space day',
  uuid: '0b6f3c1e-6d1b-4c57-9a3f-2f6d5b1a7c90',
  recipe: 'la',
  createdAt,
  readOnly: null,
  ...part,
})

export const aMedium = (part: Partial<Media> = {}): Media => ({
  id: 1,
  sha256: 'a'.repeat(64),
  fileName: 'rocket.jpg',
  storedName: `${'a'.repeat(64)}.jpg`,
  kind: 'image',
  mime: 'image/jpeg',
  bytes: 48_211,
  width: 640,
  height: 427,
  durationMs: null,
  problem: null,
  ...part,
})

export const anItem = (part: Partial<Item> = {}): Item => ({
  id: 1,
  sourceId: 'rocket',
  media: [aMedium()],
  missing: [],
  context: {
    captions: ['A rocket on its launch pad at night.', 'Lamps light the base of a rocket.'],
    boxes: [{ label: 'rocket', x: 300, y: 20, width: 60, height: 330, media: 0 }],
  },
  createdAt,
  ...part,
})

export const anItemSummary = (part: Partial<ItemSummary> = {}): ItemSummary => ({
  id: 1,
  sourceId: 'rocket',
  media: [{ id: 1, kind: 'image' }],
  excerpt: 'A rocket on its launch pad at night.',
  candidates: 0,
  pending: 0,
  approved: 0,
  ...part,
})

export const aCandidate = (part: Partial<Candidate> = {}): Candidate => ({
  id: 1,
  itemId: 1,
  itemSourceId: 'rocket',
  author: null,
  splitFrom: null,
  conversationCallId: 1,
  runId: 1,
  callId: 1,
  provider: 'demo',
  model: 'demo',
  promptVersionId: 1,
  state: 'pending',
  instruction: 'What lights the base of the rocket?',
  response: 'Lamps light the base of the rocket.',
  draft: null,
  kind: null,
  conversation: null,
  turn: null,
  rationale: null,
  reason: null,
  pinned: false,
  pinnedReason: null,
  createdAt,
  ...part,
})

export const aRun = (part: Partial<Run> = {}): Run => ({
  id: 1,
  promptVersionId: 1,
  settings: { provider: defaultProviderSettings, generation: defaultGenerationSettings },
  state: 'finished',
  createdAt,
  finishedAt: createdAt + 60_000,
  items: 3,
  done: 3,
  failed: 0,
  candidates: 9,
  promptTokens: 2400,
  completionTokens: 700,
  stoppedBy: null,
  ...part,
})

export const aRunProgress = (run: Partial<Run> = {}, part: Partial<Omit<RunProgress, 'run'>> = {}): RunProgress => ({
  run: aRun(run),
  rate: null,
  remainingMs: null,
  waitsForLock: false,
  active: false,
  cost: null,
  ...part,
})

export const aCall = (part: Partial<Call> = {}): Call => ({
  id: 1,
  runId: 1,
  itemId: 1,
  itemSourceId: 'rocket',
  attempt: 1,
  state: 'succeeded',
  startedAt: createdAt,
  finishedAt: createdAt + 900,
  promptTokens: 800,
  completionTokens: 230,
  error: null,
  reply: '{"pairs":[]}',
  ...part,
})

export const appSettings = (part: Partial<AppSettings> = {}): AppSettings => ({
  ...defaultComfort,
  theme: 'light',
  tourSeen: true,
  reviewerNamed: true,
  reviewer: 'Ada',
  provider: defaultProviderSettings,
  keys: {},
  ...part,
})

export const someStats = (part: Partial<Stats> = {}): Stats => ({
  pending: 0,
  accepted: 0,
  edited: 0,
  rejected: 0,
  ignored: 0,
  items: 1,
  media: 1,
  written: 0,
  candidates: 0,
  runs: 0,
  calls: 0,
  failedCalls: 0,
  promptTokens: 0,
  completionTokens: 0,
  ...part,
})

export const someFigures = (part: Partial<OwnFigures> = {}): OwnFigures => ({
  reviewer: 'Ada',
  accepted: 0,
  edited: 0,
  rejected: 0,
  ignored: 0,
  medianSeconds: null,
  days: [],
  checks: { caught: 0, missed: 0 },
  agreement: { pairs: 0, agreed: 0, kappa: null },
  projectAgreement: { pairs: 0, agreed: 0, kappa: null },
  ...part,
})

/** Nothing decided yet, unless told otherwise. */
export const aColdStart = (part: Partial<ColdStartState> = {}): ColdStartState => ({
  coldStart: { rule: defaultColdStartRule, closedAt: null },
  accepted: 0,
  items: 0,
  recent: 0,
  recentAccepted: 0,
  met: false,
  byVersion: [],
  ...part,
})

const promptText: PromptText = {
  outputForm: 'pairs',
  systemMessage: 'You are an AI visual assistant that is seeing a single image.',
  contextTemplate: '{% for caption in captions %}{{ caption }}\n{% endfor %}',
}

/** The recipe's own guidelines, in short. */
export const aGuideline = { version: 0, body: '# Rockets\n\nAccept what **can be seen**.', author: null, savedAt: null }

const missing = (what: string) => (): never => {
  throw new Problem('not-found', `${what}: the test gives no answer.`, 'Give a handler for it.')
}

/** A project with one item and nothing drafted; settings that are saved are kept. */
export function defaultHandlers(): Handlers {
  let settings = appSettings()
  const promptState = () => ({
    current: { id: 1, createdAt, ...promptText },
    versions: [{ id: 1, createdAt, ...promptText }],
    recipeText: promptText,
    settings: defaultGenerationSettings,
    fileExemplars: 0,
  })
  const noMarks = () => ({ flaggedBy: [], tags: [], comments: [], ratings: [] })
  const counts = { pending: 0, accepted: 0, edited: 0, rejected: 0, ignored: 0 }
  return {
    'app.notices': () => 'Electron 45.4.1\nLicence: MIT',
    'app.info': () => ({ version: '0.1.0', platform: 'linux', documents: '/home/ada/Documents' }),
    'app.settings': () => settings,
    'app.saveSettings': (part) => (settings = { ...settings, ...part }),
    'app.keyStatus': () => ({ present: 'none', storage: 'keychain' }),
    'app.saveKey': () => ({ present: 'stored', storage: 'keychain' }),
    'app.copyKey': () => ({ present: 'stored', storage: 'keychain' }),
    'provider.models': () => [],
    'provider.detect': () => [],
    'app.forgetKey': () => ({ present: 'none', storage: 'keychain' }),
    'app.chooseFolder': () => null,
    'app.chooseFile': () => null,
    'app.chooseSaveFile': () => null,
    'app.showFolder': () => null,
    'app.testProvider': () => ({ model: 'demo', milliseconds: 3 }),
    'project.current': () => aProject(),
    'project.recent': () => [],
    'project.forget': () => [],
    'project.create': ({ name, recipe }) => aProject({ name, recipe }),
    'project.createSample': () => aProject({ name: 'Sample' }),
    'project.open': () => aProject(),
    'project.recovery': () => null,
    'project.recover': () => aProject(),
    'project.close': () => null,
    'project.stats': () => someStats(),
    'project.doctor': () => ({ healthy: true, findings: [], checks: ['integrity'] }),
    'item.page': ({ after }) => ({ items: after === 0 ? [anItemSummary()] : [], total: 1 }),
    'media.frameTimes': () => [],
    'media.fault': () => null,
    'media.prepareFrame': () => null,
    'media.frame': () => {
      throw new Error('there are no frames here')
    },
    'item.get': ({ id }) => anItem({ id }),
    'import.start': () => ({
      added: 0,
      unchanged: 0,
      mediaAdded: 0,
      linked: 0,
      updated: 0,
      problems: [],
      notes: [],
      moreProblems: 0,
      cancelled: false,
    }),
    'import.cancel': () => null,
    'export.cancel': () => null,
    'prompt.get': promptState,
    'prompt.save': promptState,
    'prompt.label': promptState,
    'prompt.saveSettings': promptState,
    'prompt.draft': () => ({ text: null, settings: null }),
    'prompt.saveDraft': () => null,
    'prompt.preview': () => ({ messages: [], exemplars: [], tokens: 0, price: null, byWords: false }),
    'prompt.try': missing('prompt.try'),
    'prompt.readFile': missing('prompt.readFile'),
    'prompt.importFile': missing('prompt.importFile'),
    'prompt.writeFile': ({ path }) => ({ path }),
    'comparison.plan': () => ({ items: 1, calls: 2, kept: 0, promptTokens: 800, completionTokens: 400, price: 0 }),
    'comparison.start': missing('comparison.start'),
    'comparison.resume': () => null,
    'comparison.cancel': () => null,
    'comparison.list': () => [],
    'comparison.get': missing('comparison.get'),
    'comparison.vote': () => null,
    'comparison.remove': () => null,
    'comparison.keep': () => ({ runId: 2, pairs: 3 }),
    'coldStart.get': () => aColdStart(),
    'coldStart.save': ({ rule, closed }) => aColdStart({ coldStart: { rule, closedAt: closed ? createdAt : null } }),
    'recipe.custom': () => defaultCustomRecipe,
    'recipe.saveCustom': (recipe) => recipe,
    'run.start': () => ({ ...aRun({ state: 'running', finishedAt: null, done: 0 }), leftOut: [] }),
    'run.resume': () => aRun({ state: 'running', finishedAt: null, done: 0 }),
    'export.plan': () => ({ pairs: 3, leftOut: [], records: [], bytes: 44_200, free: null }),
    'export.history': () => [],
    'run.cancel': () => null,
    'run.pause': () => null,
    'run.estimate': () => ({ items: 1, taken: 0, promptTokens: 800, completionTokens: 230, price: 0, milliseconds: null }),
    'run.failures': () => [],
    'run.list': () => [],
    'run.calls': () => [],
    'candidate.page': () => ({ candidates: [], next: null }),
    'candidate.get': ({ id }) => ({ candidate: aCandidate({ id }), exemplars: [], decisions: [], draft: null }),
    'candidate.counts': () => counts,
    'candidate.list': ({ ids }) => ids.map((id) => aCandidate({ id })),
    'candidate.count': () => 0,
    'candidate.queue': () => ({ candidates: [], next: null, total: 0 }),
    'desk.get': () => defaultDesk,
    'desk.save': (desk) => desk,
    'session.start': () => ({ id: 1, startedAt: createdAt }),
    'session.keep': () => null,
    'session.sum': () => ({ decisions: 0, activeMs: 0 }),
    'candidate.found': () => ({ count: 0, more: false }),
    'table.rows': () => [],
    'table.ids': () => [],
    'table.key': () => null,
    'language.list': () => ({ languages: [], waiting: 0 }),
    'candidate.similar': () => [],
    'marks.get': noMarks,
    'marks.flag': noMarks,
    'marks.tag': noMarks,
    'marks.comment': noMarks,
    'marks.removeComment': noMarks,
    'marks.rate': noMarks,
    'marks.tags': () => [],
    'view.list': () => [],
    'view.save': () => [],
    'view.remove': () => [],
    'review.settings': () => defaultReviewSettings,
    'review.saveSettings': (changed) => changed,
    'guidelines.get': () => aGuideline,
    'guidelines.versions': () => [{ version: 0, author: null, savedAt: null }],
    'guidelines.version': () => aGuideline,
    'guidelines.save': ({ body }) => ({ version: 1, body, author: 'Ada', savedAt: createdAt }),
    'spelling.words': () => [],
    'spelling.addWord': ({ word }) => [word],
    'spelling.removeWord': () => [],
    'quality.settings': () => defaultQualitySettings,
    'quality.saveSettings': (changed) => changed,
    'quality.counts': () => ({ second: 0, disagreements: 0, heldBack: 0, blind: false }),
    'quality.look': () => null,
    'quality.ownFigures': () => someFigures(),
    'bulk.decide': () => ({ changed: 0, counts }),
    'bulk.tag': () => ({ changed: 0 }),
    'bulk.flag': () => ({ changed: 0 }),
    'decision.add': missing('decision.add'),
    'decision.undo': () => null,
    'decision.redo': () => null,
    'draft.save': ({ instruction, response }) => ({ instruction, response, savedAt: createdAt }),
    'draft.discard': () => null,
    'pair.split': missing('pair.split'),
    'pair.write': missing('pair.write'),
    'pair.typed': () => null,
    'pair.saveTyped': () => null,
    'pair.discardTyped': () => null,
    'turn.list': () => [],
    'turn.move': () => ({ candidates: [], counts }),
    'item.decide': () => ({ candidates: [], counts }),
    'fix.preview': ({ rules }) => ({ looked: 0, complete: true, rules: rules.map(() => ({ fault: null, changes: 0, examples: [] })) }),
    'exemplar.list': () => [],
    'exemplar.pin': ({ candidateId, pinned }) => aCandidate({ id: candidateId, pinned }),
    'exemplar.order': () => null,
    'export.start': missing('export.start'),
  }
}
