import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Project } from '../../../src/main/project/project'
import { closeProject } from '../../../src/main/project/project'
import { saveLanguages } from '../../../src/main/store/candidates/languages'
import { listUnnamed } from '../../../src/main/store/candidates/languages'
import { contract } from '../../../src/shared/contract'
import type { Verdict } from '../../../src/shared/domain'
import { answer, asked, askEverything, filters, ids, pairs } from '../../support/askedCalls'
import { openDesk, setQuality, type Desk } from '../../support/desk'
import { addItem, draftPairs, pair, temporaryProject } from '../../support/temporaryProject'

/**
 * Blind review, as noninterference: two projects differ only in what Bo decided, wrote and marked, not in which pairs he decided. Whatever
 * Ada asks or does, every call answers her the same in both.
 */

type BoVerdict = 'accept' | 'edit' | 'reject'
interface BoStep {
  readonly pair: number
  /** what Bo decides in the first project, and in the second */
  readonly verdicts: readonly [BoVerdict, BoVerdict]
  readonly remarks: readonly [boolean, boolean]
}
interface AdaStep {
  readonly pair: number
  readonly verdict: Extract<Verdict, 'accept' | 'edit' | 'reject' | 'ignore'>
  readonly undo: boolean
}

const verdict = fc.constantFrom<BoVerdict>('accept', 'edit', 'reject')
const boSteps = fc.uniqueArray(
  fc.record({ pair: fc.nat(pairs - 1), verdicts: fc.tuple(verdict, verdict), remarks: fc.tuple(fc.boolean(), fc.boolean()) }),
  { selector: (step) => step.pair, maxLength: 5 },
)
const adaSteps = fc.array(
  fc.record({
    pair: fc.nat(pairs - 1),
    verdict: fc.constantFrom('accept' as const, 'edit' as const, 'reject' as const, 'ignore' as const),
    undo: fc.boolean(),
  }),
  { maxLength: 6 },
)

function newProject(secondLook: number): Project {
  const project = temporaryProject()
  const items = ['one', 'two', 'three', 'four'].map((name) => addItem(project.db, name))
  const drafted = items.map((itemId, at) => ({
    itemId,
    pairs: [0, 1].map((turn) => ({ ...pair(`thing ${at} ${turn}`), conversation: 0, turn })),
  }))
  draftPairs(project.db, drafted)
  // Drafts with the first pairs among the exemplars of their prompt
  draftPairs(project.db, [{ itemId: addItem(project.db, 'five'), pairs: [pair('thing 5')], exemplarIds: [1, 2, 3] }])
  setQuality(project, { blind: true, lead: 'Lea', secondLook: { share: secondLook } })
  return project
}

async function takeBoStep(desk: Desk, { pair: at, verdicts, remarks }: BoStep, world: 0 | 1): Promise<void> {
  const candidateId = at + 1
  const given = verdicts[world]
  await desk.call('decision.add', {
    candidateId,
    verdict: given,
    ...(given === 'edit' ? { pair: { instruction: 'Was zeigt das Bild?', response: 'Ein zebra steht auf der Wiese.' } } : {}),
    ...(given === 'reject' ? { reason: 'trivial' } : {}),
  })
  if (remarks[world]) await desk.call('marks.flag', { candidateId, flagged: true })
  await desk.call('marks.comment', { candidateId, body: remarks[world] ? 'A remark on a zebra.' : 'Nothing.' })
  await desk.call('marks.rate', { candidateId, quality: 'correct', value: remarks[world] ? 1 : 5 })
}

async function takeAdaStep(desk: Desk, { pair: at, verdict: given, undo }: AdaStep): Promise<unknown[]> {
  const candidateId = at + 1
  const edited = given === 'edit' ? { pair: pair('what Ada saw') } : {}
  return [
    await answer(desk, 'decision.add', { candidateId, verdict: given, ...edited }),
    ...(undo ? [await answer(desk, 'decision.undo', {})] : []),
    await answer(desk, 'marks.flag', { candidateId, flagged: at % 2 === 0 }),
    await answer(desk, 'marks.comment', { candidateId, body: 'A remark by Ada.' }),
    await answer(desk, 'marks.rate', { candidateId, quality: 'helpful', value: 3 }),
    await answer(desk, 'marks.tag', { candidateId, tag: 'seen', tagged: true }),
  ]
}

