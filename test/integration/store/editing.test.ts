import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wholeConversations } from '../../../src/main/generation/prompt/selectExemplars'
import type { Project } from '../../../src/main/project/project'
import { countDecidedByHand, countPairsOfNextStep, decideMany } from '../../../src/main/store/decisions/bulkDecisions'
import { countCandidates, listCandidates, requireCandidate } from '../../../src/main/store/candidates/candidates'
import { readColdStart } from '../../../src/main/store/decisions/coldStart'
import { readCounts, readStats } from '../../../src/main/store/candidates/counts'
import { freshDatabase } from '../../support/freshDatabase'
import { decide, redo, undo } from '../../../src/main/store/decisions/decisions'
import { decideItem, listDecisions } from '../../../src/main/store/decisions/decisionHistory'
import { getDraft, getTypedPair, saveDraft, saveTypedPair } from '../../../src/main/store/candidates/drafts'
import { listRecentExemplars } from '../../../src/main/store/candidates/exemplars'
import { listQueue } from '../../../src/main/store/candidates/queueOrder'
import { listTurns, moveTurn, splitPair, writePair } from '../../../src/main/store/candidates/writtenPairs'
import { takenBack } from '../../../src/shared/editing'
import { addItem, draftPairs, pair, temporaryProject } from '../../support/temporaryProject'
import { inspectDatabase } from '../../support/inEnglish'

const reviewer = 'Ada'
const first = { instruction: 'What stands there?', response: 'A rocket.' }
const second = { instruction: 'When was it?', response: 'At night.' }

function projectWith(count: number, conversation?: number): { project: Project; itemId: number; ids: number[] } {
  const project = temporaryProject()
  const itemId = addItem(project.db, 'one')
  const pairs = Array.from({ length: count }, (_, turn) => ({
    ...pair(`thing ${turn}`),
    ...(conversation === undefined ? {} : { conversation, turn }),
  }))
  return { project, itemId, ids: draftPairs(project.db, [{ itemId, pairs }]) }
}

const textOf = ({ db }: Project, id: number) => {
  const { instruction, response } = requireCandidate(db, id)
  return { instruction, response }
}
/** Everything that a step may change, of all candidates. */
const standOf = ({ db }: Project) =>
  listCandidates(db, {}, null, 1000).candidates.map(({ id, state, reason, instruction, response, draft, turn }) => ({
    id,
    state,
    reason,
    instruction,
    response,
    draft,
    turn,
  }))
const turnsOf = ({ db }: Project, id: number) => listTurns(db, requireCandidate(db, id)).map((turn) => turn.id)
const healthy = ({ db }: Project) => expect(inspectDatabase(db).findings).toEqual([])

