import { beforeEach, describe, expect, test } from 'vitest'
import type { Project } from '../../../../src/main/project/project'
import { decide } from '../../../../src/main/store/decisions/decisions'
import { pinExemplar } from '../../../../src/main/store/candidates/exemplars'
import { saveLanguages } from '../../../../src/main/store/candidates/languages'
import { addComment, setFlag, setRating, setTag } from '../../../../src/main/store/candidates/marks'
import { listSorted } from '../../../../src/main/store/candidates/tableRows'
import { type SortColumn, sortColumnSchema } from '../../../../src/shared/table'
import { addItem, draftPairs, pair, temporaryProject } from '../../../support/temporaryProject'

let project: Project
let ids: number[]

const sorted = (column: SortColumn, descending = false, filter = {}) =>
  listSorted(project.db, { filter, sort: { kind: 'column', column, descending }, reviewer: 'Ada' }).map((id) => ids.indexOf(id))

beforeEach(() => {
  project = temporaryProject()
  const [tree, boat] = [addItem(project.db, 'tree'), addItem(project.db, 'Boat')]
  ids = draftPairs(project.db, [
    { itemId: tree, pairs: [pair('the wind'), pair('a Zebra'), pair('the wind')] },
    { itemId: boat, pairs: [pair('an apple')] },
  ])
})

describe('the ids of a sorted table', () => {
  test('follow texts and names without regard to capitals, and what is the same keeps the order of import', () => {
    expect(sorted('instruction')).toEqual([1, 3, 0, 2])
    expect(sorted('response', true)).toEqual([0, 2, 3, 1])
    expect(sorted('item')).toEqual([3, 0, 1, 2])
    expect(sorted('item', true)).toEqual([0, 1, 2, 3])
  })

  test('follow what was decided: the state as the keys are, the reviewer, the time and the reasons; undecided ones come last either way', () => {
    decide(project.db, { candidateId: ids[2] ?? 0, verdict: 'reject', reason: 'trivial', reviewer: 'Grace' })
    decide(project.db, { candidateId: ids[0] ?? 0, verdict: 'accept', reviewer: 'Ada' })
    expect(sorted('state')).toEqual([1, 3, 0, 2])
    expect(sorted('state', true)).toEqual([2, 0, 1, 3])
    expect(sorted('reviewer')).toEqual([0, 2, 1, 3])
    expect(sorted('reviewer', true)).toEqual([2, 0, 1, 3])
    expect(sorted('decidedAt').slice(2)).toEqual([1, 3])
    expect(sorted('reasons', true)).toEqual([2, 0, 1, 3])
  })

  test('follow marks, ratings, languages and pins', () => {
    const [first = 0, , third = 0, fourth = 0] = ids
    setFlag(project.db, third, 'Ada', true)
    setTag(project.db, fourth, 'b', true)
    setTag(project.db, third, 'c', true)
    addComment(project.db, third, 'Ada', 'why?')
    setRating(project.db, first, 'Ada', 'correct', 2)
    setRating(project.db, fourth, 'Ada', 'correct', 5)
    saveLanguages(project.db, [
      { id: first, text: '', language: 'nl' },
      { id: fourth, text: '', language: 'en' },
    ])
    decide(project.db, { candidateId: fourth, verdict: 'accept', reviewer: 'Ada' })
    pinExemplar(project.db, fourth, true)
    expect(sorted('flag')).toEqual([2, 0, 1, 3])
    expect(sorted('tags')).toEqual([3, 2, 0, 1])
    expect(sorted('tags', true)).toEqual([2, 3, 0, 1])
    expect(sorted('comments', true)).toEqual([2, 0, 1, 3])
    expect(sorted('rating')).toEqual([0, 3, 1, 2])
    expect(sorted('rating', true)).toEqual([3, 0, 1, 2])
    expect(sorted('language')).toEqual([3, 0, 1, 2])
    expect(sorted('exemplar')).toEqual([3, 0, 1, 2])
  })

  test('are those that the filter finds, each once, by every column and with every part of a filter', () => {
    const filter = { states: ['pending'], query: 'wind', decidedFrom: undefined, flagged: undefined } as const
    for (const column of sortColumnSchema.options)
      for (const descending of [false, true]) {
        expect(sorted(column, descending, filter).toSorted()).toEqual([0, 2])
        expect(sorted(column, descending, { reviewer: 'Ada', decidedFrom: 1, language: 'en', kind: 'detail', reason: 'trivial' })).toEqual(
          [],
        )
        expect(sorted(column, descending).toSorted()).toEqual([0, 1, 2, 3])
      }
  })
})
