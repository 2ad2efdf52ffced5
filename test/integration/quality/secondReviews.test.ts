import { describe, expect, test } from 'vitest'
import type { Project } from '../../../src/main/project/project'
import { listApproved } from '../../../src/main/store/candidates/approved'
import { decideMany } from '../../../src/main/store/decisions/bulkDecisions'
import { listCandidates, requireCandidate } from '../../../src/main/store/candidates/candidates'
import { decide, redo, undo } from '../../../src/main/store/decisions/decisions'
import { saveDraft } from '../../../src/main/store/candidates/drafts'
import { setFlag } from '../../../src/main/store/candidates/marks'
import { refreshReviews, storeVerdict } from '../../../src/main/store/quality/secondReviews'
import { readSecondReview } from '../../../src/main/store/quality/secondReviewView'
import { readAgreementCells } from '../../../src/main/store/quality/secondReviewQueue'
import { readTableRows } from '../../../src/main/store/candidates/tableRows'
import { moveTurn } from '../../../src/main/store/candidates/writtenPairs'
import type { QualitySettings } from '../../../src/shared/quality'
import type { CandidateFilter } from '../../../src/shared/review'
import type { TableSort } from '../../../src/shared/table'
import { type Desk, openDesk, setQuality } from '../../support/desk'
import { addItem, draftPairs, pair, temporaryProject } from '../../support/temporaryProject'
import { inspectDatabase } from '../../support/inEnglish'

function projectWith(count: number, secondLook: Partial<QualitySettings['secondLook']> = { share: 1 }) {
  const project = temporaryProject()
  const itemId = addItem(project.db, 'one')
  const ids = draftPairs(project.db, [{ itemId, pairs: Array.from({ length: count }, (_, n) => pair(`thing ${n}`)) }])
  setQuality(project, { secondLook })
  return { project, ids, first: ids[0] ?? 0 }
}
const accept = ({ db }: Project, candidateId: number, reviewer: string, seconds = 5) =>
  storeVerdict(db, { candidateId, verdict: 'accept', reviewer, seconds })
const reject = ({ db }: Project, candidateId: number, reviewer: string, reason = 'trivial') =>
  storeVerdict(db, { candidateId, verdict: 'reject', reason, reviewer })
const waiting = ({ db }: Project, ids: readonly number[]) => ids.filter((id) => readSecondReview(db, id)?.state === 'waiting')
const exported = ({ db }: Project) => [...listApproved(db)].map(({ candidate }) => candidate.id)

describe('which pairs are looked at twice', () => {
  test('a share of the decided ones, the same in every project and for every reviewer', () => {
    const chosen = ['Ada', 'Bo'].map((reviewer) => {
      const { project, ids } = projectWith(400, { share: 0.1 })
      decideMany(project.db, { target: { ids }, verdict: reviewer === 'Ada' ? 'accept' : 'reject', reviewer })
      return waiting(project, ids)
    })
    expect(chosen[0]).toEqual(chosen[1])
    expect(Math.abs((chosen[0]?.length ?? 0) - 40)).toBeLessThan(5)
  })

  test('all that a rule names: edited, Pairs rejected for a reason, flagged, decided in a hurry', () => {
    const { project, ids } = projectWith(6, { edited: true, reason: 'wrong fact', flagged: true, belowSeconds: 2 })
    const [edited = 0, wrong = 0, trivial = 0, hurried = 0, calm = 0, flaggedLater = 0] = ids
    storeVerdict(project.db, { candidateId: edited, verdict: 'edit', pair: pair('other'), reviewer: 'Ada', seconds: 9 })
    reject(project, wrong, 'Ada', 'trivial\nwrong fact')
    reject(project, trivial, 'Ada')
    accept(project, hurried, 'Ada', 1.2)
    accept(project, calm, 'Ada', 9)
    accept(project, flaggedLater, 'Ada', 9)
    expect(waiting(project, ids)).toEqual([edited, wrong, hurried])
    setFlag(project.db, flaggedLater, 'Ada', true)
    expect(waiting(project, ids)).toEqual([edited, wrong, hurried, flaggedLater])
  })

  test('those decided before the rule was made too, and no longer those that a changed rule leaves out', () => {
    const { project, ids } = projectWith(20, {})
    for (const id of ids) accept(project, id, 'Ada')
    expect(waiting(project, ids)).toEqual([])
    setQuality(project, { secondLook: { share: 1 } })
    refreshReviews(project.db)
    expect(waiting(project, ids)).toEqual(ids)
    reject(project, ids[3] ?? 0, 'Bo')
    setQuality(project, { secondLook: { share: 0 } })
    refreshReviews(project.db)
    expect(waiting(project, ids)).toEqual([])
    expect(readSecondReview(project.db, ids[3] ?? 0)?.state).toBe('disagreement')
  })

  test('none that is undone', () => {
    const { project, ids, first } = projectWith(1)
    accept(project, first, 'Ada')
    expect(waiting(project, ids)).toEqual([first])
    undo(project.db, 'Ada')
    expect(readSecondReview(project.db, first)).toBeNull()
  })
})