describe('a pair of one’s own', () => {
  test('has an author, no run and no call, is accepted, counted, found by its words and by who wrote it', () => {
    const { project, itemId, ids } = projectWith(1)
    const { db } = project
    readCounts(db)
    const own = writePair(db, { itemId, pair: first, reviewer, besideId: ids[0], seconds: 12 })
    expect(own).toMatchObject({ author: 'Ada', runId: null, callId: null, provider: null, model: null, promptVersionId: null, itemId })
    expect(own).toMatchObject({ state: 'accepted', draft: null, splitFrom: null, ...first })
    expect(readCounts(db)).toMatchObject({ pending: 1, accepted: 1 })
    expect(readStats(db)).toMatchObject({ candidates: 2, written: 1, runs: 1 })
    expect(listCandidates(db, { origin: 'human' }, null, 10).candidates.map(({ id }) => id)).toEqual([own.id])
    expect(countCandidates(db, { origin: 'model' })).toBe(1)
    expect(countCandidates(db, { query: 'rocket' })).toBe(1)
    expect(listQueue(db, { filter: {}, order: 'run', reviewer })).toEqual([ids[0], own.id])
    expect(listDecisions(db, own.id)).toMatchObject([{ verdict: 'accept', reviewer: 'Ada', seconds: 12 }])
    healthy(project)
  })

  test('is an exemplar for other items, and no draft in the figures of the cold start', () => {
    const { project, itemId } = projectWith(1)
    const own = writePair(project.db, { itemId, pair: first, reviewer })
    expect(listRecentExemplars(project.db, { limit: 5, excludeItemId: 0 })).toEqual([own])
    expect(readColdStart(project.db)).toMatchObject({ accepted: 1, items: 1, recent: 0 })
  })

  test('is withdrawn by one undo, says so, and is written again by one redo', () => {
    const { project, itemId } = projectWith(1)
    const own = writePair(project.db, { itemId, pair: first, reviewer })
    expect(undo(project.db, reviewer)).toMatchObject({ id: own.id, state: 'rejected', reason: takenBack })
    expect(readCounts(project.db)).toMatchObject({ accepted: 0, rejected: 1 })
    expect(undo(project.db, reviewer)).toBeNull()
    expect(redo(project.db, reviewer)).toMatchObject({ id: own.id, state: 'accepted', reason: null })
    healthy(project)
  })

  test('stays a person’s whatever its text becomes: no draft of a model is kept', () => {
    const { project, itemId } = projectWith(1)
    const own = writePair(project.db, { itemId, pair: first, reviewer })
    expect(decide(project.db, { candidateId: own.id, verdict: 'edit', pair: second, reviewer: 'Bo' })).toMatchObject({
      state: 'accepted',
      draft: null,
      ...second,
    })
    undo(project.db, 'Bo')
    expect(textOf(project, own.id)).toEqual(first)
    healthy(project)
  })

  test('goes on with a conversation as its last turn where that is asked', () => {
    const { project, itemId, ids } = projectWith(2, 3)
    const own = writePair(project.db, { itemId, pair: first, reviewer, besideId: ids[0], asTurn: true })
    expect(own).toMatchObject({
      conversation: 3,
      turn: 2,
      callId: null,
      conversationCallId: requireCandidate(project.db, ids[0] ?? 0).callId,
    })
    expect(turnsOf(project, own.id)).toEqual([...ids, own.id])
    decide(project.db, { candidateId: ids[0] ?? 0, verdict: 'accept', reviewer })
    expect(wholeConversations(project.db, [own], 5).map(({ id }) => id)).toEqual([ids[0], own.id])
    healthy(project)
  })

  test('is refused beside a pair of another item, and blank', () => {
    const { project, ids } = projectWith(1)
    const other = addItem(project.db, 'other')
    expect(() => writePair(project.db, { itemId: other, pair: first, reviewer, besideId: ids[0] })).toThrow(/another item/)
    expect(() => writePair(project.db, { itemId: other, pair: { instruction: ' ', response: 'x' }, reviewer })).toThrow()
    expect(readStats(project.db).written).toBe(0)
  })

  test('a row with both a call and an author, or neither, is refused by the file itself', () => {
    const db = freshDatabase()
    const insert = (columns: string, values: string) =>
      db.exec(`INSERT INTO candidate (item_id, created_at${columns}) VALUES (1, 1${values})`)
    db.pragma('foreign_keys = OFF')
    expect(() => insert('', '')).toThrow(/CHECK/)
    expect(() => insert(', run_id, call_id, author', `, 1, 1, 'Ada'`)).toThrow(/CHECK/)
    expect(() => insert(', run_id', ', 1')).toThrow(/CHECK/)
    insert(', author', `, 'Ada'`)
    insert(', run_id, call_id', ', 1, 1')
    db.close()
  })
})

