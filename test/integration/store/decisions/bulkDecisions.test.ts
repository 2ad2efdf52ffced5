import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Project } from '../../../../src/main/project/project'
import { decideMany, countPairsOfNextStep } from '../../../../src/main/store/decisions/bulkDecisions'
import { findMarkStep, flagMany, tagMany, turnMarks } from '../../../../src/main/store/decisions/bulkMarks'
import { countCandidates, requireCandidate } from '../../../../src/main/store/candidates/candidates'
import { readCounts } from '../../../../src/main/store/candidates/counts'
import { decide, redo, undo } from '../../../../src/main/store/decisions/decisions'
import { getDraft, saveDraft } from '../../../../src/main/store/candidates/drafts'
import { addItem, draftPairs, pair, temporaryProject } from '../../../support/temporaryProject'
import { inspectDatabase } from '../../../support/inEnglish'

const reviewer = 'Ada'

function projectWith(count: number): { project: Project; ids: number[] } {
  const project = temporaryProject()
  const itemId = addItem(project.db, 'one')
  return { project, ids: draftPairs(project.db, [{ itemId, pairs: Array.from({ length: count }, (_, n) => pair(`thing ${n}`)) }]) }
}

const statesOf = ({ db }: Project, ids: readonly number[]) => ids.map((id) => requireCandidate(db, id).state)
/** Everything that a decision may change. */
const standOf = ({ db }: Project, ids: readonly number[]) =>
  ids.map((id) => {
    const { state, reason, instruction, response, draft } = requireCandidate(db, id)
    return { state, reason, instruction, response, draft }
  })

describe('one decision on many pairs', () => {
  test('takes all that a filter finds, each with its own row, and counts them', () => {
    const { project, ids } = projectWith(5)
    decide(project.db, { candidateId: ids[0] ?? 0, verdict: 'accept', reviewer })
    const changed = decideMany(project.db, { target: { filter: { states: ['pending'] } }, verdict: 'reject', reason: 'trivial', reviewer })
    expect(changed).toBe(4)
    expect(statesOf(project, ids)).toEqual(['accepted', 'rejected', 'rejected', 'rejected', 'rejected'])
    expect(readCounts(project.db)).toMatchObject({ pending: 0, accepted: 1, rejected: 4 })
    expect(requireCandidate(project.db, ids[1] ?? 0).reason).toBe('trivial')
  })

  test('is undone in one step and done again in one, between single decisions', () => {
    const { project, ids } = projectWith(4)
    const [one = 0, ...others] = ids
    decide(project.db, { candidateId: one, verdict: 'edit', reviewer, pair: { instruction: 'Why?', response: 'So.' } })
    const edited = standOf(project, ids)
    decideMany(project.db, { target: { ids }, verdict: 'reject', reason: 'duplicate', reviewer })
    const rejected = standOf(project, ids)
    decide(project.db, { candidateId: others[0] ?? 0, verdict: 'accept', reviewer })

    expect(countPairsOfNextStep(project.db, reviewer, 'undo')).toBe(1)
    undo(project.db, reviewer)
    expect(standOf(project, ids)).toEqual(rejected)
    expect(countPairsOfNextStep(project.db, reviewer, 'undo')).toBe(4)
    expect(undo(project.db, reviewer)?.id).toBe(one)
    expect(standOf(project, ids)).toEqual(edited)
    expect(countPairsOfNextStep(project.db, reviewer, 'redo')).toBe(4)
    redo(project.db, reviewer)
    expect(standOf(project, ids)).toEqual(rejected)
    expect(inspectDatabase(project.db).findings).toEqual([])
  })

  test('leaves alone what stands so already, so that an undo changes nothing else', () => {
    const { project, ids } = projectWith(3)
    decide(project.db, { candidateId: ids[0] ?? 0, verdict: 'reject', reviewer: 'Bo', reason: 'trivial' })
    expect(decideMany(project.db, { target: { ids }, verdict: 'reject', reason: 'trivial', reviewer })).toBe(2)
    undo(project.db, reviewer)
    expect(statesOf(project, ids)).toEqual(['rejected', 'pending', 'pending'])
  })

  test('that changes nothing is no step: the undo takes the decision before it', () => {
    const { project, ids } = projectWith(1)
    decide(project.db, { candidateId: ids[0] ?? 0, verdict: 'ignore', reviewer })
    expect(decideMany(project.db, { target: { ids }, verdict: 'ignore', reviewer })).toBe(0)
    expect(undo(project.db, reviewer)?.state).toBe('pending')
  })

  test('keeps an edited text edited when it is accepted again, and drops drafts that were being typed', () => {
    const { project, ids } = projectWith(2)
    const [one = 0, two = 0] = ids
    decide(project.db, { candidateId: one, verdict: 'edit', reviewer, pair: { instruction: 'Why?', response: 'So.' } })
    decide(project.db, { candidateId: one, verdict: 'reject', reviewer })
    saveDraft(project.db, two, { instruction: 'half', response: 'typed' })
    decideMany(project.db, { target: { ids }, verdict: 'accept', reviewer })
    expect(statesOf(project, ids)).toEqual(['edited', 'accepted'])
    expect(getDraft(project.db, two)).toBeNull()
  })

  test('ends what was being typed for its pairs alone, and its undo brings it back', () => {
    const { project, ids } = projectWith(3)
    const { db } = project
    for (const id of ids) saveDraft(db, id, { instruction: 'half', response: `typed ${id}` }, reviewer)
    const drafts = () => ids.map((id) => getDraft(db, id, reviewer))
    const before = drafts()
    for (const verdict of ['reject', 'accept'] as const) {
      decideMany(db, { target: { ids: ids.slice(0, 2) }, verdict, reviewer })
      expect(drafts()).toEqual([null, null, before[2]])
      undo(db, reviewer)
      expect(drafts()).toEqual(before)
      redo(db, reviewer)
      expect(drafts()).toEqual([null, null, before[2]])
      undo(db, reviewer)
      expect(drafts()).toEqual(before)
    }
  })

  test('any mixture of single and many decisions is walked back to the beginning and forward to the end', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.record({ one: fc.nat(5), verdict: fc.constantFrom('accept', 'reject', 'ignore') }),
            fc.record({
              many: fc.uniqueArray(fc.nat(5), { minLength: 1 }),
              verdict: fc.constantFrom('accept', 'reject', 'ignore', 'reopen'),
            }),
          ),
          { maxLength: 12 },
        ),
        (steps) => {
          const { project, ids } = projectWith(6)
          const { db } = project
          const stands = [standOf(project, ids)]
          for (const step of steps) {
            if ('one' in step) decide(db, { candidateId: ids[step.one] ?? 0, verdict: step.verdict, reviewer })
            else if (decideMany(db, { target: { ids: step.many.map((at) => ids[at] ?? 0) }, verdict: step.verdict, reviewer }) === 0)
              continue
            stands.push(standOf(project, ids))
          }
          for (const stand of stands.slice(0, -1).toReversed()) {
            undo(db, reviewer)
            expect(standOf(project, ids)).toEqual(stand)
          }
          expect(undo(db, reviewer)).toBeNull()
          for (const stand of stands.slice(1)) {
            redo(db, reviewer)
            expect(standOf(project, ids)).toEqual(stand)
          }
          expect(redo(db, reviewer)).toBeNull()
        },
      ),
      { numRuns: 25 },
    )
  })
})