describe('a second verdict', () => {
  test('stands beside the first one, and lets it stand where both agree', () => {
    const { project, first } = projectWith(1)
    accept(project, first, 'Ada')
    const { decisions } = project.db.prepare(`SELECT count(*) AS decisions FROM decision`).get() as { decisions: number }
    accept(project, first, 'Bo')
    expect(readSecondReview(project.db, first)).toMatchObject({ state: 'agreed', firstReviewer: 'Ada', secondReviewer: 'Bo' })
    expect(project.db.prepare(`SELECT count(*) AS decisions FROM decision`).get()).toEqual({ decisions })
    expect(inspectDatabase(project.db).findings).toEqual([])
  })

  test('that differs makes a disagreement, which a final decision ends', () => {
    const { project, first } = projectWith(1)
    accept(project, first, 'Ada')
    reject(project, first, 'Bo')
    expect(readSecondReview(project.db, first)?.state).toBe('disagreement')
    expect(requireCandidate(project.db, first).state).toBe('accepted')
    storeVerdict(project.db, { candidateId: first, verdict: 'reject', reviewer: 'Cyd', final: true })
    expect(readSecondReview(project.db, first)).toMatchObject({ state: 'resolved', firstReviewer: 'Ada', firstState: 'accepted' })
    expect(requireCandidate(project.db, first).state).toBe('rejected')
  })

  test('a final decision is undone and done again as one', async () => {
    const { project, first } = projectWith(1)
    accept(project, first, 'Ada')
    reject(project, first, 'Bo')
    storeVerdict(project.db, { candidateId: first, verdict: 'accept', reviewer: 'Cyd' })
    const desk = openDesk(project, 'Cyd')
    await desk.call('decision.undo', {})
    expect(readSecondReview(project.db, first)).toMatchObject({ state: 'disagreement', firstReviewer: 'Ada' })
    await desk.call('decision.redo', {})
    expect(readSecondReview(project.db, first)).toMatchObject({ state: 'resolved', firstReviewer: 'Ada' })
  })

  test('edits agree only where their texts do', () => {
    const { project, first } = projectWith(1)
    storeVerdict(project.db, { candidateId: first, verdict: 'edit', pair: pair('a lamp'), reviewer: 'Ada' })
    storeVerdict(project.db, { candidateId: first, verdict: 'edit', pair: pair('two lamps'), reviewer: 'Bo' })
    expect(readSecondReview(project.db, first)?.state).toBe('disagreement')
    storeVerdict(project.db, { candidateId: first, verdict: 'edit', pair: pair('a lamp'), reviewer: 'Bo' })
    expect(readSecondReview(project.db, first)?.state).toBe('agreed')
  })

  test('is followed when the first reviewer changes their mind', () => {
    const { project, first } = projectWith(1)
    accept(project, first, 'Ada')
    reject(project, first, 'Bo')
    reject(project, first, 'Ada')
    expect(readSecondReview(project.db, first)?.state).toBe('agreed')
    undo(project.db, 'Ada')
    expect(readSecondReview(project.db, first)?.state).toBe('disagreement')
  })

  test('is not gone over by a step over many pairs', () => {
    const { project, ids, first } = projectWith(3)
    accept(project, first, 'Ada')
    expect(decideMany(project.db, { target: { ids }, verdict: 'reject', reviewer: 'Bo' })).toBe(2)
    expect(requireCandidate(project.db, first).state).toBe('accepted')
  })
})