describe('a pair split in two', () => {
  test('is approved in both halves, the first as an edit, the second as a person’s; one undo, one redo', () => {
    const { project, ids } = projectWith(2)
    const [whole = 0] = ids
    const before = standOf(project)
    const [one, two] = splitPair(project.db, { candidateId: whole, first, second, reviewer, seconds: 9 })
    expect(one).toMatchObject({ id: whole, state: 'edited', author: null, draft: pair('thing 0'), ...first })
    expect(two).toMatchObject({ state: 'accepted', author: 'Ada', splitFrom: whole, callId: null, ...second })
    expect(readCounts(project.db)).toMatchObject({ pending: 1, accepted: 1, edited: 1 })
    expect(countPairsOfNextStep(project.db, reviewer, 'undo')).toBe(2)
    const after = standOf(project)

    expect(undo(project.db, reviewer)?.id).toBe(whole)
    expect(standOf(project).filter(({ id }) => id !== two?.id)).toEqual(before)
    expect(requireCandidate(project.db, two?.id ?? 0)).toMatchObject({ state: 'rejected', reason: takenBack })
    redo(project.db, reviewer)
    expect(standOf(project)).toEqual(after)
    healthy(project)
  })

  test('leaves a conversation whole: the second half follows the first, later turns move on, and back at the undo', () => {
    const { project, ids } = projectWith(3, 0)
    const [, middle = 0, last = 0] = ids
    saveDraft(project.db, last, { instruction: 'half', response: 'typed' })
    const [, two] = splitPair(project.db, { candidateId: middle, first, second, reviewer })
    expect(turnsOf(project, middle)).toEqual([ids[0], middle, two?.id, last])
    expect(listTurns(project.db, requireCandidate(project.db, middle)).map(({ turn }) => turn)).toEqual([0, 1, 2, 3])
    expect(requireCandidate(project.db, last).state).toBe('pending')
    expect(getDraft(project.db, last)).toMatchObject({ response: 'typed' })
    undo(project.db, reviewer)
    expect(turnsOf(project, middle)).toEqual(ids)
    expect(requireCandidate(project.db, last).turn).toBe(2)
    healthy(project)
  })

  test('of a pair that was edited before goes back to that edit', () => {
    const { project, ids } = projectWith(1)
    const [whole = 0] = ids
    decide(project.db, { candidateId: whole, verdict: 'edit', pair: { instruction: 'Why?', response: 'So.' }, reviewer })
    const before = standOf(project)
    splitPair(project.db, { candidateId: whole, first: pair('thing 0'), second, reviewer })
    expect(requireCandidate(project.db, whole)).toMatchObject({ state: 'accepted', draft: null })
    undo(project.db, reviewer)
    expect(standOf(project).slice(0, 1)).toEqual(before)
  })
})

describe('turns of a conversation', () => {
  test('change places, keep their verdicts and typed drafts, and go back by undo and forward by redo', () => {
    const { project, ids } = projectWith(3, 0)
    const [one = 0, two = 0, three = 0] = ids
    decide(project.db, { candidateId: one, verdict: 'accept', reviewer })
    saveDraft(project.db, two, { instruction: 'half', response: 'typed' })
    expect(moveTurn(project.db, { candidateId: two, by: -1, reviewer }).map(({ id }) => id)).toEqual([two, one])
    expect(turnsOf(project, one)).toEqual([two, one, three])
    expect(requireCandidate(project.db, one).state).toBe('accepted')
    expect(getDraft(project.db, two)).toMatchObject({ response: 'typed' })
    expect(listDecisions(project.db, one).at(-1)?.moved).toEqual({ from: 0, to: 1 })
    expect(undo(project.db, reviewer)?.id).toBe(two)
    expect(turnsOf(project, one)).toEqual(ids)
    redo(project.db, reviewer)
    expect(turnsOf(project, one)).toEqual([two, one, three])
    healthy(project)
  })

  test('stay where they are at an end, and outside of conversations', () => {
    const { project, ids } = projectWith(2, 0)
    expect(moveTurn(project.db, { candidateId: ids[0] ?? 0, by: -1, reviewer })).toEqual([])
    expect(moveTurn(project.db, { candidateId: ids[1] ?? 0, by: 1, reviewer })).toEqual([])
    expect(undo(project.db, reviewer)).toBeNull()
    const alone = projectWith(2)
    expect(moveTurn(alone.project.db, { candidateId: alone.ids[0] ?? 0, by: 1, reviewer })).toEqual([])
  })
})

