import { afterEach, beforeEach, expect, test } from 'vitest'
import { closeProject, type Project } from '../../../../src/main/project/project'
import { listApproved } from '../../../../src/main/store/candidates/approved'
import { countCandidates, listCandidates } from '../../../../src/main/store/candidates/candidates'
import { readCounts } from '../../../../src/main/store/candidates/counts'
import { listExemplars, listRecentExemplars } from '../../../../src/main/store/candidates/exemplars'
import { findNearestInQueue } from '../../../../src/main/store/candidates/nearestInQueue'
import { readColdStart } from '../../../../src/main/store/decisions/coldStart'
import { decide } from '../../../../src/main/store/decisions/decisions'
import { readStats } from '../../../../src/main/store/candidates/counts'
import { countItemStates, listItemIds, listItemsById, listSortedItemIds } from '../../../../src/main/store/library/itemList'
import { saveItem } from '../../../support/saveItem'
import { getStanding, setStanding, undoOrRedoStanding } from '../../../../src/main/store/library/leftOut'
import { currentPromptVersion } from '../../../../src/main/store/project/prompts'
import { createRun, endRun, lastUnfinishedRun, listRemainingItemIds } from '../../../../src/main/store/runs/runs'
import { listSimilarExemplars } from '../../../../src/main/store/search/similarPool'
import { defaultGenerationSettings, defaultProviderSettings } from '../../../../src/shared/domain'
import { addItem, draftPairs, pair, temporaryProject } from '../../../support/temporaryProject'

let project: Project
let [cat, dog, owl] = [0, 0, 0]
const reviewer = 'Ada'
const pending = { states: ['pending' as const] }
const setting = { settings: { provider: defaultProviderSettings, generation: defaultGenerationSettings } }

beforeEach(() => {
  project = temporaryProject()
  const { db } = project
  ;[cat, dog, owl] = ['cat', 'dog', 'owl'].map((name) => addItem(db, name)) as [number, number, number]
  const drafts = [cat, dog].map((itemId) => ({ itemId, pairs: [pair(`one ${itemId}`), pair(`two ${itemId}`)] }))
  for (const candidateId of draftPairs(db, drafts).filter((_, place) => place % 2 === 0))
    decide(db, { candidateId, verdict: 'accept', reviewer })
})
afterEach(() => closeProject(project))

/** What each part of the program finds. */
const found = () => {
  const { db } = project
  return {
    drafted: listItemIds(db),
    queue: listCandidates(db, pending, null, 10).candidates.map(({ itemId }) => itemId),
    queueSize: countCandidates(db, pending),
    counts: readCounts(db),
    exported: [...listApproved(db)].map(({ itemId }) => itemId),
    exemplars: listRecentExemplars(db, { limit: 9, excludeItemId: 0 }).map(({ itemId }) => itemId),
    pool: listExemplars(db, 9).map(({ candidate }) => candidate.itemId),
    similar: listSimilarExemplars(db, { itemId: owl, limit: 9 }).map(({ itemId }) => itemId),
    coldStart: readColdStart(db).accepted,
    items: readStats(db).items,
  }
}

test.each(['excluded', 'deleted'] as const)('an item that is %s takes part in nothing, and undo brings back all of it', (standing) => {
  const before = found()
  expect(before).toMatchObject({ drafted: [cat, dog, owl], queue: [cat, dog], exported: [cat, dog], items: 3 })
  expect(setStanding(project.db, { ids: [dog], standing, reviewer })).toBe(1)
  expect(found()).toEqual({
    drafted: [cat, owl],
    queue: [cat],
    queueSize: 1,
    counts: { pending: 1, accepted: 1, edited: 0, rejected: 0, ignored: 0 },
    exported: [cat],
    exemplars: [cat],
    pool: [cat],
    similar: before.similar.filter((id) => id !== dog),
    coldStart: 1,
    items: 2,
  })
  expect(undoOrRedoStanding(project.db, reviewer, 'undo')).toEqual({ items: 1, standing: 'included' })
  expect(found()).toEqual(before)
  expect(undoOrRedoStanding(project.db, reviewer, 'redo')).toEqual({ items: 1, standing })
  expect(getStanding(project.db, dog)).toBe(standing)
})

test('counts follow decisions on pairs of items that come back', () => {
  const { db } = project
  const [first] = listCandidates(db, { ...pending, itemId: dog }, null, 1).candidates
  setStanding(db, { ids: [dog], standing: 'excluded', reviewer })
  expect(readCounts(db).pending).toBe(1)
  decide(db, { candidateId: first?.id ?? 0, verdict: 'reject', reason: 'trivial', reviewer })
  expect(readCounts(db)).toMatchObject({ pending: 1, rejected: 0 })
  setStanding(db, { ids: [dog], standing: 'included', reviewer })
  expect(readCounts(db)).toMatchObject({ pending: 1, rejected: 1, accepted: 2 })
})

