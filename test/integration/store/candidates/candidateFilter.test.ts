import { beforeEach, describe, expect, test } from 'vitest'
import type { Project } from '../../../../src/main/project/project'
import { countCandidates, listCandidates, listSimilarCandidates } from '../../../../src/main/store/candidates/candidates'
import { decide } from '../../../../src/main/store/decisions/decisions'
import { saveItem } from '../../../support/saveItem'
import { addComment, readMarks, removeComment, setFlag, setRating, setTag } from '../../../../src/main/store/candidates/marks'
import { savePromptVersion } from '../../../../src/main/store/project/prompts'
import { listQueue } from '../../../../src/main/store/candidates/queueOrder'
import { listSavedViews, removeView, saveView } from '../../../../src/main/store/candidates/reviewDesk'
import { type CandidateFilter, joinReasons } from '../../../../src/shared/review'
import { draftPairs, pair, temporaryProject } from '../../../support/temporaryProject'

const reviewer = 'Ada'
let project: Project
/** 0 and 1 of item one, 2 of item two, 3 of item one in a second run by a second prompt version */
let ids: number[]
beforeEach(() => {
  project = temporaryProject()
  const item = (sourceId: string, caption: string) => saveItem(project.db, { sourceId, context: { captions: [caption] }, mediaIds: [] }).id
  const one = item('one', 'A lighthouse by the sea.')
  const two = item('two', 'A market in the rain.')
  ids = draftPairs(project.db, [
    { itemId: one, pairs: [pair('the lamp'), pair('the boat')] },
    { itemId: two, pairs: [pair('the umbrella')] },
  ])
  savePromptVersion(project.db, { systemMessage: 'Another.', contextTemplate: '{{ captions }}', outputForm: 'pairs' })
  ids.push(...draftPairs(project.db, [{ itemId: one, pairs: [pair('the lamp again')], exemplarIds: [ids[2] ?? 0] }]))
})

const found = (filter: CandidateFilter, by = reviewer) => {
  const { candidates } = listCandidates(project.db, filter, null, 50, by)
  expect(countCandidates(project.db, filter, by)).toBe(candidates.length)
  return candidates.map(({ id }) => ids.indexOf(id)).toSorted()
}
const at = (index: number) => ids[index] ?? 0

describe('a filter of pairs', () => {
  test('finds words of the pair, of a comment, and of the item’s context', () => {
    addComment(project.db, at(2), 'Bo', 'Is this a parasol?')
    expect(found({ query: 'boat' })).toEqual([1])
    expect(found({ query: 'paras' })).toEqual([2])
    expect(found({ query: 'lighthouse' })).toEqual([0, 1, 3])
    expect(found({ query: 'lamp' })).toEqual([0, 3])
    expect(found({ query: 'nowhere' })).toEqual([])
  })

  test('finds by run, prompt version and the exemplar of the prompt', () => {
    const [first, last] = [0, 3].map((index) => listCandidates(project.db, {}, null, 50).candidates.find(({ id }) => id === at(index)))
    expect(found({ runId: last?.runId ?? 0 })).toEqual([3])
    expect(found({ promptVersionId: first?.promptVersionId ?? 0 })).toEqual([0, 1, 2])
    expect(found({ promptVersionId: last?.promptVersionId ?? 0 })).toEqual([3])
    expect(found({ exemplarId: at(2) })).toEqual([3])
  })

  test('finds flags of anybody and one’s own, tags and comments', () => {
    setFlag(project.db, at(0), reviewer, true)
    setFlag(project.db, at(1), 'Bo', true)
    setTag(project.db, at(1), 'colour', true)
    addComment(project.db, at(2), reviewer, 'Hm.')
    expect(found({ flagged: 'any' })).toEqual([0, 1])
    expect(found({ flagged: 'mine' })).toEqual([0])
    expect(found({ flagged: 'mine' }, 'Bo')).toEqual([1])
    expect(found({ tag: 'colour' })).toEqual([1])
    expect(found({ commented: true })).toEqual([2])
  })

  test('finds each of several reasons, and one with a note', () => {
    decide(project.db, { candidateId: at(0), verdict: 'reject', reviewer, reason: joinReasons(['trivial', 'wrong fact']) })
    decide(project.db, { candidateId: at(1), verdict: 'reject', reviewer, reason: 'other: too long' })
    decide(project.db, { candidateId: at(2), verdict: 'reject', reviewer, reason: 'not trivial' })
    expect(found({ reason: 'trivial' })).toEqual([0])
    expect(found({ reason: 'wrong fact' })).toEqual([0])
    expect(found({ reason: 'other' })).toEqual([1])
    expect(found({ reason: 'fact' })).toEqual([])
  })

  test('finds by who decided and when; an undone decision does not count', () => {
    const from = Date.now()
    decide(project.db, { candidateId: at(0), verdict: 'accept', reviewer })
    decide(project.db, { candidateId: at(1), verdict: 'accept', reviewer: 'Bo' })
    decide(project.db, { candidateId: at(1), verdict: 'reopen', reviewer: 'Bo' })
    expect(found({ reviewer })).toEqual([0])
    expect(found({ reviewer: 'Bo' })).toEqual([])
    expect(found({ decidedFrom: from, decidedBefore: Date.now() + 1 })).toEqual([0])
    expect(found({ decidedBefore: from })).toEqual([])
  })

  test('all parts must hold, in any combination', () => {
    setFlag(project.db, at(0), reviewer, true)
    setFlag(project.db, at(2), reviewer, true)
    decide(project.db, { candidateId: at(0), verdict: 'accept', reviewer })
    expect(found({ flagged: 'mine', states: ['accepted', 'pending'], query: 'lamp', reviewer })).toEqual([0])
    expect(found({ flagged: 'mine', states: ['pending'] })).toEqual([2])
    expect(found({ flagged: 'mine', states: ['pending'], query: 'lamp' })).toEqual([])
  })

  test('is kept under a name, replaced under the same, and removed', () => {
    saveView(project.db, 'mine', { flagged: 'mine' })
    saveView(project.db, 'mine', { flagged: 'mine', states: ['pending'] })
    saveView(project.db, 'all', {})
    const views = listSavedViews(project.db)
    expect(views.map(({ name, filter }) => [name, filter])).toEqual([
      ['all', {}],
      ['mine', { flagged: 'mine', states: ['pending'] }],
    ])
    removeView(project.db, views[0]?.id ?? 0)
    expect(listSavedViews(project.db).map(({ name }) => name)).toEqual(['mine'])
  })
})