describe('marks on many pairs', () => {
  test('tags and flags are put on and taken off, and only what changes is counted', () => {
    const { project, ids } = projectWith(3)
    const { db } = project
    expect(tagMany(db, { target: { ids: ids.slice(0, 2) }, reviewer, tag: 'check', tagged: true })).toBe(2)
    expect(tagMany(db, { target: { filter: {} }, reviewer, tag: 'check', tagged: true })).toBe(1)
    expect(countCandidates(db, { tag: 'check' })).toBe(3)
    expect(tagMany(db, { target: { ids: ids.slice(0, 1) }, reviewer, tag: 'check', tagged: false })).toBe(1)
    expect(flagMany(db, { target: { filter: { tag: 'check' } }, reviewer, flagged: true })).toBe(2)
    expect(countCandidates(db, { flagged: 'mine' }, reviewer)).toBe(2)
    expect(countCandidates(db, { flagged: 'mine' }, 'Bo')).toBe(0)
    expect(flagMany(db, { target: { filter: { flagged: 'mine' } }, reviewer, flagged: false })).toBe(2)
    expect(countCandidates(db, { flagged: 'any' })).toBe(0)
  })

  test('tags and flags are withdrawn in one step, exactly as they were, after what was decided since', () => {
    const { project, ids } = projectWith(4)
    const { db } = project
    const [one = 0, two = 0] = ids
    const takeBack = () => {
      const step = findMarkStep(db, reviewer, 'undo')
      return step && { ...step, first: turnMarks(db, reviewer, step.id) }
    }
    decide(db, { candidateId: one, verdict: 'accept', reviewer })
    tagMany(db, { target: { ids: [two] }, reviewer, tag: 'check', tagged: true })
    tagMany(db, { target: { ids }, reviewer, tag: 'check', tagged: true })
    flagMany(db, { target: { ids }, reviewer: 'Bo', flagged: true })
    flagMany(db, { target: { ids: [one] }, reviewer, flagged: true })
    decide(db, { candidateId: two, verdict: 'reject', reviewer })

    expect(takeBack()).toBeNull() // the rejection comes first
    expect(undo(db, reviewer)?.id).toBe(two)
    expect(takeBack()).toMatchObject({ pairs: 1, first: one })
    expect(countCandidates(db, { flagged: 'mine' }, reviewer)).toBe(0)
    expect(countCandidates(db, { flagged: 'mine' }, 'Bo')).toBe(4)
    expect(takeBack()).toMatchObject({ pairs: 3, first: one })
    expect(countCandidates(db, { tag: 'check' })).toBe(1)
    expect(takeBack()).toMatchObject({ pairs: 1, first: two })
    expect(countCandidates(db, { tag: 'check' })).toBe(0)
    expect(takeBack()).toBeNull()
    expect(undo(db, reviewer)?.id).toBe(one)
    expect(inspectDatabase(db).findings).toEqual([])
  })

  test('tags and flags that were taken off are put on again', () => {
    const { project, ids } = projectWith(3)
    const { db } = project
    tagMany(db, { target: { ids: ids.slice(1) }, reviewer, tag: 'check', tagged: true })
    tagMany(db, { target: { filter: {} }, reviewer, tag: 'check', tagged: false })
    flagMany(db, { target: { ids }, reviewer, flagged: true })
    flagMany(db, { target: { ids: ids.slice(0, 2) }, reviewer, flagged: false })
    for (const [tagged, flagged] of [
      [0, 3],
      [0, 0],
      [2, 0],
      [0, 0],
    ]) {
      turnMarks(db, reviewer, findMarkStep(db, reviewer, 'undo')?.id ?? 0)
      expect([countCandidates(db, { tag: 'check' }), countCandidates(db, { flagged: 'mine' }, reviewer)]).toEqual([tagged, flagged])
    }
    expect(findMarkStep(db, reviewer, 'undo')).toBeNull()
  })

  test('marks that were withdrawn are made again by redo, until something else is done', () => {
    const { project, ids } = projectWith(3)
    const { db } = project
    const travel = (kind: 'undo' | 'redo') => {
      const step = findMarkStep(db, reviewer, kind)
      return step && turnMarks(db, reviewer, step.id)
    }
    const stand = () => [countCandidates(db, { tag: 'check' }), countCandidates(db, { flagged: 'mine' }, reviewer)]
    tagMany(db, { target: { ids }, reviewer, tag: 'check', tagged: true })
    flagMany(db, { target: { ids: ids.slice(0, 2) }, reviewer, flagged: true })
    travel('undo')
    travel('undo')
    expect(stand()).toEqual([0, 0])
    travel('redo')
    expect(stand()).toEqual([3, 0])
    travel('redo')
    expect(stand()).toEqual([3, 2])
    expect(travel('redo')).toBeNull()
    travel('undo')
    decide(db, { candidateId: ids[0] ?? 0, verdict: 'accept', reviewer })
    expect(travel('redo')).toBeNull()
    expect(stand()).toEqual([3, 0])
  })

  test('decisions and marks are withdrawn and made again in their order, however far one goes', () => {
    const { project, ids } = projectWith(2)
    const { db } = project
    const [one = 0, two = 0] = ids
    const travel = (kind: 'undo' | 'redo') => {
      const step = findMarkStep(db, reviewer, kind)
      if (step) turnMarks(db, reviewer, step.id)
      else ({ undo, redo })[kind](db, reviewer)
    }
    const stand = () => [
      requireCandidate(db, one).state,
      countCandidates(db, { tag: 'check' }),
      requireCandidate(db, two).state,
      countCandidates(db, { flagged: 'mine' }, reviewer),
    ]
    const stands = [stand()]
    const steps = [
      () => decide(db, { candidateId: one, verdict: 'accept', reviewer }),
      () => tagMany(db, { target: { ids }, reviewer, tag: 'check', tagged: true }),
      () => decide(db, { candidateId: two, verdict: 'reject', reviewer }),
      () => flagMany(db, { target: { ids }, reviewer, flagged: true }),
      () => decide(db, { candidateId: two, verdict: 'accept', reviewer }),
    ]
    for (const step of steps) {
      step()
      stands.push(stand())
    }
    let place = steps.length
    for (const far of [1, 2, 3, 4, 5, 2]) {
      for (let step = 0; step < far; step++) {
        travel('undo')
        expect(stand()).toEqual(stands[--place])
      }
      for (let step = 0; step < far; step++) {
        travel('redo')
        expect(stand()).toEqual(stands[++place])
      }
    }
    for (const kind of ['undo', 'undo', 'undo', 'redo', 'undo', 'undo', 'redo', 'redo', 'redo', 'redo'] as const) {
      travel(kind)
      expect(stand()).toEqual(stands[(place += kind === 'undo' ? -1 : 1)])
    }
    travel('redo')
    expect(stand()).toEqual(stands.at(-1))
  })
})
