import { beforeEach, describe, expect, test } from 'vitest'
import { nameLanguages } from '../../../src/main/quality/nameLanguages'
import type { Project } from '../../../src/main/project/project'
import { countUpTo } from '../../../src/main/store/candidates/candidateParts'
import { countCandidates, listCandidates } from '../../../src/main/store/candidates/candidates'
import { decide } from '../../../src/main/store/decisions/decisions'
import { saveItem } from '../../support/saveItem'
import { countUnnamed, listLanguages } from '../../../src/main/store/candidates/languages'
import { addComment, setFlag, setRating, setTag } from '../../../src/main/store/candidates/marks'
import { idsAt, keysAt, readTableRows } from '../../../src/main/store/candidates/tableRows'
import type { CandidateFilter } from '../../../src/shared/review'
import { addItem, draftPairs, pair, temporaryProject } from '../../support/temporaryProject'

const reviewer = 'Ada'
let project: Project
beforeEach(() => {
  project = temporaryProject()
})

/** Two runs over the same items, so that ids do not rise with the items. */
function draftTwice(items: number, each: number): void {
  const itemIds = Array.from({ length: items }, (_, index) => addItem(project.db, `item ${index}`))
  for (const run of ['first', 'second'])
    draftPairs(
      project.db,
      itemIds.map((itemId) => ({ itemId, pairs: Array.from({ length: each }, (_, n) => pair(`thing ${n} of the ${run} run`)) })),
    )
}

const all = (filter: CandidateFilter) => listCandidates(project.db, filter, null, 10_000, reviewer).candidates.map(({ id }) => id)
const at = (filter: CandidateFilter, from: number, limit: number) => idsAt(project.db, { filter, reviewer, from, limit })

describe('rows by their place', () => {
  test('are those of the queue, wherever one begins, and none beyond the last', async () => {
    draftTwice(30, 25)
    for (const id of all({}).filter((_, index) => index % 3 === 0)) decide(project.db, { candidateId: id, verdict: 'accept', reviewer })
    for (const filter of [
      {},
      { states: ['pending'] },
      { states: ['pending', 'accepted'] },
      { query: 'second' },
    ] satisfies CandidateFilter[]) {
      const ids = all(filter)
      expect(ids.length).toBeGreaterThan(500)
      for (const from of [0, 7, 499, 500, 501, ids.length - 3]) expect(await at(filter, from, 10)).toEqual(ids.slice(from, from + 10))
      expect(await at(filter, ids.length, 10)).toEqual([])
      expect(await at(filter, 1_000_000, 10)).toEqual([])
    }
  })

  test('follow a change at once', async () => {
    draftTwice(30, 25)
    const before = await at({ states: ['pending'] }, 600, 5)
    const [first = 0] = all({})
    decide(project.db, { candidateId: first, verdict: 'accept', reviewer })
    expect(await at({ states: ['pending'] }, 599, 5)).toEqual(before)
  })

  test('have a key behind which the queue goes on, also in the middle of what is found in contexts', async () => {
    const item = saveItem(project.db, { sourceId: 'lamp', context: { captions: ['A lamp.'] }, mediaIds: [] }).id
    draftPairs(project.db, [{ itemId: item, pairs: [pair('a boat'), pair('a lamp'), pair('a hill'), pair('a tree')] }])
    const ids = all({ query: 'lamp' })
    expect(ids).toHaveLength(4)
    for (const [place, id] of ids.entries()) {
      const [key] = await keysAt(project.db, { filter: { query: 'lamp' }, reviewer, from: place, limit: 1 })
      expect(key).toMatchObject({ id })
      const rest = listCandidates(project.db, { query: 'lamp' }, key ?? null, 10, reviewer).candidates.map((one) => one.id)
      expect(rest).toEqual(ids.slice(place + 1))
    }
  })

  test('say what was put on a pair and decided about it; an undone decision is nobody’s', () => {
    const itemId = addItem(project.db, 'one')
    const [id = 0, other = 0] = draftPairs(project.db, [{ itemId, pairs: [pair('a lamp'), pair('a boat')] }])
    setFlag(project.db, id, 'Bo', true)
    setTag(project.db, id, 'dark', true)
    addComment(project.db, id, reviewer, '<b>Hm</b>')
    setRating(project.db, id, reviewer, 'helpful', 2)
    setRating(project.db, id, 'Bo', 'correct', 5)
    decide(project.db, { candidateId: id, verdict: 'reject', reviewer, reason: 'trivial' })
    decide(project.db, { candidateId: other, verdict: 'accept', reviewer })
    decide(project.db, { candidateId: other, verdict: 'reopen', reviewer })
    const [one, two] = readTableRows(project.db, [id, other])
    expect(one).toMatchObject({ flaggedBy: ['Bo'], tags: ['dark'], comments: ['<b>Hm</b>'], rating: 3.5, reviewer, language: null })
    expect(two).toMatchObject({ flaggedBy: [], tags: [], comments: [], rating: null, reviewer: null, decidedAt: null })
  })
})