describe('the order of a queue', () => {
  const queue = (order: Parameters<typeof listQueue>[1]['order'], seed = 1, filter: CandidateFilter = {}) =>
    listQueue(project.db, { filter, order, reviewer, seed }).map((id) => ids.indexOf(id))

  test('is by item, or the least reviewed item, the flagged ones or the newest run first', () => {
    expect(queue('import')).toEqual([0, 1, 3, 2])
    setFlag(project.db, at(2), 'Bo', true)
    expect(queue('flagged')).toEqual([2, 0, 1, 3])
    expect(queue('run')).toEqual([3, 0, 1, 2])
    decide(project.db, { candidateId: at(0), verdict: 'accept', reviewer })
    expect(queue('leastReviewed')).toEqual([2, 0, 1, 3])
    expect(queue('leastReviewed', 1, { states: ['pending'] })).toEqual([2, 1, 3])
  })

  test('by chance is the same for the same seed and holds every pair once', () => {
    expect(queue('random', 7)).toEqual(queue('random', 7))
    expect(queue('random', 7).toSorted()).toEqual([0, 1, 2, 3])
    expect(new Set(Array.from({ length: 20 }, (_, seed) => queue('random', seed).join())).size).toBeGreaterThan(5)
  })

  test('by chance stays as it was among the pairs that are left, so it goes on after a restart', () => {
    const before = queue('random', 7, { states: ['pending'] })
    decide(project.db, { candidateId: at(before[1] ?? 0), verdict: 'accept', reviewer })
    expect(queue('random', 7, { states: ['pending'] })).toEqual(before.filter((_, place) => place !== 1))
  })
})

describe('marks on a pair', () => {
  test('flags, tags, comments and ratings are read as they were put on', () => {
    setFlag(project.db, at(0), 'Bo', true)
    setFlag(project.db, at(0), 'Bo', true)
    setTag(project.db, at(0), 'colour', true)
    setRating(project.db, at(0), reviewer, 'helpful', 2)
    setRating(project.db, at(0), reviewer, 'helpful', 4)
    setRating(project.db, at(0), 'Bo', 'correct', 1)
    addComment(project.db, at(0), reviewer, '<b>Look</b>')
    const marks = readMarks(project.db, at(0), reviewer)
    expect(marks).toMatchObject({ flaggedBy: ['Bo'], tags: ['colour'], ratings: [{ quality: 'helpful', value: 4 }] })
    expect(marks.comments).toMatchObject([{ reviewer, body: '<b>Look</b>' }])
    setRating(project.db, at(0), reviewer, 'helpful', null)
    setFlag(project.db, at(0), 'Bo', false)
    expect(readMarks(project.db, at(0), reviewer)).toMatchObject({ flaggedBy: [], ratings: [] })
  })

  test('a comment is withdrawn by who wrote it alone, and is not found any more', () => {
    addComment(project.db, at(0), 'Bo', 'zebra')
    const id = readMarks(project.db, at(0), 'Bo').comments[0]?.id ?? 0
    expect(() => removeComment(project.db, id, reviewer)).toThrow(`Comment ${id} by Ada does not exist.`)
    removeComment(project.db, id, 'Bo')
    expect(found({ query: 'zebra' })).toEqual([])
  })
})

test('similar pairs share rare words with a pair, which is not among them', () => {
  expect(listSimilarCandidates(project.db, at(0), 10).map(({ id }) => ids.indexOf(id))[0]).toBe(3)
  expect(listSimilarCandidates(project.db, at(0), 10).map(({ id }) => id)).not.toContain(at(0))
})
