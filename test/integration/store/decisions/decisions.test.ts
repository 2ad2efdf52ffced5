import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stateAfter, type CandidateState, type Pair } from '../../../../src/shared/domain'
import { closeProject, openProject } from '../../../../src/main/project/project'
import { requireCandidate } from '../../../../src/main/store/candidates/candidates'
import { readCounts } from '../../../../src/main/store/candidates/counts'
import { decide, redo, undo } from '../../../../src/main/store/decisions/decisions'
import { listDecisions } from '../../../../src/main/store/decisions/decisionHistory'
import { getDraft, moveDrafts, saveDraft } from '../../../../src/main/store/candidates/drafts'
import { addItem, draftPairs, pair, temporaryProject } from '../../../support/temporaryProject'
import { inspectDatabase } from '../../../support/inEnglish'

const reviewer = 'Ada'

function projectWithPairs(count: number) {
  const project = temporaryProject()
  const itemId = addItem(project.db, 'one')
  const ids = draftPairs(project.db, [{ itemId, pairs: Array.from({ length: count }, (_, n) => pair(`thing ${n}`)) }])
  return { project, ids }
}

const first = (ids: readonly number[]): number => {
  const id = ids[0]
  if (id === undefined) throw new Error('no candidate')
  return id
}

describe('a decision', () => {
  test('moves the candidate and is kept with its reviewer, reason and time', () => {
    const { project, ids } = projectWithPairs(1)
    const candidateId = first(ids)
    const candidate = decide(project.db, { candidateId, verdict: 'reject', reviewer, reason: 'wrong fact', seconds: 4.5 })
    expect(candidate).toMatchObject({ state: 'rejected', reason: 'wrong fact' })
    expect(listDecisions(project.db, candidateId)).toMatchObject([
      {
        kind: 'decide',
        verdict: 'reject',
        reason: 'wrong fact',
        reviewer,
        before: 'pending',
        after: 'rejected',
        seconds: 4.5,
        change: null,
      },
    ])
  })

  test('keeps the model’s draft beside an edited text', () => {
    const { project, ids } = projectWithPairs(1)
    const edited = { instruction: 'How many?', response: 'Two.' }
    const candidate = decide(project.db, { candidateId: first(ids), verdict: 'edit', reviewer, pair: edited })
    expect(candidate).toMatchObject({ state: 'edited', ...edited, draft: pair('thing 0') })
  })

  test('an edit that changes nothing counts as an accept', () => {
    const { project, ids } = projectWithPairs(1)
    expect(decide(project.db, { candidateId: first(ids), verdict: 'edit', reviewer, pair: pair('thing 0') })).toMatchObject({
      state: 'accepted',
      draft: null,
    })
  })

  test('editing back to the draft is an accept; accepting edited text again is an edit', () => {
    const { project, ids } = projectWithPairs(1)
    const candidateId = first(ids)
    decide(project.db, { candidateId, verdict: 'edit', reviewer, pair: pair('else') })
    decide(project.db, { candidateId, verdict: 'reopen', reviewer })
    expect(decide(project.db, { candidateId, verdict: 'accept', reviewer })).toMatchObject({ state: 'edited', ...pair('else') })
    expect(decide(project.db, { candidateId, verdict: 'edit', reviewer, pair: pair('thing 0') })).toMatchObject({
      state: 'accepted',
      draft: null,
    })
  })

  test('removes what was typed and not decided on', () => {
    const { project, ids } = projectWithPairs(1)
    const candidateId = first(ids)
    saveDraft(project.db, candidateId, { instruction: 'half', response: 'typed' })
    expect(getDraft(project.db, candidateId)).toMatchObject({ instruction: 'half' })
    decide(project.db, { candidateId, verdict: 'ignore', reviewer })
    expect(getDraft(project.db, candidateId)).toBeNull()
  })

  test('leaves what a person typed before they gave their name with them', () => {
    const { project, ids } = projectWithPairs(2)
    const [one = 0, two = 0] = ids
    const text = (instruction: string) => ({ instruction, response: 'typed' })
    saveDraft(project.db, one, text('by the account'), 'root')
    saveDraft(project.db, one, text('by Ada before'), 'Ada')
    saveDraft(project.db, two, text('by Bo'), 'Bo')
    moveDrafts(project.db, 'root', 'Ada')
    expect(getDraft(project.db, one, 'Ada')).toMatchObject(text('by the account'))
    expect(getDraft(project.db, one, 'root')).toBeNull()
    expect(getDraft(project.db, two, 'Bo')).toMatchObject(text('by Bo'))
  })

  test('names a candidate that is not there, and an edit without text', () => {
    const { project, ids } = projectWithPairs(1)
    expect(() => decide(project.db, { candidateId: 99, verdict: 'accept', reviewer })).toThrow(/Pair 99 does not exist/)
    expect(() => decide(project.db, { candidateId: first(ids), verdict: 'edit', reviewer })).toThrow(/the edit contains no text/)
  })

  test('can neither be changed nor deleted, not even by SQL', () => {
    const { project, ids } = projectWithPairs(1)
    decide(project.db, { candidateId: first(ids), verdict: 'accept', reviewer })
    expect(() => project.db.exec(`UPDATE decision SET verdict = 'reject'`)).toThrow(/append-only/)
    expect(() => project.db.exec(`DELETE FROM decision`)).toThrow(/append-only/)
    expect(() => project.db.exec(`UPDATE prompt_version SET system_message = ''`)).toThrow(/immutable/)
    expect(() => project.db.exec(`DELETE FROM candidate`)).toThrow(/never deleted/)
  })

  test('that the disk has no room for leaves everything as it was, and says so', () => {
    const { project, ids } = projectWithPairs(1)
    const candidateId = first(ids)
    readCounts(project.db)
    project.db.pragma(`max_page_count = ${String(project.db.pragma('page_count', { simple: true }))}`)
    const huge = { instruction: 'x'.repeat(200_000), response: 'y' }
    expect(() => decide(project.db, { candidateId, verdict: 'edit', reviewer, pair: huge })).toThrow(/full/)
    expect(requireCandidate(project.db, candidateId)).toMatchObject({ state: 'pending', ...pair('thing 0') })
    expect(readCounts(project.db)).toMatchObject({ pending: 1, edited: 0 })
  })
})

