import fs from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Project } from '../../../src/main/project/project'
import {
  countCandidates,
  listCandidates,
  listPairsOf,
  listSimilarCandidates,
  readCandidates,
  requireCandidate,
} from '../../../src/main/store/candidates/candidates'
import { readColdStart } from '../../../src/main/store/decisions/coldStart'
import { readCounts, readStats } from '../../../src/main/store/candidates/counts'
import { decide } from '../../../src/main/store/decisions/decisions'
import { listExemplars, listRecentExemplars, sampleExemplars } from '../../../src/main/store/candidates/exemplars'
import { listQueue } from '../../../src/main/store/candidates/queueOrder'
import { listSimilarExemplars } from '../../../src/main/store/search/similarPool'
import { type Candidate, exportFormatSchema, type ProjectInfo } from '../../../src/shared/domain'
import { type Desk, openDesk, setQuality } from '../../support/desk'
import { addItem, draft, newExportProject, paint, type TestProject } from '../../support/exportProject'
import { exportProject } from '../../support/trainingSet'
import { exportPairs, inspectDatabase } from '../../support/inEnglish'

const answers = [
  ['What colour is the car?', 'The red car stands beside the old church tower.', 'A red car beside an old church tower.'],
  ['How many dogs are there?', 'There are three dogs running across the meadow.', 'Three dogs running across a meadow.'],
  ['What does the woman hold?', 'She is holding a yellow umbrella against heavy rain.', 'A woman holding a yellow umbrella against rain.'],
  ['Where does the boat lie?', 'The wooden boat lies between two stone harbour walls.', 'A wooden boat between two stone harbour walls.'],
] as const

let project: TestProject & Project
let drafts: number[]

beforeEach(async () => {
  const made = await newExportProject('la')
  project = { ...made, info: made.info as ProjectInfo }
  drafts = []
  for (const [at, [instruction, response, caption]] of answers.entries()) {
    const item = await addItem(project, `item ${at}`, [await paint(project, `${at}.png`, 40 * at)], { captions: [caption] })
    drafts.push(...draft(project, item, [{ instruction, response }]))
  }
})
afterEach(() => project.remove())

const page = (desk: Desk, states: Candidate['state'][] = ['pending']) =>
  desk.call('candidate.page', { filter: { states }, after: null, limit: 50 })
/** Pairs that a reviewer is shown with words that are not theirs. */
async function checksOf(desk: Desk): Promise<Candidate[]> {
  const { candidates } = await page(desk)
  return candidates.filter(({ id, response }) => response !== requireCandidate(project.db, id).response)
}
const openWithChecks = (reviewer = 'Ada', share = 0.5, seed = 3) => {
  setQuality(project, { checks: { share, seed } })
  return openDesk(project, reviewer)
}
async function oneCheck(desk: Desk): Promise<Candidate> {
  const [check] = await checksOf(desk)
  if (!check) throw new Error('the seed of this test places no check')
  return check
}

const pairOf = ({ instruction, response }: Candidate) => ({ instruction, response })