describe('one decision on all pending pairs of an item', () => {
  test('accepts them with what was typed for them, in one step', () => {
    const { project, itemId, ids } = projectWith(4)
    const [one = 0, two = 0, three = 0, four = 0] = ids
    const { db } = project
    const elsewhere = draftPairs(db, [{ itemId: addItem(db, 'other'), pairs: [pair('other')] }])[0] ?? 0
    decide(db, { candidateId: one, verdict: 'reject', reason: 'trivial', reviewer })
    saveDraft(db, two, { instruction: ' Why? ', response: 'So.' })
    saveDraft(db, three, { instruction: '', response: 'blank above' })
    const before = standOf(project)
    expect(decideItem(db, { itemId, verdict: 'accept', reviewer }).map(({ id, state }) => [id, state])).toEqual([
      [two, 'edited'],
      [four, 'accepted'],
    ])
    expect(textOf(project, two)).toEqual({ instruction: 'Why?', response: 'So.' })
    expect(requireCandidate(db, three).state).toBe('pending')
    expect(requireCandidate(db, elsewhere).state).toBe('pending')
    expect(readCounts(db)).toEqual({ pending: 2, accepted: 1, edited: 1, rejected: 1, ignored: 0 })
    undo(db, reviewer)
    expect(standOf(project)).toEqual(before)
    healthy(project)
  })

  test('leaves alone what others typed, and accepts what was typed before drafts had reviewers', () => {
    const { project, itemId, ids } = projectWith(3)
    const [one = 0, two = 0, three = 0] = ids
    saveDraft(project.db, one, { instruction: 'half', response: 'ty' }, 'Bo')
    saveDraft(project.db, two, { instruction: 'half', response: 'ty' }, 'Bo')
    saveDraft(project.db, two, first, reviewer)
    saveDraft(project.db, three, second)
    decideItem(project.db, { itemId, verdict: 'accept', reviewer })
    expect(ids.map((id) => textOf(project, id))).toEqual([pair('thing 0'), first, second])
  })

  test('rejects them with all reasons', () => {
    const { project, itemId, ids } = projectWith(2)
    decideItem(project.db, { itemId, verdict: 'reject', reason: 'trivial\nduplicate', reviewer })
    expect(ids.map((id) => requireCandidate(project.db, id).reason)).toEqual(['trivial\nduplicate', 'trivial\nduplicate'])
    expect(decideItem(project.db, { itemId, verdict: 'reject', reviewer })).toEqual([])
    expect(undo(project.db, reviewer)?.state).toBe('pending')
  })
})

describe('what is typed in a form', () => {
  test('is kept for each reviewer and place, and forgotten once it is sent', () => {
    const { project, itemId, ids } = projectWith(1)
    const { db } = project
    const own = { form: 'own', subjectId: itemId, reviewer } as const
    saveTypedPair(db, own, [{ instruction: 'Wha', response: '' }])
    saveTypedPair(db, { ...own, reviewer: 'Bo' }, [{ instruction: 'Bo’s', response: '' }])
    saveTypedPair(db, { form: 'split', subjectId: ids[0] ?? 0, reviewer }, [first, { instruction: '', response: 'x' }])
    expect(getTypedPair(db, own)).toEqual([{ instruction: 'Wha', response: '' }])
    healthy(project)
    writePair(db, { itemId, pair: first, reviewer })
    expect(getTypedPair(db, own)).toBeNull()
    expect(getTypedPair(db, { ...own, reviewer: 'Bo' })).toHaveLength(1)
    splitPair(db, { candidateId: ids[0] ?? 0, first, second, reviewer })
    expect(getTypedPair(db, { form: 'split', subjectId: ids[0] ?? 0, reviewer })).toBeNull()
  })

  test('the halves that were begun are forgotten once the pair has another text, and stay with a verdict alone', () => {
    const { project, ids } = projectWith(1)
    const { db } = project
    const [candidateId = 0] = ids
    const place = { form: 'split', subjectId: candidateId, reviewer } as const
    saveTypedPair(db, place, [first, second])
    decide(db, { candidateId, verdict: 'accept', reviewer })
    expect(getTypedPair(db, place)).toEqual([first, second])
    decide(db, { candidateId, verdict: 'edit', pair: second, reviewer })
    expect(getTypedPair(db, place)).toBeNull()
  })
})