describe('undo and redo', () => {
  test('walk back through all decisions, also after the project was opened again', () => {
    const { project, ids } = projectWithPairs(30)
    for (const candidateId of ids) decide(project.db, { candidateId, verdict: 'accept', reviewer })
    closeProject(project)
    const again = openProject(project.directory)
    const undone = ids.map(() => undo(again.db, reviewer)?.id)
    expect(undone).toEqual([...ids].reverse())
    expect(undo(again.db, reviewer)).toBeNull()
    expect(readCounts(again.db).pending).toBe(30)
    expect(ids.map(() => redo(again.db, reviewer)?.id)).toEqual(ids)
    expect(redo(again.db, reviewer)).toBeNull()
    expect(readCounts(again.db).accepted).toBe(30)
  })

  test('belong to the reviewer: nobody takes back what another decided', () => {
    const { project, ids } = projectWithPairs(2)
    decide(project.db, { candidateId: first(ids), verdict: 'accept', reviewer: 'Ada' })
    expect(undo(project.db, 'Ben')).toBeNull()
    expect(undo(project.db, 'Ada')).toMatchObject({ id: first(ids), state: 'pending' })
  })

  test('give back edited text and the draft', () => {
    const { project, ids } = projectWithPairs(1)
    const candidateId = first(ids)
    decide(project.db, { candidateId, verdict: 'edit', reviewer, pair: pair('new') })
    expect(undo(project.db, reviewer)).toMatchObject({ state: 'pending', ...pair('thing 0'), draft: null })
    expect(redo(project.db, reviewer)).toMatchObject({ state: 'edited', ...pair('new'), draft: pair('thing 0') })
  })

  test('bring back what each reviewer was typing when it was decided, and end it again', () => {
    const { project, ids } = projectWithPairs(1)
    const { db } = project
    const candidateId = first(ids)
    const [typed, other] = [pair('typed'), pair('typed by Bo')]
    saveDraft(db, candidateId, typed, reviewer)
    saveDraft(db, candidateId, other, 'Bo')
    const drafts = () => [reviewer, 'Bo'].map((name) => getDraft(db, candidateId, name, true))
    const before = drafts()
    decide(db, { candidateId, verdict: 'reject', reviewer })
    for (const _ of [1, 2]) {
      expect(drafts()).toEqual([null, null])
      undo(db, reviewer)
      expect(drafts()).toEqual(before)
      redo(db, reviewer)
    }
    expect(inspectDatabase(db).findings).toEqual([])
  })

  test('leave what was typed since, and bring back nothing that the decision took', () => {
    const { project, ids } = projectWithPairs(2)
    const { db } = project
    const [one = 0, two = 0] = ids
    saveDraft(db, one, pair('typed'), reviewer)
    decide(db, { candidateId: one, verdict: 'reject', reviewer })
    saveDraft(db, one, pair('typed anew'), reviewer)
    undo(db, reviewer)
    expect(getDraft(db, one, reviewer)).toMatchObject(pair('typed anew'))
    // As the window stores it: before the last letters, or with the white space around them.
    for (const response of [`${pair('taken').response}\n`, 'It is ta']) {
      saveDraft(db, two, { ...pair('taken'), response }, reviewer)
      decide(db, { candidateId: two, verdict: 'edit', reviewer, pair: pair('taken') })
      expect(undo(db, reviewer)).toMatchObject({ id: two, ...pair('thing 1') })
      expect(getDraft(db, two, reviewer)).toBeNull()
    }
  })

  test('agree with a plain model of two stacks, whatever is done and wherever the file is closed', () => {
    const step = fc.oneof(
      fc.record({
        do: fc.constant('decide' as const),
        at: fc.nat(3),
        verdict: fc.constantFrom('accept', 'edit', 'reject', 'ignore', 'reopen'),
        text: fc.nat(2),
      }),
      fc.constant({ do: 'undo' as const }),
      fc.constant({ do: 'redo' as const }),
      fc.constant({ do: 'reopen the file' as const }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let { project, ids } = projectWithPairs(4)
        interface Standing {
          state: CandidateState
          text: Pair
        }
        const drafts = ids.map((_, n) => pair(`thing ${n}`))
        const model: Standing[] = drafts.map((text) => ({ state: 'pending', text }))
        const undoStack: { at: number; before: Standing; after: Standing }[] = []
        const redoStack: typeof undoStack = []
        const same = (a: Pair | undefined, b: Pair | undefined) => a?.instruction === b?.instruction && a?.response === b?.response
        for (const action of steps) {
          if (action.do === 'reopen the file') {
            closeProject(project)
            project = openProject(project.directory)
          } else if (action.do === 'decide') {
            const before = model[action.at]
            const candidateId = ids[action.at]
            if (!before || candidateId === undefined) continue
            const text = action.verdict === 'edit' ? pair(`text ${action.text}`) : before.text
            const approving = action.verdict === 'accept' || action.verdict === 'edit'
            const state = approving ? (same(text, drafts[action.at]) ? 'accepted' : 'edited') : stateAfter[action.verdict]
            decide(project.db, { candidateId, verdict: action.verdict, reviewer, pair: action.verdict === 'edit' ? text : undefined })
            model[action.at] = { state, text }
            undoStack.push({ at: action.at, before, after: { state, text } })
            redoStack.length = 0
          } else {
            const [from, to] = action.do === 'undo' ? [undoStack, redoStack] : [redoStack, undoStack]
            const entry = from.pop()
            const result = action.do === 'undo' ? undo(project.db, reviewer) : redo(project.db, reviewer)
            expect(result === null).toBe(entry === undefined)
            if (!entry) continue
            to.push(entry)
            model[entry.at] = action.do === 'undo' ? entry.before : entry.after
            expect(result?.id).toBe(ids[entry.at])
          }
          for (const [at, id] of ids.entries()) {
            const { state, instruction, response } = requireCandidate(project.db, id)
            expect({ state, text: { instruction, response } }).toEqual(model[at])
          }
        }
        expect(inspectDatabase(project.db).findings).toEqual([])
        closeProject(project)
      }),
      { numRuns: 40 },
    )
  })
})