describe('a turn that is moved', () => {
  const conversation = (secondLook?: Partial<QualitySettings['secondLook']>) => {
    const project = temporaryProject()
    const itemId = addItem(project.db, 'one')
    const pairs = [0, 1, 2].map((turn) => ({ ...pair(`thing ${turn}`), conversation: 1, turn }))
    const [one = 0, two = 0, three = 0] = draftPairs(project.db, [{ itemId, pairs }])
    setQuality(project, { secondLook: { share: 1, ...secondLook } })
    return { project, one, two, three }
  }

  test('is nobody’s verdict: the first reviewer stays the first, and the second look stands', () => {
    const { project, one, two } = conversation()
    accept(project, one, 'Ada')
    accept(project, two, 'Ada')
    reject(project, two, 'Cyd')
    moveTurn(project.db, { candidateId: one, by: 1, reviewer: 'Bo' })
    expect(readSecondReview(project.db, one)).toMatchObject({ state: 'waiting', firstReviewer: 'Ada' })
    expect(readSecondReview(project.db, two)).toMatchObject({ state: 'disagreement', firstReviewer: 'Ada' })
    expect(readTableRows(project.db, [one, two])).toMatchObject([{ reviewer: 'Ada' }, { reviewer: 'Ada' }])
    expect(listCandidates(project.db, { reviewer: 'Bo' }, null, 9).candidates).toEqual([])
    expect(listCandidates(project.db, { reviewer: 'Ada' }, null, 9).candidates).toHaveLength(2)
    expect(inspectDatabase(project.db).findings).toEqual([])
  })

  test('leaves a final decision final, and is withdrawn without what was decided meanwhile', () => {
    const { project, one, two } = conversation()
    accept(project, one, 'Ada')
    reject(project, one, 'Bo')
    storeVerdict(project.db, { candidateId: one, verdict: 'accept', reviewer: 'Cyd' })
    moveTurn(project.db, { candidateId: one, by: 1, reviewer: 'Bo' })
    expect(readSecondReview(project.db, one)?.state).toBe('resolved')
    accept(project, two, 'Ada')
    undo(project.db, 'Bo')
    expect(requireCandidate(project.db, two)).toMatchObject({ state: 'accepted', turn: 1 })
    expect(redo(project.db, 'Bo')).toMatchObject({ id: one, state: 'accepted', turn: 1 })
    expect(requireCandidate(project.db, two)).toMatchObject({ state: 'accepted', turn: 0 })
    expect(readSecondReview(project.db, one)?.state).toBe('resolved')
    expect(readSecondReview(project.db, two)).toMatchObject({ state: 'waiting', firstReviewer: 'Ada' })
    expect(inspectDatabase(project.db).findings).toEqual([])
  })

  test('does not open the eyes of who is blind to the verdict on it', async () => {
    const { project, one, two } = conversation({ share: 0 })
    setQuality(project, { blind: true })
    reject(project, one, 'Ada')
    const bo = openDesk(project, 'Bo')
    await bo.call('turn.move', { candidateId: two, by: -1 })
    expect((await bo.call('candidate.get', { id: one })).candidate).toMatchObject({ state: 'pending', reason: null, turn: 1 })
  })
})

