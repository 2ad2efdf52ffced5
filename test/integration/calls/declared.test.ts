import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { closeProject, type Project } from '../../../src/main/project/project'
import { everyTopic } from '../../../src/shared/contract/call'
import { contract, type CallInput, type CallName, type Topic } from '../../../src/shared/contract'
import { answer, askEverything } from '../../support/askedCalls'
import { openDesk, setQuality, type Desk } from '../../support/desk'
import { addItem, draftPairs, pair, temporaryProject } from '../../support/temporaryProject'

/** The window reads again what a call declares to change, and nothing else: so each answer that changes must be declared. */

const changesOf = (name: CallName, input: unknown): readonly Topic[] =>
  (contract[name].changesOf as (input: unknown) => readonly Topic[])(input)
const names = Object.keys(contract) as CallName[]

type Step = { [N in CallName]: readonly [N, CallInput<N>] }[CallName]
const one = { candidateId: 1 }
const typed = { form: 'split' as const, subjectId: 5 }
const halves = { first: pair('first half'), second: pair('second half') }
const filter = { itemId: 3 }

/** Calls that change something, in an order in which each does. */
const steps: readonly Step[] = [
  ['decision.add', { ...one, verdict: 'accept', seconds: 4 }],
  ['decision.add', { candidateId: 2, verdict: 'edit', pair: pair('what Ada saw') }],
  ['decision.add', { candidateId: 3, verdict: 'reject', reason: 'trivial' }],
  ['decision.undo', {}],
  ['decision.redo', {}],
  ['draft.save', { candidateId: 4, instruction: 'What?', response: 'That' }],
  ['draft.discard', { candidateId: 4 }],
  ['draft.save', { candidateId: 4, instruction: 'What?', response: 'That one' }],
  ['decision.add', { candidateId: 4, verdict: 'ignore' }],
  ['marks.flag', { ...one, flagged: true }],
  ['marks.tag', { ...one, tag: 'seen', tagged: true }],
  ['marks.comment', { ...one, body: 'A remark.' }],
  ['marks.rate', { ...one, quality: 'correct', value: 2 }],
  ['marks.removeComment', { ...one, commentId: 1 }],
  ['decision.undo', {}],
  ['bulk.tag', { target: { filter }, tag: 'many', tagged: true }],
  ['bulk.flag', { target: { filter }, flagged: true }],
  ['decision.undo', {}],
  ['bulk.decide', { target: { filter }, verdict: 'accept' }],
  ['decision.undo', {}],
  ['pair.saveTyped', { ...typed, pairs: [halves.first, halves.second] }],
  ['pair.discardTyped', typed],
  ['pair.saveTyped', { ...typed, pairs: [halves.first, halves.second] }],
  ['pair.split', { candidateId: 5, ...halves }],
  ['pair.write', { itemId: 2, pair: pair('of my own') }],
  ['turn.move', { candidateId: 7, by: 1 }],
  ['item.decide', { itemId: 4, verdict: 'reject', reason: 'trivial' }],
  ['exemplar.pin', { ...one, pinned: true, reason: 'clear' }],
  ['exemplar.pin', { candidateId: 2, pinned: true }],
  ['exemplar.order', { candidateIds: [2, 1] }],
  ['coldStart.save', { rule: { accepted: 1, items: 1, share: 0.5, window: 3 }, closed: true }],
  ['prompt.saveDraft', { text: { outputForm: 'pairs', systemMessage: 'Draft.', contextTemplate: '{{ captions }}' }, settings: null }],
  ['prompt.save', { outputForm: 'pairs', systemMessage: 'Ask.', contextTemplate: '{{ captions }}' }],
  ['prompt.label', { id: 1, name: 'Plain', note: 'The first.' }],
  ['recipe.saveCustom', { prefix: 'OWN', fields: ['captions'], relation: 'none' }],
  ['view.save', { name: 'mine', filter }],
  ['view.remove', { id: 1 }],
  ['review.saveSettings', { reasons: ['wrong'], ratings: true, spelling: false, fixes: [] }],
  ['guidelines.save', { body: 'Be exact.' }],
  ['spelling.addWord', { word: 'zorgvliet' }],
  ['spelling.removeWord', { word: 'zorgvliet' }],
  ['desk.save', { order: { kind: 'random', seed: 4 }, wholeItem: true }],
  ['item.setStanding', { ids: [2], standing: 'excluded' }],
  ['item.undo', {}],
  ['item.redo', {}],
  ['item.setStanding', { ids: [2, 3], standing: 'deleted' }],
  ['project.savePlace', { screen: 'review', filter: { states: ['pending'] }, candidateId: 5 }],
  ['session.start', { decisions: 3, activeMs: 1000 }],
]

function newProject(): Project {
  const project = temporaryProject()
  const items = ['one', 'two', 'three', 'four'].map((name) => addItem(project.db, name))
  draftPairs(
    project.db,
    items.map((itemId, at) => ({ itemId, pairs: [0, 1].map((turn) => ({ ...pair(`thing ${at} ${turn}`), conversation: 0, turn })) })),
  )
  return project
}

type Answers = ReadonlyMap<string, string>
const answersOf = async (desk: Desk): Promise<Answers> =>
  new Map((await askEverything(desk)).map(([asked, given]) => [asked, JSON.stringify(given)]))

/** The answers that a call changed, and those of them that it does not declare. */
function compare([name, input]: Step, before: Answers, after: Answers): { hidden: string[]; changed: number } {
  const changed = [...before.keys()].filter((asked) => before.get(asked) !== after.get(asked))
  const declared = changesOf(name, input)
  const isDeclared = (asked: string) => contract[asked.split(' ')[0] as CallName].reads.some((topic) => declared.includes(topic))
  return { hidden: changed.filter((asked) => !isDeclared(asked)), changed: changed.length }
}

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: 1_800_000_000_000 }))
afterEach(() => vi.useRealTimers())

describe('calls that change something', () => {
  test.each([false, true])('change no answer that they do not declare (with second reviews: %s)', async (withReviews) => {
    const project = newProject()
    if (withReviews) setQuality(project, { secondLook: { share: 1 } })
    const desk = openDesk(project, 'Ada', { listsHere: true })
    let before = await answersOf(desk)
    for (const step of steps) {
      vi.setSystemTime(Date.now() + 1000)
      await desk.call(step[0], step[1] as never)
      const after = await answersOf(desk)
      const { hidden, changed } = compare(step, before, after)
      before = after
      expect([step[0], hidden]).toEqual([step[0], []])
      expect([step[0], changed > 0]).toEqual([step[0], true])
    }
    closeProject(project)
  })

  test('answer as the call whose answer they are declared to give', async () => {
    const project = newProject()
    const desk = openDesk(project, 'Ada')
    for (const [name, input] of steps) {
      const given = await answer(desk, name, input)
      const { answers } = contract[name] as { answers?: CallName }
      if (answers) expect([name, given]).toEqual([name, await answer(desk, answers, {})])
    }
    closeProject(project)
  })
})

describe('the contract', () => {
  test('has a reader and a writer of each topic', () => {
    const read = new Set(names.flatMap((name) => contract[name].reads))
    const changed = new Set(names.flatMap((name) => changesOf(name, { reviewer: 'Ada' })))
    for (const topic of everyTopic) expect([topic, read.has(topic), changed.has(topic)]).toEqual([topic, true, true])
  })

  test('names only calls that it has as what another one answers', () => {
    const named = names.flatMap((name) => (contract[name] as { answers?: string }).answers ?? [])
    for (const name of named) expect(names).toContain(name)
  })
})