describe('attention checks', () => {
  it('come at places that the seed chooses, and at others for another reviewer', async () => {
    const places = async (reviewer: string, seed: number) => (await checksOf(openWithChecks(reviewer, 0.5, seed))).map(({ id }) => id)
    const first = await places('Ada', 3)
    expect(await places('Ada', 3)).toEqual(first)
    const others = await Promise.all(['Bo', 'Cyd', 'Dot', 'Eve', 'Flo'].map((name) => places(name, 3)))
    expect(new Set(others.map(String)).size).toBeGreaterThan(1)
    expect(await checksOf(openWithChecks('Gil', 0))).toEqual([])
  })

  it('look like any pair: the same call, the same keys, the same facts of item, run and prompt', async () => {
    const desk = openWithChecks()
    const check = await oneCheck(desk)
    const real = requireCandidate(project.db, check.id)
    expect(check).toEqual({ ...real, instruction: check.instruction, response: check.response })
    const detail = await desk.call('candidate.get', { id: check.id })
    expect(detail).toEqual({ candidate: check, exemplars: [], decisions: [], draft: null })
    expect(await desk.call('candidate.list', { ids: [check.id] })).toEqual([check])
  })

  it('are not given away by the reply, which no pair shows while there are any', async () => {
    const desk = openWithChecks()
    const check = await oneCheck(desk)
    const other = (await desk.call('candidate.page', { filter: {}, after: null, limit: 50 })).candidates.find(({ id }) => id !== check.id)
    setQuality(project, { checks: { share: 0, seed: 1 } })
    for (const id of [check.id, other?.id ?? 0]) expect((await desk.call('candidate.origin', { id })).call).toMatchObject({ reply: null })
    const bo = openDesk(project, 'Bo')
    expect((await bo.call('candidate.origin', { id: check.id })).call).toMatchObject({ reply: expect.any(String) })
  })

  it('stand at the same places in an order by chance', async () => {
    const desk = openWithChecks()
    const checks = new Map((await checksOf(desk)).map((check) => [check.id, check.response]))
    const order = { kind: 'random', seed: 5 } as const
    const { candidates } = await desk.call('candidate.queue', { filter: { states: ['pending'] }, order, after: null, limit: 50 })
    const shown = candidates.filter(({ id, response }) => response !== requireCandidate(project.db, id).response)
    expect(shown.length).toBeGreaterThan(0)
    expect(new Map(shown.map(({ id, response }) => [id, response]))).toEqual(checks)
  })

  it('take a verdict as any pair does, with counts that move, a history, and an undo', async () => {
    const desk = openWithChecks()
    const check = await oneCheck(desk)
    const before = await desk.call('candidate.counts', {})
    const result = await desk.call('decision.add', { candidateId: check.id, verdict: 'reject', reason: 'wrong fact', seconds: 4 })
    expect(result).toEqual({
      candidate: { ...check, state: 'rejected', reason: 'wrong fact' },
      counts: { ...before, pending: before.pending - 1, rejected: 1 },
    })
    expect((await desk.call('candidate.get', { id: check.id })).decisions).toMatchObject([{ verdict: 'reject', reviewer: 'Ada' }])
    expect((await desk.call('decision.undo', {}))?.candidate).toEqual(check)
    expect(await desk.call('candidate.counts', {})).toEqual(before)
    expect((await desk.call('decision.redo', {}))?.candidate.state).toBe('rejected')
    expect(await desk.call('quality.ownFigures', {})).toMatchObject({ rejected: 1, medianSeconds: 4, checks: { caught: 0, missed: 0 } })
  })

  it('that are caught are counted, and their pair comes up itself when the queue is opened again', async () => {
    const desk = openWithChecks()
    const check = await oneCheck(desk)
    await desk.call('decision.add', { candidateId: check.id, verdict: 'reject' })
    expect((await desk.call('quality.ownFigures', {})).checks).toEqual({ caught: 0, missed: 0 }) // it looks like any pair
    const again = (await page(desk)).candidates.find(({ id }) => id === check.id)
    expect(again).toEqual(requireCandidate(project.db, check.id))
    expect((await desk.call('quality.ownFigures', {})).checks).toEqual({ caught: 1, missed: 0 })
    await desk.call('decision.add', { candidateId: check.id, verdict: 'accept' })
    expect(requireCandidate(project.db, check.id).state).toBe('accepted')
    expect((await desk.call('decision.undo', {}))?.candidate.id).toBe(check.id)
    expect(await desk.call('decision.undo', {})).toBeNull()
  })

  it('that are missed are told, with the way back to the pair, which is as it was', async () => {
    const desk = openWithChecks()
    const check = await oneCheck(desk)
    const { check: notice, candidate, counts } = await desk.call('decision.add', { candidateId: check.id, verdict: 'accept' })
    expect(notice?.candidateId).toBe(check.id)
    expect(candidate).toEqual(requireCandidate(project.db, check.id))
    expect(candidate.state).toBe('pending')
    expect(counts).toEqual(readCounts(project.db))
    expect((await desk.call('decision.undo', {}))?.candidate).toEqual(candidate)
    expect((await desk.call('quality.ownFigures', {})).checks).toEqual({ caught: 0, missed: 1 })
  })

  it('are caught by an edit that mends them, and missed by one that leaves what is wrong', async () => {
    const desk = openWithChecks()
    const check = await oneCheck(desk)
    const real = requireCandidate(project.db, check.id)
    const edit = (response: string) =>
      desk.call('decision.add', { candidateId: check.id, verdict: 'edit', pair: { instruction: check.instruction, response } })
    expect((await edit(real.response)).check).toBeUndefined()
    await desk.call('decision.undo', {})
    expect((await edit(`${check.response} Indeed.`)).check).toBeDefined()
    expect(requireCandidate(project.db, check.id)).toEqual(real)
  })

  it('keep drafts, marks and pins of theirs away from the pair', async () => {
    const desk = openWithChecks()
    const { id: candidateId } = await oneCheck(desk)
    await desk.call('draft.save', { candidateId, instruction: 'typed', response: 'typed' })
    await desk.call('marks.flag', { candidateId, flagged: true })
    await desk.call('marks.tag', { candidateId, tag: 'odd', tagged: true })
    await desk.call('marks.comment', { candidateId, body: 'This is wrong.' })
    await desk.call('marks.rate', { candidateId, quality: 'correct', value: 1 })
    await desk.call('exemplar.pin', { candidateId, pinned: true })
    expect((await desk.call('candidate.get', { id: candidateId })).draft).toMatchObject({ response: 'typed' })
    expect(await desk.call('marks.get', { candidateId })).toMatchObject({
      flaggedBy: ['Ada'],
      tags: ['odd'],
      comments: [{ body: 'This is wrong.', reviewer: 'Ada' }],
      ratings: [{ quality: 'correct', value: 1 }],
    })
    const bo = openDesk(project, 'Bo')
    setQuality(project, {})
    expect((await bo.call('candidate.get', { id: candidateId })).draft).toBeNull()
    expect(await bo.call('marks.get', { candidateId })).toMatchObject({ flaggedBy: [], tags: [], comments: [] })
    expect(requireCandidate(project.db, candidateId).pinned).toBe(false)
  })

  it('are not laid over what a search finds, and what is shown as it is, is judged as it is', async () => {
    const desk = openWithChecks()
    const check = await oneCheck(desk)
    const { instruction } = requireCandidate(project.db, check.id)
    const found = await desk.call('candidate.page', { filter: { query: instruction }, after: null, limit: 5 })
    expect(found.candidates.find(({ id }) => id === check.id)).toEqual(requireCandidate(project.db, check.id))
    await desk.call('decision.add', { candidateId: check.id, verdict: 'accept' })
    expect(requireCandidate(project.db, check.id).state).toBe('accepted')
  })

  it('cannot be split, in words that a pair which waits for a second look is refused in too; what was typed for it goes with the check', async () => {
    const desk = openWithChecks()
    const check = await oneCheck(desk)
    const halves = [pairOf(check), { instruction: 'And else?', response: check.response }] as const
    await desk.call('pair.saveTyped', { form: 'split', subjectId: check.id, pairs: [...halves] })
    const split = desk.call('pair.split', { candidateId: check.id, first: halves[0], second: halves[1] })
    await expect(split).rejects.toThrow('This pair cannot be split yet.')
    expect(readStats(project.db)).toMatchObject({ written: 0, accepted: 0 })
    expect(await checksOf(desk)).toContainEqual(check)
    await desk.call('decision.add', { candidateId: check.id, verdict: 'reject' })
    await page(desk)
    expect(await desk.call('pair.typed', { form: 'split', subjectId: check.id })).toBeNull()
    const own = pairOf(requireCandidate(project.db, check.id))
    const { candidates } = await desk.call('pair.split', {
      candidateId: check.id,
      first: own,
      second: { ...own, instruction: 'And else?' },
    })
    expect(candidates.map(({ state }) => state)).toEqual(['accepted', 'accepted'])
  })

  it('are not put over a pair that the reviewer has begun to split', async () => {
    const places = (await checksOf(openWithChecks('Ada'))).map(({ id }) => id)
    const [begun = 0] = places
    project.db.exec(`DELETE FROM attention_check`)
    const desk = openDesk(project, 'Ada')
    await desk.call('pair.saveTyped', { form: 'split', subjectId: begun, pairs: [{ instruction: 'half', response: 'ty' }] })
    expect((await checksOf(desk)).map(({ id }) => id)).toEqual(places.filter((id) => id !== begun))
  })

  it('stand in the table, in a conversation and in the outcome of a step as on the desk, with the marks and the verdict on them', async () => {
    const item = await addItem(project, 'talk', [await paint(project, 'talk.png', 200)], { captions: ['Two white cats sleep on a chair.'] })
    const response = 'The two white cats sleep on a chair.'
    const turns = [0, 1, 2, 3].map((turn) => ({ instruction: `What of it, ${turn}?`, response, conversation: 1, turn }))
    draft(project, item, turns)
    const desk = openWithChecks('Ada', 1)
    const checks = (await checksOf(desk)).filter(({ itemId }) => itemId === item)
    const [check] = checks
    if (!check) throw new Error('the seed of this test places no check')
    const rows = () => desk.call('table.rows', { filter: { itemId: item }, from: 0, limit: 100 })
    const rowOf = async ({ id }: Candidate) => (await rows()).find(({ candidate }) => candidate.id === id)
    expect((await rows()).map(({ candidate }) => candidate)).toEqual((await page(desk)).candidates.filter(({ itemId }) => itemId === item))
    expect(await rowOf(check)).toMatchObject({ candidate: check, reviewer: null, decidedAt: null, flaggedBy: [] })
    expect((await desk.call('turn.list', { candidateId: check.id })).map(({ response: shown }) => shown)).not.toContain(response)
    const { candidates } = await desk.call('turn.move', { candidateId: check.id, by: 1 })
    expect(candidates[0]).toEqual({ ...check, turn: 1 })

    await desk.call('marks.flag', { candidateId: check.id, flagged: true })
    await desk.call('marks.rate', { candidateId: check.id, quality: 'correct', value: 1 })
    await desk.call('decision.add', { candidateId: check.id, verdict: 'reject', reason: 'wrong fact' })
    expect(await rowOf(check)).toMatchObject({
      ...{ candidate: { ...check, turn: 1, state: 'rejected', reason: 'wrong fact' }, reviewer: 'Ada', flaggedBy: ['Ada'], rating: 1 },
      decidedAt: expect.any(Number) as number,
    })
  })

  it.each(['a search finds the pair', 'another decides on the pair'])('stay while the reviewer edits them, though %s', async (why) => {
    const desk = openWithChecks()
    const check = await oneCheck(desk)
    const real = requireCandidate(project.db, check.id)
    const typed = { instruction: check.instruction, response: `${check.response} Indeed.` }
    await desk.call('draft.save', { candidateId: check.id, ...typed })
    const isSearch = why.startsWith('a search')
    if (!isSearch) decide(project.db, { candidateId: check.id, verdict: 'accept', reviewer: 'Bo' })
    const filter = isSearch ? { query: real.instruction } : { itemId: check.itemId }
    const found = await desk.call('candidate.page', { filter, after: null, limit: 9 })
    expect(found.candidates.map(pairOf)).toContainEqual(pairOf(check))
    expect((await desk.call('candidate.get', { id: check.id })).draft).toMatchObject(typed)
    await page(desk)
    await desk.call('decision.add', { candidateId: check.id, verdict: 'edit', pair: typed })
    expect(pairOf(requireCandidate(project.db, check.id))).toEqual(pairOf(real))
    expect((await page(desk, [])).candidates.map(pairOf)).toContainEqual(pairOf(real))
  })

  it.each([{ ids: true }, { ids: false }])(
    'keep their pairs, which the reviewer has not seen, out of steps over many: %o',
    async ({ ids }) => {
      const desk = openWithChecks()
      const check = await oneCheck(desk)
      const target = ids ? { ids: [check.id] } : { filter: { itemId: check.itemId } }
      expect((await desk.call('bulk.decide', { target, verdict: 'reject' })).changed).toBe(0)
      expect((await openDesk(project, 'Bo').call('bulk.decide', { target, verdict: 'accept' })).changed).toBe(1)
    },
  )

  it('keep their pairs out of a step over an item, which answers with what it changed', async () => {
    const desk = openWithChecks()
    const check = await oneCheck(desk)
    const [other = 0] = draft(project, check.itemId, [{ instruction: 'What is it?', response: 'Nothing that the caption says.' }])
    for (const verdict of ['accept', 'reject'] as const) {
      const { candidates, counts } = await desk.call('item.decide', { itemId: check.itemId, verdict })
      expect(candidates.map(({ id }) => id)).toEqual(verdict === 'accept' ? [other] : [])
      expect(counts).toEqual(await desk.call('candidate.counts', {}))
    }
    expect(requireCandidate(project.db, check.id)).toMatchObject({ state: 'pending', draft: null })
    expect(await checksOf(desk)).toContainEqual(check)
  })
})