test('any mixture of steps is walked back to the beginning and forward to the end', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('decide' as const), at: fc.nat(7), verdict: fc.constantFrom('accept', 'reject', 'ignore') }),
    fc.record({ kind: fc.constant('split' as const), at: fc.nat(7) }),
    fc.record({ kind: fc.constant('write' as const), at: fc.nat(7), asTurn: fc.boolean() }),
    fc.record({ kind: fc.constant('move' as const), at: fc.nat(7), by: fc.constantFrom(-1 as const, 1 as const) }),
    fc.record({ kind: fc.constant('item' as const), verdict: fc.constantFrom('accept' as const, 'reject' as const) }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 10 }), (steps) => {
      const { project, itemId } = projectWith(3, 0)
      const { db } = project
      const all = () => listCandidates(db, {}, null, 1000).candidates
      /** what people see: a pair that is taken back is as good as not there */
      const seen = () => standOf(project).filter(({ reason }) => reason !== takenBack)
      const stands = [seen()]
      for (const one of steps) {
        const candidate = 'at' in one ? all()[one.at % all().length] : all()[0]
        if (!candidate || candidate.reason === takenBack) continue
        let changed = 1
        if (one.kind === 'decide') decide(db, { candidateId: candidate.id, verdict: one.verdict, reviewer })
        else if (one.kind === 'split') splitPair(db, { candidateId: candidate.id, first, second, reviewer })
        else if (one.kind === 'write') writePair(db, { itemId, pair: first, reviewer, besideId: candidate.id, asTurn: one.asTurn })
        else if (one.kind === 'move') changed = moveTurn(db, { candidateId: candidate.id, by: one.by, reviewer }).length
        else changed = decideItem(db, { itemId, verdict: one.verdict, reviewer }).length
        if (changed > 0) stands.push(seen())
      }
      for (const stand of stands.slice(0, -1).toReversed()) {
        undo(db, reviewer)
        expect(seen()).toEqual(stand)
      }
      expect(undo(db, reviewer)).toBeNull()
      for (const stand of stands.slice(1)) {
        redo(db, reviewer)
        expect(seen()).toEqual(stand)
      }
      healthy(project)
    }),
    { numRuns: 12 },
  )
})

describe('what was decided by hand', () => {
  test('is counted alike by a step, its undo and its redo, however often', () => {
    const { project, itemId, ids } = projectWith(4, 0)
    const { db } = project
    const [one = 0, two = 0] = ids
    const steps = [
      { decided: 2, take: () => splitPair(db, { candidateId: one, first, second, reviewer, seconds: 9 }) },
      { decided: 0, take: () => moveTurn(db, { candidateId: two, by: 1, reviewer }) },
      { decided: 1, take: () => writePair(db, { itemId, pair: first, reviewer, besideId: two, asTurn: true, seconds: 4 }) },
      { decided: 1, take: () => decide(db, { candidateId: two, verdict: 'accept', reviewer, seconds: 1 }) },
      { decided: 2, take: () => decideItem(db, { itemId, verdict: 'reject', reviewer, seconds: 0 }) },
      { decided: 0, take: () => decideMany(db, { target: { ids }, verdict: 'ignore', reviewer }) },
    ]
    expect(countDecidedByHand(db, reviewer, 'undo')).toBe(0)
    for (const { take, decided } of steps) {
      take()
      for (const _ of [1, 2]) {
        expect(countDecidedByHand(db, reviewer, 'undo')).toBe(decided)
        undo(db, reviewer)
        expect(countDecidedByHand(db, reviewer, 'redo')).toBe(decided)
        redo(db, reviewer)
      }
    }
  })
})