describe('a pair that another judged', () => {
  const halves = { first: pair('half'), second: pair('other half') }

  test('cannot be split before it is judged, nor while it is disagreed on', async () => {
    const { project, first } = projectWith(1)
    reject(project, first, 'Ada')
    const bo = openDesk(project, 'Bo')
    const split = () => bo.call('pair.split', { candidateId: first, ...halves })
    await expect(split()).rejects.toThrow('This pair cannot be split yet.')
    expect(readSecondReview(project.db, first)).toMatchObject({ state: 'waiting', firstReviewer: 'Ada', firstState: 'rejected' })
    accept(project, first, 'Bo')
    await expect(split()).rejects.toThrow('This pair cannot be split yet.')
    expect(readSecondReview(project.db, first)?.state).toBe('disagreement')
    storeVerdict(project.db, { candidateId: first, verdict: 'accept', reviewer: 'Bo', final: true })
    expect((await split()).candidates.map(({ state }) => state)).toEqual(['edited', 'accepted'])
  })

  test('is split by who judged it first, and where nobody looks twice and sees all, by anybody', async () => {
    const looked = projectWith(1)
    reject(looked.project, looked.first, 'Ada')
    await openDesk(looked.project, 'Ada').call('pair.split', { candidateId: looked.first, ...halves })
    const { project, first } = projectWith(1, {})
    reject(project, first, 'Ada')
    const bo = openDesk(project, 'Bo')
    setQuality(project, { blind: true })
    await expect(bo.call('pair.split', { candidateId: first, ...halves })).rejects.toThrow('This pair cannot be split yet.')
    setQuality(project, {})
    await bo.call('pair.split', { candidateId: first, ...halves })
    expect(requireCandidate(project.db, first).state).toBe('edited')
  })

  test('stands in the table as undecided until it is judged, and then as it was judged', async () => {
    const { project, first } = projectWith(1)
    reject(project, first, 'Ada')
    const bo = openDesk(project, 'Bo')
    const row = async () => (await bo.call('table.rows', { filter: {}, from: 0, limit: 10 }))[0]
    expect(await row()).toMatchObject({ candidate: { state: 'pending', reason: null }, reviewer: null, decidedAt: null })
    accept(project, first, 'Bo')
    expect(await row()).toMatchObject({ candidate: { state: 'accepted' }, reviewer: 'Bo', decidedAt: expect.any(Number) as number })
    storeVerdict(project.db, { candidateId: first, verdict: 'reject', reviewer: 'Cyd', final: true })
    expect(await row()).toMatchObject({ candidate: { state: 'rejected' }, reviewer: 'Cyd' })
  })

  test('tells blind reviewers nothing in the table, in its counts and orders, nor in a conversation', async () => {
    const project = temporaryProject()
    const turns = [0, 1, 2].map((turn) => ({ ...pair(`thing ${turn}`), conversation: 1, turn }))
    const ids = draftPairs(project.db, [{ itemId: addItem(project.db, 'one'), pairs: turns }])
    const [one = 0, two = 0, three = 0] = ids
    setQuality(project, { blind: true })
    const [ada, bo] = [openDesk(project, 'Ada'), openDesk(project, 'Bo')]
    await ada.call('decision.add', { candidateId: three, verdict: 'edit', pair: pair('a lamp') })
    await ada.call('decision.add', { candidateId: one, verdict: 'reject', reason: 'trivial' })
    await ada.call('marks.flag', { candidateId: three, flagged: true })
    await ada.call('marks.comment', { candidateId: three, body: 'Look again.' })
    await ada.call('marks.rate', { candidateId: three, quality: 'correct', value: 1 })
    await bo.call('decision.add', { candidateId: two, verdict: 'accept' })
    await bo.call('decision.add', { candidateId: one, verdict: 'accept' })

    const rows = (sort?: TableSort) => bo.call('table.rows', { filter: {}, ...(sort && { sort }), from: 0, limit: 10 })
    const nothing = { reviewer: null, decidedAt: null, flaggedBy: [], comments: [], rating: null }
    expect(await rows()).toMatchObject([
      { candidate: { id: one, state: 'accepted', reason: null }, reviewer: 'Bo' },
      { candidate: { id: two, state: 'accepted' }, reviewer: 'Bo' },
      { candidate: { id: three, state: 'pending', draft: null, ...pair('thing 2') }, ...nothing },
    ])
    const filter = { states: ['rejected', 'edited'] } satisfies CandidateFilter
    expect(await bo.call('candidate.found', { filter })).toEqual({ count: 0, more: false })
    expect(await bo.call('table.rows', { filter, from: 0, limit: 10 })).toEqual([])
    expect(await bo.call('table.ids', { filter: { flagged: 'any' }, from: 0, limit: 10 })).toEqual([])
    expect(await bo.call('table.key', { filter: { reviewer: 'Ada' }, from: 0 })).toBeNull()
    for (const column of ['state', 'reviewer', 'decidedAt', 'flag'] as const)
      expect((await rows({ kind: 'column', column, descending: true })).map(({ candidate }) => candidate.id)).toEqual(ids)
    expect((await bo.call('turn.list', { candidateId: two })).map(({ state }) => state)).toEqual(['accepted', 'accepted', 'pending'])
    expect((await ada.call('table.rows', { filter: { itemId: 1 }, from: 2, limit: 1 }))[0]).toMatchObject({
      ...{ candidate: { state: 'edited' }, reviewer: 'Ada', flaggedBy: ['Ada'], comments: ['Look again.'], rating: 1 },
    })
  })
})

