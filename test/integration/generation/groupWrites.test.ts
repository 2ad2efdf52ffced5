import { afterEach, beforeEach, expect, it } from 'vitest'
import { groupWrites } from '../../../src/main/generation/groupWrites'
import type { Project } from '../../../src/main/project/project'
import { findItemId, saveItem } from '../../../src/main/store/items'
import { write } from '../../../src/main/store/transaction'
import { newProject, removeProject } from './project'

let project: Project
beforeEach(() => {
  project = newProject()
})
afterEach(() => removeProject(project))

const save = (sourceId: string) => write(project.db, () => saveItem(project.db, { sourceId, context: {}, mediaIds: [] }).id)

it('what comes in together is stored together, in order, and each asker gets its own result', async () => {
  const store = groupWrites(project.db, { runId: 1 })
  const at: boolean[] = []
  const ids = await Promise.all(
    ['a', 'b', 'c'].map((name) =>
      store(() => {
        at.push(project.db.inTransaction)
        return save(name)
      }),
    ),
  )
  expect(at).toEqual([true, true, true])
  expect(ids).toEqual(['a', 'b', 'c'].map((name) => findItemId(project.db, name)))
  expect(project.db.inTransaction).toBe(false)
})

it('nothing is told before it is stored', async () => {
  const store = groupWrites(project.db, { runId: 1 })
  const first = store(() => save('a'))
  expect(findItemId(project.db, 'a')).toBeUndefined()
  const id = await first
  expect(findItemId(project.db, 'a')).toBe(id)
})

it('when one fails, all are told and none is stored, and the next group is sound', async () => {
  const store = groupWrites(project.db, { runId: 1 })
  const results = await Promise.allSettled([
    store(() => save('a')),
    store(() => {
      throw new Error('the disk is full')
    }),
    store(() => save('c')),
  ])
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  expect(['a', 'c'].map((name) => findItemId(project.db, name))).toEqual([undefined, undefined])
  expect(await store(() => save('d'))).toBe(findItemId(project.db, 'd'))
})
