import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { exportPairs } from '../../../../src/main/exchange/export/export'
import { decide } from '../../../../src/main/store/decisions/decisions'
import { inspectDatabase } from '../../../../src/main/store/recovery/doctor'
import { replaceItem, encodeContext } from '../../../../src/main/store/library/items'
import { hashSnapshot } from '../../../../src/main/store/snapshots/contentHash'
import { deleteSnapshot } from '../../../../src/main/store/snapshots/deleteSnapshot'
import { saveCard } from '../../../../src/main/store/snapshots/snapshotCards'
import { listSnapshots, requireSnapshot } from '../../../../src/main/store/snapshots/snapshots'
import { write } from '../../../../src/main/store/sql/transaction'
import type { TestProject } from '../../../support/exportProject'
import { hashFolder, newSnapshotProject, take } from '../../../support/snapshotProject'

let project: TestProject
beforeEach(async () => {
  project = await newSnapshotProject()
})
afterEach(() => project.remove())

const tables = ['snapshot', 'snapshot_card', 'snapshot_item', 'snapshot_medium', 'snapshot_pair', 'snapshot_run', 'snapshot_text'] as const
const countRows = () =>
  Object.fromEntries(tables.map((table) => [table, project.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()])) as Record<
    (typeof tables)[number],
    number
  >
const edit = (candidateId: number, response: string) =>
  decide(project.db, { candidateId, verdict: 'edit', pair: { instruction: 'What?', response }, reviewer: 'Cy', seconds: 1 })
const remove = (id: number) => deleteSnapshot(project.db, { id, deletedBy: 'Ada' })
const exportTo = (name: string, snapshot: number) =>
  exportPairs(project, { format: 'jsonl', directory: path.join(project.root, name), snapshot })

test('a deleted snapshot takes along what it alone kept, and nothing of the others', async () => {
  const { db } = project
  const first = await take(project, 'first')
  saveCard(db, { snapshotId: first.id, text: 'About it.', savedBy: 'Ada' })
  edit(1, 'Changed once.') // the first alone keeps the text before
  const second = await take(project, 'second')
  edit(1, 'Changed twice.')
  edit(2, 'Changed too.') // both keep the text before
  write(db, () => void replaceItem(db, 1, { ...encodeContext('item-0', { captions: ['Another.'] }), mediaIds: [1] }))
  const third = await take(project, 'third')
  expect(countRows()).toMatchObject({ snapshot: 3, snapshot_card: 1, snapshot_text: 3, snapshot_item: 11, snapshot_pair: 120 })
  await exportTo('before', second.id)

  const pairs = db.prepare(`SELECT * FROM pair`).all()
  remove(first.id)
  expect(countRows()).toMatchObject({ snapshot: 2, snapshot_card: 0, snapshot_text: 2, snapshot_item: 11, snapshot_pair: 80 })
  expect(db.prepare(`SELECT * FROM pair`).all()).toEqual(pairs)
  expect(listSnapshots(db).map(({ name }) => name)).toEqual(['third', 'second'])
  for (const { id, contentHash } of [second, third]) expect(hashSnapshot(db, id)).toBe(contentHash)
  await exportTo('after', second.id)
  expect(await hashFolder(path.join(project.root, 'after'))).toEqual(await hashFolder(path.join(project.root, 'before')))
  expect(inspectDatabase(db).findings).toEqual([])

  remove(second.id)
  expect(countRows()).toMatchObject({ snapshot: 1, snapshot_text: 0, snapshot_item: 10, snapshot_medium: 10, snapshot_pair: 40 })
  remove(third.id)
  expect(Object.values(countRows()).every((rows) => rows === 0)).toBe(true)
})

test('its name is free again, its id is not, and asking for it says that it was deleted', async () => {
  const first = await take(project, 'first')
  remove(first.id)
  const again = await take(project, 'first')
  expect(again.id).toBe(first.id + 1)
  expect(() => requireSnapshot(project.db, first.id)).toThrow('Snapshot first was deleted.')
  expect(() => remove(first.id)).toThrow('Snapshot first was deleted.')
  await expect(exportTo('out', first.id)).rejects.toMatchObject({ code: 'not-found' })
})

test('no part of one can be deleted by itself', async () => {
  await take(project, 'first')
  edit(1, 'Changed.')
  for (const table of tables.filter((name) => name !== 'snapshot_card'))
    expect(() => project.db.prepare(`DELETE FROM ${table}`).run()).toThrow('snapshots are immutable')
})