describe('what is typed and not decided on', () => {
  test('comes back to who typed it, and goes with their word alone', async () => {
    const { project, first } = projectWith(1, {})
    const [ada, bo] = [openDesk(project, 'Ada'), openDesk(project, 'Bo')]
    const typedOf = async (desk: Desk) => (await desk.call('candidate.get', { id: first })).draft?.response
    await bo.call('draft.save', { candidateId: first, ...pair('half ty') })
    expect(await typedOf(ada)).toBeUndefined()
    await ada.call('draft.discard', { candidateId: first })
    expect(await typedOf(bo)).toBe('It is half ty.')
  })

  test('before drafts had reviewers is offered to anyone, until somebody discards it', async () => {
    const { project, first } = projectWith(1, {})
    const [ada, bo] = [openDesk(project, 'Ada'), openDesk(project, 'Bo')]
    const typedOf = async (desk: Desk) => (await desk.call('candidate.get', { id: first })).draft?.response
    saveDraft(project.db, first, pair('old'))
    await ada.call('draft.save', { candidateId: first, ...pair('new') })
    expect([await typedOf(ada), await typedOf(bo)]).toEqual(['It is new.', 'It is old.'])
    await ada.call('draft.discard', { candidateId: first })
    expect([await typedOf(ada), await typedOf(bo)]).toEqual([undefined, undefined])
  })
})

