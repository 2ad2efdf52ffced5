import { expect, it } from 'vitest'
import { recipes } from '../../../../src/main/recipes/registry'
import { closeProject, openProject } from '../../../../src/main/project/project'
import { decideMany } from '../../../../src/main/store/decisions/bulkDecisions'
import { requireCandidate } from '../../../../src/main/store/candidates/candidates'
import { decide, undo } from '../../../../src/main/store/decisions/decisions'
import { listDecisions } from '../../../../src/main/store/decisions/decisionHistory'
import { pinExemplar } from '../../../../src/main/store/candidates/exemplars'
import {
  addKnownWord,
  getGuideline,
  listGuidelines,
  listKnownWords,
  removeKnownWord,
  saveGuideline,
} from '../../../../src/main/store/project/guidelines'
import { guidelineSchema } from '../../../../src/shared/domain/project'
import { addItem, draftPairs, pair, temporaryProject } from '../../../support/temporaryProject'

function somePairs() {
  const project = temporaryProject()
  const itemId = addItem(project.db, 'one')
  return { ...project, ids: draftPairs(project.db, [{ itemId, pairs: [pair('a'), pair('b'), pair('c')] }]) }
}

it('every recipe brings guidelines that a project could save as its own', () => {
  for (const { id: recipe, guidelines: body } of Object.values(recipes)) {
    const parts = [...body.matchAll(/^## (.*)$/gm)].map(([, title]) => title)
    expect({ recipe, parts }).toEqual({ recipe, parts: ['Accept', 'Typical faults', 'Examples', 'In every pair', 'Edit or reject'] })
    expect(guidelineSchema.shape.body.safeParse(body).success).toBe(true)
  }
  expect(new Set(Object.values(recipes).map(({ guidelines }) => guidelines)).size).toBe(9)
})

it('each saving makes a version that stays as it was, also after the project was closed', () => {
  const { directory, ...project } = somePairs()
  expect(getGuideline(project.db)).toBeNull()
  expect(saveGuideline(project.db, { body: 'Look twice.', author: 'Ada' })).toBe(1)
  expect(saveGuideline(project.db, { body: 'Look three times.', author: 'Bo' })).toBe(2)
  closeProject({ directory, ...project })
  const { db } = openProject(directory)
  expect(getGuideline(db)).toMatchObject({ version: 2, body: 'Look three times.', author: 'Bo' })
  expect(getGuideline(db, 1)).toMatchObject({ version: 1, body: 'Look twice.', author: 'Ada' })
  expect(getGuideline(db, 3)).toBeNull()
  expect(listGuidelines(db).map(({ version }) => version)).toEqual([2, 1])
  expect(() => db.prepare(`UPDATE guideline SET body = 'Look away.'`).run()).toThrow('immutable')
  expect(() => db.prepare(`DELETE FROM guideline`).run()).toThrow('immutable')
})

it('a decision remembers the version current, alone, in a step over many, and undone', () => {
  const { db, ids } = somePairs()
  const [first = 0, ...others] = ids
  decide(db, { candidateId: first, verdict: 'accept', reviewer: 'Ada' })
  saveGuideline(db, { body: 'Look twice.', author: 'Ada' })
  decide(db, { candidateId: first, verdict: 'reject', reviewer: 'Ada' })
  decideMany(db, { target: { ids: others }, verdict: 'ignore', reviewer: 'Ada' })
  saveGuideline(db, { body: 'Look three times.', author: 'Ada' })
  undo(db, 'Ada')
  expect(listDecisions(db, first).map(({ guidelineVersion }) => guidelineVersion)).toEqual([0, 1])
  expect(listDecisions(db, others[0] ?? 0).map(({ kind, guidelineVersion }) => [kind, guidelineVersion])).toEqual([
    ['decide', 1],
    ['undo', 2],
  ])
})

it('words of the project are kept once, in their order, and can be taken out', () => {
  const { db } = somePairs()
  for (const word of ['Soyuz', 'launchpad', 'Soyuz']) addKnownWord(db, word, 'Ada')
  expect(listKnownWords(db)).toEqual(['launchpad', 'Soyuz'])
  removeKnownWord(db, 'launchpad')
  expect(listKnownWords(db)).toEqual(['Soyuz'])
})

it('why a pair is an exemplar stays while it is not pinned, and can be changed or taken away', () => {
  const { db, ids } = somePairs()
  const [id = 0] = ids
  decide(db, { candidateId: id, verdict: 'accept', reviewer: 'Ada' })
  expect(pinExemplar(db, id, true, 'Says from what it concludes')).toMatchObject({
    pinned: true,
    pinnedReason: 'Says from what it concludes',
  })
  pinExemplar(db, id, false)
  expect(pinExemplar(db, id, true)).toMatchObject({ pinnedReason: 'Says from what it concludes' })
  expect(pinExemplar(db, id, true, 'Short')).toMatchObject({ pinnedReason: 'Short' })
  pinExemplar(db, id, true, null)
  expect(requireCandidate(db, id)).toMatchObject({ pinned: true, pinnedReason: null })
})