const nameLanguages = ({ db }: Project) =>
  saveLanguages(
    db,
    listUnnamed(db, 100).map((row) => ({ ...row, language: row.text.includes('Bild') ? 'de' : 'en' })),
  )

/** All answers to Ada, in order. */
async function worldOf(world: 0 | 1, bo: readonly BoStep[], ada: readonly AdaStep[], secondLook: number): Promise<unknown[]> {
  const project = newProject(secondLook)
  try {
    const [adaDesk, boDesk] = ['Ada', 'Bo'].map((reviewer) => openDesk(project, reviewer, { listsHere: true })) as [Desk, Desk]
    for (const step of bo) await takeBoStep(boDesk, step, world)
    nameLanguages(project)
    const answers: unknown[] = await askEverything(adaDesk)
    for (const step of ada) answers.push(...(await takeAdaStep(adaDesk, step)))
    nameLanguages(project)
    answers.push(...(await askEverything(adaDesk)))
    for (const filter of filters) {
      answers.push(await answer(adaDesk, 'bulk.tag', { target: { filter }, tag: 'many', tagged: true }))
      answers.push(await answer(adaDesk, 'bulk.flag', { target: { filter }, flagged: true }))
    }
    answers.push(await answer(adaDesk, 'item.decide', { itemId: 2, verdict: 'reject' }))
    answers.push(await answer(adaDesk, 'bulk.decide', { target: { filter: { itemId: 3 } }, verdict: 'accept' }))
    answers.push(await answer(adaDesk, 'bulk.decide', { target: { ids }, verdict: 'reject' }))
    answers.push(['last undo', await answer(adaDesk, 'candidate.counts', {}), await answer(adaDesk, 'decision.undo', {})])
    answers.push(...(await askEverything(adaDesk)))
    return answers
  } finally {
    closeProject(project)
  }
}

/** Found by longer runs. */
const examples: [BoStep[], AdaStep[]][] = [
  [[{ pair: 0, verdicts: ['edit', 'accept'], remarks: [false, false] }], []],
  [[{ pair: 0, verdicts: ['accept', 'edit'], remarks: [false, false] }], [{ pair: 0, verdict: 'accept', undo: false }]],
  [[{ pair: 0, verdicts: ['reject', 'edit'], remarks: [true, false] }], [{ pair: 0, verdict: 'edit', undo: true }]],
]