describe('what holds no attention check', () => {
  /** The words of a check that Ada accepted, and those of one that she is still shown. */
  async function answered(): Promise<string[]> {
    const desk = openWithChecks('Ada', 0.5, 5)
    const checks = await checksOf(desk)
    expect(checks.length).toBeGreaterThan(1)
    const [first, ...others] = checks
    await desk.call('decision.add', { candidateId: first?.id ?? 0, verdict: 'accept' })
    for (const candidateId of drafts)
      if (!others.some(({ id }) => id === candidateId)) decide(project.db, { candidateId, verdict: 'accept', reviewer: 'Ada' })
    // Only what no pair of the project says.
    const said = new Set(drafts.map((id) => requireCandidate(project.db, id).response))
    return checks.map(({ response }) => response).filter((response) => !said.has(response))
  }

  it.each(exportFormatSchema.options)('an export as %s', async (format) => {
    const bad = await answered()
    const { pairs } = await exportPairs(project, { format, directory: project.out })
    expect(pairs).toBe(readStats(project.db).accepted)
    const files = fs.readdirSync(project.out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    const written = files.map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name), 'utf8')).join('\n')
    expect(bad.filter((response) => written.includes(response))).toEqual([])
    // A response of another item stands where it belongs, and there alone.
    for (const id of drafts.filter((one) => requireCandidate(project.db, one).state === 'accepted')) {
      const { response } = requireCandidate(project.db, id)
      expect(written.split(response).length - 1).toBeLessThanOrEqual(format === 'jsonl' ? 2 : 1)
    }
  })

  it.each(['sft', 'kto'] as const)('a set for %s, in which rejected pairs are negative examples', async (kind) => {
    const bad = await answered()
    const [, ...others] = drafts.filter((id) => requireCandidate(project.db, id).state === 'accepted')
    decide(project.db, { candidateId: others[0] ?? 0, verdict: 'reject', reviewer: 'Ada', reason: 'wrong fact' })
    const { pairs } = await exportProject(project, 'llamafactory', { kind })
    const { accepted, rejected } = readStats(project.db)
    expect(pairs).toBe(kind === 'kto' ? accepted + rejected : accepted)
    const written =
      fs.readFileSync(path.join(project.out, 'space-day.json'), 'utf8') +
      fs.readFileSync(path.join(project.out, 'provenance.jsonl'), 'utf8')
    expect(bad.filter((response) => written.includes(response))).toEqual([])
  })

  it.each(
    Object.entries({
      'the list of pairs': () => listCandidates(project.db, {}, null, 200).candidates,
      'pairs by id': () => readCandidates(project.db, drafts),
      'the pool of exemplars': () => listExemplars(project.db, 100).map(({ candidate }) => candidate),
      'recent exemplars': () => listRecentExemplars(project.db, { limit: 100, excludeItemId: 0 }),
      'random exemplars': () => sampleExemplars(project.db, { limit: 100, excludeItemId: 0, random: () => 0.5 }),
      'similar exemplars': () => listSimilarExemplars(project.db, { limit: 100, excludeItemId: 0, itemId: 1 } as never),
      'similar pairs': () => drafts.flatMap((id) => listSimilarCandidates(project.db, id, 50)),
      'pairs of an item': () => drafts.flatMap((id) => listPairsOf(project.db, requireCandidate(project.db, id).itemId)),
      'the queue in an order': () => readCandidates(project.db, listQueue(project.db, { filter: {}, order: 'random', reviewer: 'Ada' })),
    }),
  )('%s', async (_, list) => {
    await answered()
    const said = new Set(answers.map(([, response]) => response as string))
    expect(
      list()
        .map(({ response }) => response)
        .filter((response) => !said.has(response)),
    ).toEqual([])
    const ids = list().flatMap((one) => ('id' in one ? [one as Candidate] : []))
    for (const { id, response } of ids) expect(response).toBe(answers[drafts.indexOf(id)]?.[1])
  })

  it('the counts, the figures of the project and the cold start', async () => {
    const stands = () => {
      const { byVersion, recent, accepted } = readColdStart(project.db)
      return {
        counts: readCounts(project.db),
        stats: readStats(project.db),
        all: countCandidates(project.db, {}),
        byVersion,
        recent,
        accepted,
      }
    }
    const before = stands()
    const desk = openWithChecks()
    for (const { id } of await checksOf(desk)) await desk.call('decision.add', { candidateId: id, verdict: 'accept' })
    expect((await desk.call('quality.ownFigures', {})).checks.missed).toBeGreaterThan(0)
    expect(stands()).toEqual(before)
    expect(inspectDatabase(project.db).findings).toEqual([])
  })

  it('any table that other parts of the program read', async () => {
    await answered()
    const columns = project.db
      .prepare(`SELECT m.name || '.' || p.name FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS p WHERE m.type = 'table'`)
      .pluck()
      .all() as string[]
    const bad = project.db.prepare(`SELECT response FROM attention_check WHERE kind <> 'foreign'`).pluck().all() as string[]
    for (const column of columns) {
      const [table = '', name = ''] = column.split('.')
      if (table === 'attention_check' || table === 'side_verdict' || table.includes('_text')) continue
      for (const response of bad)
        expect([column, project.db.prepare(`SELECT count(*) FROM "${table}" WHERE "${name}" = ?`).pluck().get(response)]).toEqual([
          column,
          0,
        ])
    }
  })
})