test('excluded items are seen in the library, deleted ones only where they are asked for', () => {
  const { db } = project
  setStanding(db, { ids: [dog], standing: 'excluded', reviewer })
  setStanding(db, { ids: [owl], standing: 'deleted', reviewer })
  const shown = (state: Parameters<typeof listSortedItemIds>[1]['state']) => listSortedItemIds(db, { state }, 'import')
  expect(shown('all')).toEqual([cat, dog])
  expect(shown('excluded')).toEqual([dog])
  expect(shown('deleted')).toEqual([owl])
  expect(shown('pending')).toEqual([cat])
  expect(countItemStates(db, undefined)).toEqual({ all: 2, undrafted: 0, pending: 1, reviewed: 0, excluded: 1, deleted: 1 })
  expect(listItemsById(db, [owl, dog]).map(({ sourceId, standing }) => [sourceId, standing])).toEqual([
    ['owl', 'deleted'],
    ['dog', 'excluded'],
  ])
})

test('items are sorted by name, newest, state and pending pairs', () => {
  const { db } = project
  draftPairs(db, [{ itemId: dog, pairs: [pair('three')] }])
  const sorted = (sort: Parameters<typeof listSortedItemIds>[2]) => listSortedItemIds(db, { state: 'all' }, sort)
  const ant = addItem(db, 'Ant')
  expect(sorted('name')).toEqual([ant, cat, dog, owl])
  expect(sorted('newest')).toEqual([ant, owl, dog, cat])
  expect(sorted('state')).toEqual([owl, ant, cat, dog])
  expect(sorted('pending')).toEqual([dog, cat, owl, ant])
})

test('an item that a run drafts for is not left out, and is named with the run', () => {
  const { db } = project
  const run = createRun(db, { promptVersionId: currentPromptVersion(db).id, ...setting, itemIds: [owl] })
  expect(() => setStanding(db, { ids: [cat, owl], standing: 'deleted', reviewer })).toThrow(`owl is being drafted in run ${run.id}`)
  expect(getStanding(db, cat)).toBe('included')
  endRun(db, run.id, 'interrupted')
  setStanding(db, { ids: [owl], standing: 'deleted', reviewer })
  expect(listRemainingItemIds(db, run.id)).toEqual([])
  expect(lastUnfinishedRun(db)).toBeUndefined()
})

test('undo leaves alone what another has changed since, and a new step ends what could be done again', () => {
  const { db } = project
  setStanding(db, { ids: [cat, dog], standing: 'excluded', reviewer })
  setStanding(db, { ids: [cat], standing: 'deleted', reviewer: 'Bo' })
  undoOrRedoStanding(db, reviewer, 'undo')
  expect([cat, dog].map((id) => getStanding(db, id))).toEqual(['deleted', 'included'])
  setStanding(db, { ids: [owl], standing: 'excluded', reviewer })
  expect(undoOrRedoStanding(db, reviewer, 'redo')).toBeNull()
})

test('a deleted item that is imported again comes back with what is imported', () => {
  const { db } = project
  setStanding(db, { ids: [owl], standing: 'deleted', reviewer })
  const again = saveItem(db, { sourceId: 'owl', context: { captions: ['An owl at night.'] }, mediaIds: [] })
  expect(again).toEqual({ id: owl, result: 'added' })
  expect(getStanding(db, owl)).toBe('included')
  expect(listItemsById(db, [owl])[0]?.excerpt).toBe('An owl at night.')
  setStanding(db, { ids: [owl], standing: 'excluded', reviewer })
  expect(saveItem(db, { sourceId: 'owl', context: { captions: ['An owl at night.'] }, mediaIds: [] }).result).toBe('unchanged')
  expect(getStanding(db, owl)).toBe('excluded')
})

test('a pair is found again in its queue, or the one after it, or the first', () => {
  const { db } = project
  const ids = listCandidates(db, pending, null, 10).candidates.map(({ id }) => id)
  const nearest = (id: number) => {
    const place = findNearestInQueue(db, pending, id, reviewer)
    return place && [place.candidate.id, place.before]
  }
  expect(nearest(ids[1] ?? 0)).toEqual([ids[1], 1])
  decide(db, { candidateId: ids[0] ?? 0, verdict: 'ignore', reviewer })
  expect(nearest(ids[0] ?? 0)).toEqual([ids[1], 0])
  expect(nearest(999)).toEqual([ids[1], 0])
  decide(db, { candidateId: ids[1] ?? 0, verdict: 'ignore', reviewer })
  expect(nearest(ids[1] ?? 0)).toBeNull()
})
