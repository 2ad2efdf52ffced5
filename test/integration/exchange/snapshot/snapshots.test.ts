import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { TestProject } from '../../../support/exportProject'
import { newSnapshotProject, take } from '../../../support/snapshotProject'
import { setQuality } from '../../../support/desk'
import { setFlag, setRating, setTag } from '../../../../src/main/store/candidates/marks'
import { decide, undo } from '../../../../src/main/store/decisions/decisions'
import { setStanding } from '../../../../src/main/store/library/leftOut'
import { refreshReviews } from '../../../../src/main/store/quality/secondReviews'
import { createSnapshot } from '../../../../src/main/exchange/snapshot/createSnapshot'
import { diffSnapshots, listDifferences } from '../../../../src/main/store/snapshots/diffSnapshots'
import { previewSnapshot } from '../../../../src/main/store/snapshots/snapshotFilter'
import { listSnapshotPairs } from '../../../../src/main/store/snapshots/snapshotPairs'
import { listSnapshots, requireSnapshot } from '../../../../src/main/store/snapshots/snapshots'
import { saveRunProvider, claimRun, endRun } from '../../../../src/main/store/runs/runs'
import { write } from '../../../../src/main/store/sql/transaction'
import { replaceItem, encodeContext } from '../../../../src/main/store/library/items'
import { deleteUnshownMedia } from '../../../../src/main/store/library/media'
import { splitSchema } from '../../../../src/shared/domain'
import type { SnapshotFilter } from '../../../../src/shared/snapshot'

let project: TestProject
beforeEach(async () => {
  project = await newSnapshotProject()
})
afterEach(() => project.remove())

const held = (id: number, states = ['accepted', 'edited', 'rejected'] as const) => [
  ...listSnapshotPairs(project.db, { snapshotId: id, states: [...states] }),
]
const edit = (candidateId: number, response: string) =>
  decide(project.db, { candidateId, verdict: 'edit', pair: { instruction: 'What?', response }, reviewer: 'Cy', seconds: 1 })

