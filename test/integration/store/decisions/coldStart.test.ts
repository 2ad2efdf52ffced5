import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Project } from '../../../../src/main/project/project'
import { readColdStart } from '../../../../src/main/store/decisions/coldStart'
import { closeDatabase } from '../../../../src/main/store/sql/database'
import { decide, undo } from '../../../../src/main/store/decisions/decisions'
import { getColdStart, getCustomRecipe, saveColdStart, saveCustomRecipe } from '../../../../src/main/store/project/project'
import { currentPromptVersion, savePromptVersion } from '../../../../src/main/store/project/prompts'
import { defaultColdStartRule, defaultCustomRecipe, type Verdict } from '../../../../src/shared/domain'
import { addItem, draftPairs, pair, temporaryProject } from '../../../support/temporaryProject'

let project: Project
let items: number[]
beforeEach(() => {
  project = temporaryProject()
  items = Array.from({ length: 4 }, (_, at) => addItem(project.db, `item-${at}`))
})
afterEach(() => closeDatabase(project.db))

/** Drafts `verdicts` pairs for each item in turn and decides on them. */
function review(verdicts: readonly Verdict[], among = items): void {
  const drafts = verdicts.map((_, at) => ({ itemId: among[at % among.length] ?? 0, pairs: [pair(`thing ${at}`)] }))
  for (const [at, candidateId] of draftPairs(project.db, drafts).entries()) {
    const verdict = verdicts[at] ?? 'ignore'
    decide(project.db, { candidateId, verdict, reviewer: 'Ada', ...(verdict === 'edit' ? { pair: pair(`better ${at}`) } : {}) })
  }
}
const times = (verdict: Verdict, count: number) => Array.from({ length: count }, () => verdict)

it('begins with nothing, by the rule of 6 from 3 items and 80 % of 20', () => {
  expect(readColdStart(project.db)).toEqual({
    coldStart: { rule: { accepted: 6, items: 3, share: 0.8, window: 20 }, closedAt: null },
    ...{ accepted: 0, items: 0, recent: 0, recentAccepted: 0, met: false, byVersion: [] },
  })
})

it('is met with six pairs from three items that were taken as they came, and no longer when one is undone', () => {
  review(times('accept', 5))
  expect(readColdStart(project.db)).toMatchObject({ accepted: 5, items: 4, met: false })
  review(['accept'])
  expect(readColdStart(project.db)).toMatchObject({ accepted: 6, items: 4, recent: 6, recentAccepted: 6, met: true })
  undo(project.db, 'Ada')
  expect(readColdStart(project.db).met).toBe(false)
})

it('asks for enough items', () => {
  review(times('accept', 12), items.slice(0, 2))
  expect(readColdStart(project.db)).toMatchObject({ accepted: 12, items: 2, met: false })
})

it('counts edited pairs as exemplars, but not as accepted without edit; ignored ones nowhere', () => {
  review([...times('accept', 8), 'edit', 'reject', ...times('ignore', 9)])
  expect(readColdStart(project.db)).toMatchObject({ accepted: 9, recent: 10, recentAccepted: 8, met: true })
  review(['edit'])
  expect(readColdStart(project.db)).toMatchObject({ recent: 11, recentAccepted: 8, met: false })
})

it('looks at the drafts decided last alone', () => {
  review(times('reject', 30))
  review(times('accept', 20))
  expect(readColdStart(project.db)).toMatchObject({ recent: 20, recentAccepted: 20, met: true })
  review(times('reject', 5))
  expect(readColdStart(project.db)).toMatchObject({ recent: 20, recentAccepted: 15, met: false })
  saveColdStart(project.db, { rule: { ...defaultColdStartRule, share: 0.75 }, closedAt: null })
  expect(readColdStart(project.db).met).toBe(true)
})

it('tells how drafts fared by prompt version', () => {
  const first = currentPromptVersion(project.db)
  review(['accept', 'reject', 'reject', 'ignore'])
  const second = savePromptVersion(project.db, { ...first, systemMessage: 'Better.' })
  review(['accept', 'edit'])
  review(['accept'])
  expect(readColdStart(project.db).byVersion).toEqual([
    { promptVersionId: first.id, accepted: 1, edited: 0, rejected: 2, drafts: 4 },
    { promptVersionId: second.id, accepted: 2, edited: 1, rejected: 0, drafts: 3 },
  ])
})

it('is closed and reopened, with its rule, and so a custom recipe is kept', () => {
  expect(getCustomRecipe(project.db)).toEqual(defaultCustomRecipe)
  const rule = { accepted: 2, items: 1, share: 1, window: 5 }
  saveColdStart(project.db, { rule, closedAt: 5 })
  expect(getColdStart(project.db)).toEqual({ rule, closedAt: 5 })
  saveCustomRecipe(project.db, { prefix: 'BIRDS', fields: ['species'], relation: 'mutual' })
  expect(getCustomRecipe(project.db)).toEqual({ prefix: 'BIRDS', fields: ['species'], relation: 'mutual' })
})
