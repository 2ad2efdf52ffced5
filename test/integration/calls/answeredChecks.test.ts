import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { closeProject } from '../../../src/main/project/project'
import type { CallInput, CallName } from '../../../src/shared/contract'
import type { Pair } from '../../../src/shared/domain'
import { answer, asked } from '../../support/askedCalls'
import { openDesk, setQuality, type Desk } from '../../support/desk'
import { addItem, draftPairs, temporaryProject } from '../../support/temporaryProject'

/**
 * Attention checks, as noninterference: two projects show Ada the same texts, in one as attention checks, in the other as the pairs
 * themselves. Whatever she decides, the calls answer her the same in both until a queue is opened anew.
 */

const texts = [
  'There are 2 dogs on the left of the red car near 4 houses.',
  'The red car stands on the left, with 3 people behind it.',
  'A man and a woman stand on the right of the green tree.',
  'There are 5 birds above the white house with 7 windows.',
]

/** Calls that open a queue, are about the settings, or count decisions of the project by intention. */
const leftOut: ReadonlySet<CallName> = new Set<CallName>([
  ...(['candidate.page', 'candidate.queue', 'grid.open', 'project.place'] as const),
  ...(['quality.settings', 'candidate.origin', 'coldStart.get', 'candidate.get'] as const),
])
/** A search shows pairs by their own words. */
const isCompared = (input: unknown) => !/"query"/.test(JSON.stringify(input))

async function askAbout(desk: Desk): Promise<[string, unknown][]> {
  const answers: [string, unknown][] = []
  for (const [name, inputs] of Object.entries(asked) as [CallName, readonly CallInput<CallName>[] | string][])
    if (typeof inputs !== 'string' && !leftOut.has(name))
      for (const input of inputs.filter(isCompared)) answers.push([`${name} ${JSON.stringify(input)}`, await answer(desk, name, input)])
  return answers
}

async function worldOf(blind: boolean, shown?: ReadonlyMap<number, Pair>) {
  const project = temporaryProject()
  const pairOf = (id: number) => ({ instruction: `What is there, ${id}?`, response: `${texts[(id - 1 - (id % 3)) & 3]} Thing ${id}.` })
  draftPairs(
    project.db,
    [0, 2, 4, 6].map((before) => ({
      itemId: addItem(project.db, `item ${before}`),
      pairs: [1, 2].map((turn) => ({ ...pairOf(before + turn), ...shown?.get(before + turn), conversation: 0, turn: turn - 1 })),
    })),
  )
  setQuality(project, { blind, lead: 'Lea', checks: { share: shown ? 0 : 0.6, seed: 3 } })
  try {
    const ada = openDesk(project, 'Ada', { listsHere: true })
    const { candidates } = await ada.call('candidate.page', { filter: { states: ['pending'] }, after: null, limit: 50 })
    const seen = new Map(candidates.map(({ id, instruction, response }) => [id, { instruction, response }]))
    const checks = candidates.filter(({ id, response }) => response !== pairOf(id).response).length
    for (const candidateId of [1, 2, 3, 4, 5]) await ada.call('decision.add', { candidateId, verdict: 'reject', reason: 'trivial' })
    return { answers: await askAbout(ada), seen, checks }
  } finally {
    closeProject(project)
  }
}

describe('an attention check that was answered', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: 1_800_000_000_000 }))
  afterEach(() => vi.useRealTimers())

  test.each([true, false])('is found, counted and listed as the pair that it looks like (blind: %s)', async (blind) => {
    const withChecks = await worldOf(blind)
    expect(withChecks.checks).toBeGreaterThan(0)
    const plain = await worldOf(blind, withChecks.seen)
    for (const [at, given] of withChecks.answers.entries()) expect(given).toEqual(plain.answers[at])
  })

  test('is not given away by the replies of a run', async () => {
    const project = temporaryProject()
    draftPairs(project.db, [{ itemId: addItem(project.db, 'one'), pairs: [{ instruction: 'What?', response: texts[0] ?? '' }] }])
    const ada = openDesk(project, 'Ada')
    const replies = async () =>
      (await ada.call('run.calls', { runId: 1, states: ['succeeded'], after: 0, limit: 10 })).map(({ reply }) => reply)
    expect(await replies()).toEqual([expect.any(String)])
    setQuality(project, { checks: { share: 0.5 } })
    expect(await replies()).toEqual([null])
    closeProject(project)
  })

  test('is in the table before the queue was opened, too', async () => {
    const project = temporaryProject()
    draftPairs(
      project.db,
      texts.map((response, at) => ({ itemId: addItem(project.db, `item ${at}`), pairs: [{ instruction: 'What?', response }] })),
    )
    setQuality(project, { checks: { share: 1, seed: 3 } })
    const ada = openDesk(project, 'Ada')
    const rows = await ada.call('table.rows', { filter: {}, from: 0, limit: 10 })
    const { candidates } = await ada.call('candidate.page', { filter: {}, after: null, limit: 10 })
    expect(rows.map(({ candidate }) => candidate.response)).toEqual(candidates.map(({ response }) => response))
    expect(candidates.map(({ response }) => response)).not.toEqual(texts)
    closeProject(project)
  })

  test('keeps the order of the words that are shown, by which the table is sorted', async () => {
    const project = temporaryProject()
    draftPairs(
      project.db,
      texts.map((response, at) => ({ itemId: addItem(project.db, `item ${at}`), pairs: [{ instruction: 'What?', response }] })),
    )
    setQuality(project, { checks: { share: 1, seed: 3 } })
    const ada = openDesk(project, 'Ada', { listsHere: true })
    const sorted = async () =>
      (
        await ada.call('table.rows', { filter: {}, sort: { kind: 'column', column: 'response', descending: false }, from: 0, limit: 10 })
      ).map(({ candidate }) => candidate.response)
    expect(await sorted()).toEqual(texts.toSorted((one, other) => (one < other ? -1 : 1)))
    await ada.call('candidate.page', { filter: {}, after: null, limit: 10 })
    const shown = await sorted()
    expect(shown).not.toEqual(expect.arrayContaining(texts))
    expect(shown).toEqual(shown.toSorted((one, other) => (one < other ? -1 : 1)))
    closeProject(project)
  })
})