describe('the queue of second looks', () => {
  test('comes to every reviewer but the first, page after page, as undecided pairs', async () => {
    const { project, ids } = projectWith(5)
    for (const id of ids) reject(project, id, id === ids[4] ? 'Bo' : 'Ada')
    const [ada, bo] = [openDesk(project, 'Ada'), openDesk(project, 'Bo')]
    expect(await bo.call('quality.counts', {})).toMatchObject({ second: 4, disagreements: 0 })
    expect(await ada.call('quality.counts', {})).toMatchObject({ second: 1 })
    const page = await bo.call('candidate.page', { filter: { look: 'second' }, after: null, limit: 3 })
    expect(page.candidates.map(({ id, state, reason }) => ({ id, state, reason }))).toEqual(
      ids.slice(0, 3).map((id) => ({ id, state: 'pending', reason: null })),
    )
    const rest = await bo.call('candidate.page', { filter: { look: 'second' }, after: page.next, limit: 3 })
    expect(rest.candidates.map(({ id }) => id)).toEqual(ids.slice(3, 4))
    expect(await bo.call('candidate.count', { filter: { look: 'second' } })).toBe(4)
  })

  test('shows the verdict as the reviewer gave it, and takes it back with undo between decisions', async () => {
    const { project, ids } = projectWith(3)
    const [one = 0, two = 0, three = 0] = ids
    accept(project, one, 'Ada')
    accept(project, two, 'Ada')
    const bo = openDesk(project, 'Bo')
    const add = (candidateId: number, verdict: 'accept' | 'reject') => bo.call('decision.add', { candidateId, verdict })
    await add(one, 'reject')
    await add(three, 'accept')
    expect((await add(two, 'accept')).candidate).toMatchObject({ id: two, state: 'accepted' })
    expect((await bo.call('candidate.get', { id: one })).candidate.state).toBe('rejected')

    const undone = []
    for (let step = await bo.call('decision.undo', {}); step; step = await bo.call('decision.undo', {})) undone.push(step.candidate)
    expect(undone.map(({ id, state }) => [id, state])).toEqual([two, three, one].map((id) => [id, 'pending']))
    expect(waiting(project, ids)).toEqual([one, two])
    const redone = []
    for (let step = await bo.call('decision.redo', {}); step; step = await bo.call('decision.redo', {})) redone.push(step.candidate)
    expect(redone.map(({ id, state }) => [id, state])).toEqual([
      [one, 'rejected'],
      [three, 'accepted'],
      [two, 'accepted'],
    ])
    expect(readSecondReview(project.db, one)?.state).toBe('disagreement')
  })

  test('a decision after an undo leaves nothing to redo', async () => {
    const { project, ids } = projectWith(2)
    const [one = 0, two = 0] = ids
    accept(project, one, 'Ada')
    const bo = openDesk(project, 'Bo')
    await bo.call('decision.add', { candidateId: one, verdict: 'reject' })
    await bo.call('decision.undo', {})
    await bo.call('decision.add', { candidateId: two, verdict: 'accept' })
    expect(await bo.call('decision.redo', {})).toBeNull()
  })

  test('disagreements show both verdicts with their texts, and a decision there is final whoever makes it', async () => {
    const { project, first } = projectWith(1)
    storeVerdict(project.db, { candidateId: first, verdict: 'edit', pair: pair('a lamp'), reviewer: 'Ada' })
    reject(project, first, 'Bo', 'wrong fact')
    const ada = openDesk(project, 'Ada')
    const { candidates } = await ada.call('candidate.page', { filter: { look: 'disagreement' }, after: null, limit: 5 })
    expect(candidates).toMatchObject([{ id: first, state: 'pending', response: 'It is a lamp.' }])
    const rows = await ada.call('table.rows', { filter: { look: 'disagreement' }, from: 0, limit: 5 })
    expect(rows.map(({ candidate }) => candidate)).toEqual(candidates)
    expect((await ada.call('quality.look', { candidateId: first, resolving: true }))?.verdicts).toMatchObject([
      { reviewer: 'Ada', state: 'edited', response: 'It is a lamp.' },
      { reviewer: 'Bo', state: 'rejected', reason: 'wrong fact' },
    ])
    await ada.call('decision.add', { candidateId: first, verdict: 'reject', reason: 'wrong fact', final: true })
    expect(await ada.call('quality.counts', {})).toMatchObject({ disagreements: 0 })
    expect(requireCandidate(project.db, first).state).toBe('rejected')
  })
})