describe('a snapshot', () => {
  test('has facts of its pairs', async () => {
    const { facts, contentHash, createdBy } = await take(project, 'first', { shares: { train: 60, validation: 20, test: 20 } })
    expect(createdBy).toBe('Ada')
    expect(contentHash).toMatch(/^[0-9a-f]{64}$/)
    const { splits, ...counts } = facts.counts
    expect(counts).toEqual({ pairs: 30, items: 10, media: 9, accepted: 20, edited: 10, demo: 0, human: 0, rejected: 10 })
    expect(splitSchema.options.reduce((sum, split) => sum + splits[split].pairs, 0)).toBe(30)
    expect(splits.validation.pairs).toBe(6)
    expect(facts.promptVersions).toEqual([{ id: 1, name: null, pairs: 30 }])
    expect(facts.models).toEqual([
      {
        kind: 'openai',
        model: 'gpt-4.1-mini',
        prices: null,
        pairs: 30,
        promptTokens: 10,
        completionTokens: 10,
        cost: expect.closeTo(0.00002, 8),
      },
    ])
    expect(facts.reviewers.reduce((sum, { pairs }) => sum + pairs, 0)).toBe(30)
    expect(facts.languages).toEqual([{ language: 'en', pairs: 30 }])
    expect(facts.licences).toEqual([
      { name: 'CC BY 4.0', items: 6 },
      { name: 'CC0', items: 4 },
    ])
  })

  test('puts items with the same or nearly the same image into one split, whatever the seed', async () => {
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const { id } = await take(project, `seed ${seed}`, { shares: { train: 34, validation: 33, test: 33 }, seed })
      const splitOf = new Map(held(id).map(({ itemSourceId, split }) => [itemSourceId, split]))
      expect(new Set(splitOf.values()).size).toBe(3)
      expect(splitOf.get('item-8')).toBe(splitOf.get('item-1'))
      expect(splitOf.get('item-9')).toBe(splitOf.get('item-7'))
    }
  })

  test('stays as it was after edits, undo, rejections, deleted items, new media and contexts, and other settings of a run', async () => {
    const { id, ...before } = await take(project, 'first')
    const pairs = held(id)
    edit(1, 'Changed.')
    edit(2, 'Changed, too.')
    undo(project.db, 'Cy')
    decide(project.db, { candidateId: 3, verdict: 'reject', reason: 'trivial', reviewer: 'Cy', seconds: 1 })
    decide(project.db, { candidateId: 4, verdict: 'accept', reviewer: 'Cy', seconds: 1 })
    setStanding(project.db, { ids: [2, 3], standing: 'deleted', reviewer: 'Cy' })
    write(project.db, () => {
      const shown = replaceItem(project.db, 4, { ...encodeContext('item-3', { captions: ['Another.'] }), mediaIds: [1] })
      deleteUnshownMedia(project.db, shown)
    })
    claimRun(project.db, 1)
    const settings = pairs[0]?.run?.settings.provider
    if (settings) saveRunProvider(project.db, 1, { ...settings, timeoutMs: 5000 })
    endRun(project.db, 1, 'finished')
    expect(held(id)).toEqual(pairs)
    expect(requireSnapshot(project.db, 'first')).toEqual({ id, ...before })
  })

  test('cannot be changed, extended or deleted', async () => {
    const { id } = await take(project, 'first')
    edit(1, 'Changed.')
    const { db } = project
    for (const table of ['snapshot', 'snapshot_text', 'snapshot_item', 'snapshot_medium', 'snapshot_pair', 'snapshot_run']) {
      const column = { snapshot: 'name', snapshot_text: 'response', snapshot_item: 'context', snapshot_medium: 'position', snapshot_pair: 'split', snapshot_run: 'settings' }[table] // prettier-ignore
      expect(() => db.exec(`UPDATE ${table} SET ${column} = ${column}`)).toThrow('snapshots are immutable')
      expect(() => db.exec(`DELETE FROM ${table}`)).toThrow('snapshots are immutable')
    }
    const more = `INSERT INTO snapshot_pair SELECT snapshot_id, item_id, candidate_id + 1000, text_version, snapshot_item_id, decision_id, state, turn, split FROM snapshot_pair`
    expect(() => db.exec(more)).toThrow('snapshots are immutable')
    await expect(take(project, 'first')).rejects.toMatchObject({ code: 'exists', item: 'first' })
    expect(listSnapshots(db).map((each) => each.id)).toEqual([id])
  })

  test('of the same pairs has the same content hash, and copies a text only when it changes', async () => {
    const first = await take(project, 'first')
    const keptTexts = () => project.db.prepare(`SELECT count(*) FROM snapshot_text`).pluck().get()
    expect((await take(project, 'second')).contentHash).toBe(first.contentHash)
    expect(keptTexts()).toBe(0)
    edit(1, 'Changed.')
    expect(keptTexts()).toBe(1)
    edit(1, 'Changed again.')
    expect(keptTexts()).toBe(1)
    expect((await take(project, 'third')).contentHash).not.toBe(first.contentHash)
    edit(1, 'Changed once more.')
    expect(keptTexts()).toBe(2)
  })

  test('of a text that was changed and changed back is the same', async () => {
    const first = await take(project, 'first')
    const [text] = held(first.id)
    edit(1, 'Changed.')
    undo(project.db, 'Cy')
    const second = await take(project, 'second')
    expect(held(second.id)[0]?.candidate.response).toBe(text?.candidate.response)
    expect(diffSnapshots(project.db, { before: first.id, after: second.id }).changes.text).toBe(0)
  })

  test('leaves nothing behind when it finds no pair', async () => {
    await expect(take(project, 'none', { filter: { tag: 'nobody' } })).rejects.toMatchObject({ code: 'wrong-use', item: 'none' })
    expect(listSnapshots(project.db)).toEqual([])
  })

  test.each(['compare', 'save'] as const)('leaves nothing behind when it is cancelled at the step %s', async (at) => {
    const controller = new AbortController()
    const request = { name: 'cancelled', filter: {}, shares: { train: 80, validation: 10, test: 10 }, seed: 1 }
    const cancelled = createSnapshot(project, request, {
      createdBy: 'Ada',
      signal: controller.signal,
      onProgress: ({ step }) => step === at && controller.abort(new Error('stopped')),
    })
    await expect(cancelled).rejects.toThrow('stopped')
    expect(listSnapshots(project.db)).toEqual([])
    expect(project.db.prepare(`SELECT count(*) FROM snapshot_pair`).pluck().get()).toBe(0)
    expect((await take(project, 'cancelled')).facts.counts.pairs).toBe(30)
  })
})