describe('words that are searched for', () => {
  test('find those that say them first, then comments, then contexts, each once', () => {
    const lamp = saveItem(project.db, { sourceId: 'lamp', context: { captions: ['A lamp.'] }, mediaIds: [] }).id
    const other = addItem(project.db, 'other')
    const [inContext = 0, inAll = 0] = draftPairs(project.db, [{ itemId: lamp, pairs: [pair('a boat'), pair('a lamp')] }])
    const [inComment = 0, inText = 0] = draftPairs(project.db, [{ itemId: other, pairs: [pair('a hill'), pair('two lamps')] }])
    for (const id of [inComment, inAll]) addComment(project.db, id, reviewer, 'Is this a lamp?')
    expect(all({ query: 'lam' })).toEqual([inAll, inText, inComment, inContext])
    for (const query of ['*', '"', '%', '🚀', '…'])
      expect([all({ query }), countCandidates(project.db, { query }), countUpTo(project.db, { query }, 10, reviewer)]).toEqual([[], 0, 0])
    expect(all({ query: ' ' })).toEqual(all({}))
    expect(countUpTo(project.db, { query: 'lam' }, 100)).toBe(4)
    expect(countCandidates(project.db, { query: 'lam' })).toBe(4)
    expect(countUpTo(project.db, { query: 'lam' }, 2)).toBe(2)
  })

  test('may be unfinished in any script, and need not carry their marks', () => {
    const itemId = addItem(project.db, 'one')
    const [one = 0, two = 0] = draftPairs(project.db, [{ itemId, pairs: [pair('the Fähre'), pair('灯塔旁边')] }])
    expect(all({ query: 'fah' })).toEqual([one])
    expect(all({ query: 'FÄH' })).toEqual([one])
    expect(all({ query: '灯' })).toEqual([two])
  })

  test('of which hundreds begin so are looked for as they stand', () => {
    const itemId = addItem(project.db, 'one')
    const ids = draftPairs(project.db, [
      { itemId, pairs: [...Array.from({ length: 310 }, (_, n) => pair(`q${n.toString(36)}x`)), pair('the letter q')] },
    ])
    expect(all({ query: 'q' })).toEqual(ids.slice(-1))
    expect(all({ query: 'q9x' })).toHaveLength(1)
  })
})

describe('the language of a pair', () => {
  const draft = () => {
    const itemId = addItem(project.db, 'one')
    return draftPairs(project.db, [
      {
        itemId,
        pairs: [
          { instruction: 'What lights the rocket?', response: 'The lamps light the base of the rocket.' },
          { instruction: 'Wat verlicht de raket?', response: 'De lampen verlichten de voet van de raket.' },
          { instruction: '7', response: '8' },
        ],
      },
    ])
  }

  test('is told for all that wait, and found by', async () => {
    const [english = 0, dutch = 0, neither = 0] = draft()
    expect(countUnnamed(project.db)).toBe(3)
    expect(await nameLanguages(project.db)).toBe(3)
    expect(countUnnamed(project.db)).toBe(0)
    expect(listLanguages(project.db)).toEqual(['en', 'nl', 'und'])
    expect(all({ language: 'nl' })).toEqual([dutch])
    expect(all({ language: 'en', states: ['pending'] })).toEqual([english])
    expect(all({ language: 'und' })).toEqual([neither])
  })

  test('waits once where a new draft was edited', () => {
    const [english = 0] = draft()
    decide(project.db, { candidateId: english, verdict: 'edit', reviewer, pair: pair('another') })
    expect(countUnnamed(project.db)).toBe(3)
  })

  test('is told again when the text is edited, and new drafts are told alone', async () => {
    const [english = 0] = draft()
    await nameLanguages(project.db)
    const dutch = { instruction: 'Wat is dit voor een gebouw?', response: 'Het is een oude kerk in de stad.' }
    decide(project.db, { candidateId: english, verdict: 'edit', reviewer, pair: dutch })
    expect(countUnnamed(project.db)).toBe(1)
    expect([countUnnamed(project.db, reviewer), countUnnamed(project.db, 'Somebody else')]).toEqual([1, 0])
    expect(await nameLanguages(project.db)).toBe(1)
    expect(all({ language: 'en' })).toEqual([])
    expect(all({ language: 'nl' })).toContain(english)
  })
})

test('similar pairs are a filter that keeps their order and combines with others', () => {
  const itemId = addItem(project.db, 'one')
  const [lamp = 0, same = 0, near = 0, other = 0] = draftPairs(project.db, [
    { itemId, pairs: [pair('a red lamp'), pair('a red lamp'), pair('a red boat'), pair('some hill')] },
  ])
  expect(all({ similarTo: lamp }).slice(0, 2)).toEqual([same, near])
  expect(all({ similarTo: lamp })).not.toContain(lamp)
  expect(countCandidates(project.db, { similarTo: lamp })).toBe(all({ similarTo: lamp }).length)
  decide(project.db, { candidateId: same, verdict: 'reject', reviewer })
  expect(all({ similarTo: lamp, states: ['pending'] })[0]).toBe(near)
  expect(all({ similarTo: other, states: ['accepted'] })).toEqual([])
})