describe('what is exported', () => {
  test('is what stands: not what waits or is disagreed on, and what a final decision left', () => {
    const { project, ids } = projectWith(4)
    const [agreed = 0, waits = 0, differs = 0, resolved = 0] = ids
    for (const id of ids) accept(project, id, 'Ada')
    accept(project, agreed, 'Bo')
    for (const id of [differs, resolved]) reject(project, id, 'Bo')
    storeVerdict(project.db, { candidateId: resolved, verdict: 'accept', reviewer: 'Cyd' })
    expect(exported(project)).toEqual([agreed, resolved])
    setQuality(project, { secondLook: { share: 1 }, exportWaiting: true })
    expect(exported(project)).toEqual([agreed, waits, resolved])
  })
})

describe('blind reviewers', () => {
  test('see the model’s draft, none of the other’s words, and find nothing by the other’s verdict', async () => {
    const { project, first } = projectWith(1)
    setQuality(project, { blind: true, secondLook: { share: 1 } })
    const [ada, bo] = [openDesk(project, 'Ada'), openDesk(project, 'Bo')]
    await ada.call('marks.flag', { candidateId: first, flagged: true })
    await ada.call('marks.comment', { candidateId: first, body: 'I changed it.' })
    await ada.call('decision.add', { candidateId: first, verdict: 'edit', pair: pair('a lamp') })
    await ada.call('draft.save', { candidateId: first, ...pair('half typed') })

    const { candidate, decisions, draft } = await bo.call('candidate.get', { id: first })
    expect(candidate).toMatchObject({ state: 'pending', reason: null, draft: null, ...pair('thing 0') })
    expect({ decisions, draft }).toEqual({ decisions: [], draft: null })
    expect(await bo.call('marks.get', { candidateId: first })).toMatchObject({ flaggedBy: [], comments: [] })
    expect(await bo.call('quality.look', { candidateId: first, resolving: false })).toEqual({ state: 'waiting', verdicts: [] })
    const found = await bo.call('candidate.page', { filter: { states: ['edited'] }, after: null, limit: 5 })
    expect(found.candidates).toEqual([])
    expect(await bo.call('candidate.count', { filter: { reviewer: 'Ada' } })).toBe(0)
    expect((await ada.call('candidate.get', { id: first })).draft).toMatchObject(pair('half typed'))
    // Where they are not blind, the same pair shows the first verdict's text.
    setQuality(project, { secondLook: { share: 1 } })
    expect((await bo.call('candidate.get', { id: first })).candidate).toMatchObject({ state: 'pending', ...pair('a lamp') })
  })

  test('judge what another has judged beside it, also where no second look was asked for', async () => {
    const { project, first } = projectWith(1, {})
    setQuality(project, { blind: true })
    accept(project, first, 'Ada')
    const bo = openDesk(project, 'Bo')
    await bo.call('decision.add', { candidateId: first, verdict: 'reject', reason: 'trivial' })
    expect(requireCandidate(project.db, first).state).toBe('accepted')
    expect(readSecondReview(project.db, first)?.state).toBe('disagreement')
  })
})

test('verdicts are counted against each other, for all and for one', () => {
  const { project, ids } = projectWith(3)
  for (const id of ids) accept(project, id, 'Ada')
  accept(project, ids[0] ?? 0, 'Bo')
  reject(project, ids[1] ?? 0, 'Bo')
  accept(project, ids[2] ?? 0, 'Cyd')
  expect(readAgreementCells(project.db)).toEqual([
    { first: 'accepted', second: 'accepted', pairs: 2 },
    { first: 'accepted', second: 'rejected', pairs: 1 },
  ])
  expect(readAgreementCells(project.db, 'Cyd')).toEqual([{ first: 'accepted', second: 'accepted', pairs: 1 }])
})

test('a decision by the store alone is a first verdict, as before', () => {
  const { project, first } = projectWith(1)
  decide(project.db, { candidateId: first, verdict: 'accept', reviewer: 'Ada' })
  expect(readSecondReview(project.db, first)?.state).toBe('waiting')
})
