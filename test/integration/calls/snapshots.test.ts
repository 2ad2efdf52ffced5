import fs from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { closeProject, type Project } from '../../../src/main/project/project'
import { decide } from '../../../src/main/store/decisions/decisions'
import { noSplit } from '../../../src/shared/snapshot'
import { openDesk, setQuality } from '../../support/desk'
import { addItem, draftPairs, pair, temporaryProject } from '../../support/temporaryProject'

let project: Project
beforeEach(() => {
  project = temporaryProject()
  const items = ['one', 'two', 'three'].map((name) => addItem(project.db, name))
  draftPairs(
    project.db,
    items.map((itemId) => ({ itemId, pairs: [pair(`thing ${itemId}`)] })),
  )
  for (const candidateId of [1, 2]) decide(project.db, { candidateId, verdict: 'accept', reviewer: 'Bo', seconds: 1 })
})
afterEach(() => closeProject(project))

const request = { name: 'first', filter: {}, shares: noSplit, seed: 1 }

describe('the calls about snapshots', () => {
  test('preview, create, list, read and compare', async () => {
    const { call } = openDesk(project, 'Ada')
    expect(await call('snapshot.preview', { filter: {} })).toEqual({ pairs: 2, items: 2, heldBack: 0 })
    const created = await call('snapshot.create', { name: 'first', filter: {} })
    expect(created).toMatchObject({ id: 1, name: 'first', createdBy: 'Ada', seed: 1, facts: { counts: { pairs: 2 } } })
    expect(await call('snapshot.get', { id: 1 })).toEqual(created)
    decide(project.db, { candidateId: 3, verdict: 'accept', reviewer: 'Bo', seconds: 1 })
    await call('snapshot.create', { ...request, name: 'second' })
    expect((await call('snapshot.list', {})).map(({ name, counts }) => [name, counts.pairs])).toEqual([
      ['second', 3],
      ['first', 2],
    ])
    expect(await call('snapshot.diff', { before: 1, after: 2 })).toMatchObject({ added: 1, removed: 0, changed: 0, unchanged: 2 })
    const page = await call('snapshot.diffPage', { before: 1, after: 2, kind: 'added', cursor: null, limit: 50 })
    expect(page.entries).toMatchObject([{ candidateId: 3, item: 'three', kind: 'added', after: { reviewer: 'Bo' } }])
    expect(page.next).toBeNull()
  })

  test('delete, after a backup', async () => {
    const { call } = openDesk(project, 'Ada')
    await call('snapshot.create', request)
    await call('snapshot.delete', { id: 1 })
    expect(await call('snapshot.list', {})).toEqual([])
    expect(fs.readdirSync(path.join(project.directory, 'backups'))).toEqual([expect.stringMatching(/-before-step\.sqlite$/)])
    await expect(call('snapshot.delete', { id: 1 })).rejects.toMatchObject({ code: 'not-found' })
    await expect(call('export.plan', { format: 'jsonl', directory: null, snapshotId: 1 })).rejects.toMatchObject({ code: 'not-found' })
  })

  test('refuse a name that is taken, a snapshot that is not there, and one beside itself', async () => {
    const { call } = openDesk(project, 'Ada')
    await call('snapshot.create', request)
    await expect(call('snapshot.create', request)).rejects.toMatchObject({ code: 'exists' })
    await expect(call('snapshot.get', { id: 9 })).rejects.toMatchObject({ code: 'not-found' })
    await expect(call('snapshot.diff', { before: 1, after: 9 })).rejects.toMatchObject({ code: 'not-found' })
    await expect(call('snapshot.diff', { before: 1, after: 1 })).rejects.toMatchObject({ code: 'wrong-use' })
  })

  test('are for the lead in blind review', async () => {
    await openDesk(project, 'Lea').call('snapshot.create', request)
    setQuality(project, { blind: true, lead: 'Lea' })
    const { call } = openDesk(project, 'Ada')
    const hidden = { code: 'hidden' }
    await expect(call('snapshot.create', { ...request, name: 'second' })).rejects.toMatchObject(hidden)
    await expect(call('snapshot.preview', { filter: {} })).rejects.toMatchObject(hidden)
    await expect(call('snapshot.delete', { id: 1 })).rejects.toMatchObject(hidden)
    await expect(call('snapshot.list', {})).rejects.toMatchObject(hidden)
    await expect(call('snapshot.get', { id: 1 })).rejects.toMatchObject(hidden)
    await expect(call('snapshot.diff', { before: 1, after: 1 })).rejects.toMatchObject(hidden)
    await expect(call('snapshot.diffPage', { before: 1, after: 1, cursor: null, limit: 5 })).rejects.toMatchObject(hidden)
    expect(await openDesk(project, 'Lea').call('snapshot.list', {})).toHaveLength(1)
  })

  test('plan and start an export of a snapshot', async () => {
    const { call } = openDesk(project, 'Ada')
    await call('snapshot.create', request)
    decide(project.db, { candidateId: 3, verdict: 'accept', reviewer: 'Bo', seconds: 1 })
    expect(await call('export.plan', { format: 'jsonl', directory: null, snapshotId: 1 })).toMatchObject({ pairs: 2, leftOut: [] })
    expect(await call('export.plan', { format: 'mimic-it', directory: null, snapshotId: 1 })).toMatchObject({
      pairs: 0,
      leftOut: [{ reason: 'noMedia', count: 2 }],
    })
    // The folder was not chosen in a dialog of the system.
    const directory = path.join(project.directory, '..', 'out')
    await expect(call('export.start', { format: 'jsonl', directory, snapshotId: 1 })).rejects.toMatchObject({ item: directory })
  })
})