describe('blind review', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: 1_800_000_000_000 }))
  afterEach(() => vi.useRealTimers())

  test.each([0, 1])('shows a reviewer nothing of what another decided, whatever they ask and do (second looks: %d)', async (secondLook) => {
    await fc.assert(
      fc.asyncProperty(boSteps, adaSteps, async (bo, ada) => {
        const [first, second] = [await worldOf(0, bo, ada, secondLook), await worldOf(1, bo, ada, secondLook)]
        for (const [at, given] of first.entries()) expect(given).toEqual(second[at])
      }),
      { numRuns: 5, seed: 7, endOnFailure: true, examples },
    )
  })

  test('shows nothing of a verdict to who moves the turn that it is about', async () => {
    const answers: unknown[] = []
    for (const given of ['accept', 'reject'] as const) {
      const project = newProject(0)
      const ada = openDesk(project, 'Ada')
      await takeBoStep(openDesk(project, 'Bo'), { pair: 1, verdicts: [given, given], remarks: [false, false] }, 0)
      await ada.call('turn.move', { candidateId: 2, by: -1 })
      const { decisions } = await ada.call('candidate.get', { id: 2 })
      expect(decisions).toMatchObject([{ reviewer: 'Ada', moved: { from: 1, to: 0 }, before: 'pending', after: 'pending', reason: null }])
      answers.push(decisions)
    }
    expect(answers[0]).toEqual(answers[1])
  })

  test('shows nothing of texts whose language is still to be told', async () => {
    const answers: unknown[] = []
    for (const given of ['edit', 'accept'] as const) {
      const project = newProject(0)
      nameLanguages(project)
      await takeBoStep(openDesk(project, 'Bo'), { pair: 2, verdicts: [given, given], remarks: [false, false] }, 0)
      answers.push(await openDesk(project, 'Ada').call('language.list', {}))
    }
    expect(answers[0]).toEqual(answers[1])
  })

  test('finds no pair of another reviewer among similar ones', async () => {
    const project = newProject(0)
    const [ada, bo] = [openDesk(project, 'Ada'), openDesk(project, 'Bo')]
    await takeBoStep(bo, { pair: 2, verdicts: ['edit', 'edit'], remarks: [true, true] }, 0)
    const similar = await ada.call('candidate.similar', { id: 1, limit: 50 })
    expect(similar.length).toBeGreaterThan(0)
    expect(similar.map(({ id }) => id)).not.toContain(3)
  })

  test('keeps calls about the work of all for the lead, and names the lead', async () => {
    const project = newProject(0)
    const leadCalls = Object.entries(asked)
      .filter(([, inputs]) => inputs === 'lead')
      .map(([name]) => name)
    const declared = Object.entries(contract)
      .filter(([, { visibility }]) => visibility === 'lead')
      .map(([name]) => name)
    expect(leadCalls.toSorted()).toEqual(declared.toSorted())
    const calls = { runId: 1, states: [], after: 0, limit: 10 }
    await expect(openDesk(project, 'Ada').call('run.calls', calls)).rejects.toMatchObject({
      code: 'hidden',
      remedy: expect.stringContaining('Lea'),
    })
    expect(await openDesk(project, 'Lea').call('run.calls', calls)).toEqual([])
    setQuality(project, { blind: false })
    expect(await openDesk(project, 'Ada').call('run.calls', calls)).toEqual([])
  })

  test('can be turned off by its lead alone; who turns it on leads', async () => {
    const project = newProject(0)
    const settings = await openDesk(project, 'Ada').call('quality.settings', {})
    const off = { ...settings, blind: false }
    await expect(openDesk(project, 'Ada').call('quality.saveSettings', off)).rejects.toMatchObject({ code: 'hidden' })
    await openDesk(project, 'Lea').call('quality.saveSettings', { ...off, lead: null })
    expect(await openDesk(project, 'Ada').call('quality.saveSettings', { ...off, lead: null, blind: true })).toMatchObject({ lead: 'Ada' })
  })
})

describe('every reviewer', () => {
  test.each([false, true])('gets the same figures from every call about the same pairs (blind: %s)', async (blind) => {
    await fc.assert(
      fc.asyncProperty(boSteps, adaSteps, fc.double({ min: 0, max: 0.5, noNaN: true }), async (bo, ada, share) => {
        const project = newProject(0)
        setQuality(project, { blind, lead: 'Lea', checks: { share, seed: 3 } })
        const [adaDesk, boDesk] = [openDesk(project, 'Ada'), openDesk(project, 'Bo')]
        await adaDesk.call('candidate.page', { filter: { states: ['pending'] }, after: null, limit: 50 })
        for (const step of bo) await takeBoStep(boDesk, step, 0)
        for (const step of ada) await takeAdaStep(adaDesk, step)
        const counts = await adaDesk.call('candidate.counts', {})
        expect(await adaDesk.call('project.stats', {})).toMatchObject(counts)
        const { items } = await adaDesk.call('item.page', { filter: { state: 'all' }, after: 0, limit: 50 })
        const sum = (of: 'pending' | 'approved') => items.reduce((all, item) => all + item[of], 0)
        expect({ pending: sum('pending'), approved: sum('approved') }).toEqual({
          pending: counts.pending,
          approved: counts.accepted + counts.edited,
        })
        const { byVersion, accepted } = await adaDesk.call('coldStart.get', {})
        expect(accepted).toBe(counts.accepted + counts.edited)
        const [version] = byVersion
        expect(version).toMatchObject({ accepted: counts.accepted, edited: counts.edited, rejected: counts.rejected })
        const pool = await adaDesk.call('exemplar.list', { limit: 50 })
        for (const { candidate } of pool) expect((await adaDesk.call('candidate.get', { id: candidate.id })).candidate).toEqual(candidate)
        closeProject(project)
      }),
      { numRuns: 6, seed: 5 },
    )
  })
})
