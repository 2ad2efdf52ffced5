import BetterSqlite3 from 'better-sqlite3'
import { readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { groupWrites } from '../../../../src/main/generation/run/groupWrites'
import type { Project } from '../../../../src/main/project/project'
import { findItemId } from '../../../../src/main/store/library/items'
import { repliesOfRun } from '../../../../src/main/store/runs/keptReplies'
import { saveItem } from '../../../support/saveItem'
import { write } from '../../../../src/main/store/sql/transaction'
import { newProject, removeProject } from '../project'

let project: Project
beforeEach(() => {
  project = newProject()
})
afterEach(() => removeProject(project))

const save = (sourceId: string) => write(project.db, () => saveItem(project.db, { sourceId, context: {}, mediaIds: [] }).id)

it('what comes in together is stored together, in order, and each asker gets its own result', async () => {
  const store = groupWrites(project.db, { keeper: repliesOfRun(project.db, 1) })
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
  const store = groupWrites(project.db, { keeper: repliesOfRun(project.db, 1) })
  const first = store(() => save('a'))
  expect(findItemId(project.db, 'a')).toBeUndefined()
  const id = await first
  expect(findItemId(project.db, 'a')).toBe(id)
})

it('when one fails, all are told and none is stored, and the next group is sound', async () => {
  const store = groupWrites(project.db, { keeper: repliesOfRun(project.db, 1) })
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

/** Another connection that holds the write lock until it is given back, as another program would. */
function holdWriteLock(): () => void {
  const other = new BetterSqlite3(project.db.name)
  other.exec('BEGIN IMMEDIATE')
  return () => {
    other.exec('ROLLBACK')
    other.close()
  }
}
const files = () => readdirSync(project.directory).filter((name) => name.startsWith('unstored'))
const failure = {
  error: { code: 'timeout', message: '', status: null },
  reply: null,
  promptTokens: null,
  completionTokens: null,
  willRetry: false,
} as const

it('while another program writes, all waits, replies are kept in a file, and all is stored in order afterwards', async () => {
  const heard: boolean[] = []
  const store = groupWrites(project.db, { keeper: repliesOfRun(project.db, 7), onWaiting: (waiting) => heard.push(waiting) })
  const giveBack = holdWriteLock()
  const first = store(() => save('a'), { callId: 1, failure })
  await expect.poll(files).toEqual(['unstored-replies-run-7.jsonl'])
  const second = store(() => save('b'), { callId: 2, failure })
  await expect.poll(() => readFileSync(join(project.directory, 'unstored-replies-run-7.jsonl'), 'utf8').split('\n')).toHaveLength(3)
  expect(heard).toEqual([true])
  giveBack()
  expect(await Promise.all([first, second])).toEqual([findItemId(project.db, 'a'), findItemId(project.db, 'b')])
  expect([heard, files()]).toEqual([[true, false], []])
})

it('is given up some time after the signal, and names the file', async () => {
  const controller = new AbortController()
  const store = groupWrites(project.db, { keeper: repliesOfRun(project.db, 7), signal: controller.signal })
  const giveBack = holdWriteLock()
  const waiting = store(() => save('a'), { callId: 1, failure })
  controller.abort()
  await expect(waiting).rejects.toMatchObject({ code: 'busy', item: expect.stringContaining('unstored-replies-run-7.jsonl') })
  giveBack()
  expect(files()).toHaveLength(1)
  expect(await store(() => save('b'))).toBe(findItemId(project.db, 'b'))
})

it('a reply that can neither be stored nor kept is told at once', async () => {
  symlinkSync('/nowhere', join(project.directory, 'unstored-replies-run-7.jsonl'))
  const store = groupWrites(project.db, { keeper: repliesOfRun(project.db, 7) })
  const giveBack = holdWriteLock()
  await expect(store(() => save('a'), { callId: 1, failure })).rejects.toMatchObject({ code: 'unreadable-project' })
  giveBack()
})