describe('the filter of a snapshot', () => {
  const found = async (filter: SnapshotFilter) => {
    const { id, facts } = await take(project, JSON.stringify(filter), { filter })
    expect(previewSnapshot(project.db, filter)).toMatchObject({ pairs: facts.counts.pairs, items: facts.counts.items })
    return held(id, ['accepted', 'edited'] as never).map(({ candidate }) => candidate.id)
  }

  test('takes pairs by state, tag, rating, reviewer, language and flag', async () => {
    const { db } = project
    setTag(db, 1, 'sea', true)
    setFlag(db, 2, 'Ada', true)
    setRating(db, 5, 'Ada', 'correct', 5)
    setRating(db, 5, 'Bo', 'correct', 2)
    setRating(db, 6, 'Bo', 'helpful', 4)
    expect(await found({ states: ['edited'] })).toEqual([3, 7, 11, 15, 19, 23, 27, 31, 35, 39])
    expect(await found({ tag: 'sea' })).toEqual([1])
    expect(await found({ flagged: true })).toEqual([2])
    expect(await found({ flagged: false })).toHaveLength(29)
    expect(await found({ rating: 3.5 })).toEqual([5, 6])
    expect(await found({ rating: 4 })).toEqual([6])
    expect(await found({ language: 'en' })).toHaveLength(30)
    await expect(found({ language: 'nl' })).rejects.toMatchObject({ code: 'wrong-use' })
    await expect(found({ reviewer: 'Nobody' })).rejects.toMatchObject({ code: 'wrong-use' })
    expect(await found({ reviewer: 'Ada', states: ['edited'] })).toHaveLength(10)
  })

  test('never takes pairs whose second review is to come, and says so', async () => {
    setQuality(project, { secondLook: { share: 1 } })
    refreshReviews(project.db)
    expect(previewSnapshot(project.db, {})).toEqual({ pairs: 0, items: 0, heldBack: 30 })
    await expect(take(project, 'waiting')).rejects.toMatchObject({ code: 'wrong-use' })
    await expect(take(project, 'agreed', { filter: { secondReview: 'agreed' } })).rejects.toMatchObject({ code: 'wrong-use' })
  })
})

describe('the difference of two snapshots', () => {
  test('names what was added, removed and changed, with both texts', async () => {
    const { db } = project
    const before = await take(project, 'before', { filter: { flagged: false } })
    edit(1, 'A new text.')
    decide(db, { candidateId: 2, verdict: 'reject', reason: 'trivial', reviewer: 'Cy', seconds: 1 })
    decide(db, { candidateId: 4, verdict: 'accept', reviewer: 'Cy', seconds: 1 })
    write(db, () => void replaceItem(db, 5, { ...encodeContext('item-4', { captions: ['Number 4.'] }), mediaIds: [1] }))
    const after = await take(project, 'after', { shares: { train: 0, validation: 100, test: 0 } })
    const two = { before: before.id, after: after.id }
    expect(diffSnapshots(db, two)).toEqual({
      ...{ added: 1, removed: 1, changed: 29, unchanged: 0 },
      changes: { text: 1, media: 3, context: 3, split: 29, decision: 1 },
    })
    const { entries, next } = listDifferences(db, two, { cursor: null, limit: 200 })
    expect(next).toBeNull()
    expect(entries).toHaveLength(31)
    expect(entries[0]).toMatchObject({
      ...{ candidateId: 1, item: 'item-0', kind: 'changed', changes: ['text', 'split', 'decision'] },
      before: { state: 'accepted', split: 'train' },
      after: { state: 'edited', split: 'validation', response: 'A new text.', reviewer: 'Cy' },
    })
    expect(entries[1]).toMatchObject({ candidateId: 2, kind: 'removed', after: null })
    expect(entries[3]).toMatchObject({ candidateId: 4, kind: 'added', before: null })
    const changed = entries.find(({ item }) => item === 'item-4')
    expect(changed?.changes).toEqual(['media', 'context', 'split'])
    expect(changed?.before?.media).not.toEqual(changed?.after?.media)
    // back again
    expect(diffSnapshots(db, { before: after.id, after: before.id })).toMatchObject({ added: 1, removed: 1, changed: 29 })
  })

  test('comes in pages, of all kinds or of one', async () => {
    const before = await take(project, 'before')
    for (const id of [1, 5, 9, 13]) edit(id, 'A new text.')
    for (const id of [2, 6]) decide(project.db, { candidateId: id, verdict: 'reject', reason: 'trivial', reviewer: 'Cy', seconds: 1 })
    const after = await take(project, 'after')
    const two = { before: before.id, after: after.id }
    const read = (kind?: 'changed' | 'removed') => {
      const ids: number[] = []
      let cursor: Parameters<typeof listDifferences>[2]['cursor'] = null
      do {
        const page = listDifferences(project.db, two, { kind, cursor, limit: 2 })
        ids.push(...page.entries.map(({ candidateId }) => candidateId))
        cursor = page.next
      } while (cursor)
      return ids
    }
    expect(read()).toEqual([1, 2, 5, 6, 9, 13])
    expect(read('changed')).toEqual([1, 5, 9, 13])
    expect(read('removed')).toEqual([2, 6])
  })
})
