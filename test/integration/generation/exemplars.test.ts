import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { textOf } from '../../../src/main/generation/buildPrompt'
import { previewPrompt } from '../../../src/main/generation/preparePrompt'
import { runGeneration } from '../../../src/main/generation/runGeneration'
import { selectExemplars } from '../../../src/main/generation/selectExemplars'
import type { Project } from '../../../src/main/project/project'
import { decide, undo } from '../../../src/main/store/decisions'
import { pinExemplar } from '../../../src/main/store/exemplars'
import { currentPromptVersion } from '../../../src/main/store/prompts'
import { defaultGenerationSettings, type ExemplarPolicy } from '../../../src/shared/domain'
import { startModelServer } from '../../support/modelServer'
import { draftPairs, pair } from '../../support/temporaryProject'
import { addItems, newProject, plan, removeProject, server } from './project'

let project: Project
let items: number[]
/** candidates 0 to 5, one an item, all accepted in this order */
let pool: number[]
beforeEach(() => {
  project = newProject()
  items = addItems(project, 8)
  pool = draftPairs(
    project.db,
    items.slice(0, 6).map((itemId, at) => ({ itemId, pairs: [pair(`thing ${at}`)] })),
  )
  for (const candidateId of pool) accept(candidateId)
})
afterEach(() => removeProject(project))

const accept = (candidateId: number) => decide(project.db, { candidateId, verdict: 'accept', reviewer: 'Ada' })
const policy = (changes: Partial<ExemplarPolicy>): ExemplarPolicy => ({ count: 3, fill: 'recent', seed: 1, ...changes })
const target = () => ({ itemId: items[7] ?? 0 })
/** Positions in the pool of what is chosen. */
const chosen = (changes: Partial<ExemplarPolicy>, to = target()) =>
  selectExemplars(project.db, policy(changes), to).map(({ id }) => pool.indexOf(id))

describe('the exemplars of a prompt', () => {
  it('are the pairs decided last', () => {
    expect(chosen({})).toEqual([5, 4, 3])
  })

  it('begin with the pinned ones, in their order, up to the count', () => {
    const now = vi.spyOn(Date, 'now')
    for (const [order, at] of [2, 0].entries()) {
      now.mockReturnValue(order + 1)
      pinExemplar(project.db, pool[at] ?? 0, true)
    }
    now.mockRestore()
    expect(chosen({})).toEqual([2, 0, 5])
    expect(chosen({ fill: 'none' })).toEqual([2, 0])
    expect(chosen({ count: 1 })).toEqual([2])
    expect(chosen({ count: 0 })).toEqual([])
  })

  it('are never the item’s own, pinned or not', () => {
    pinExemplar(project.db, pool[5] ?? 0, true)
    expect(chosen({ count: 50 }, { itemId: items[5] ?? 0 })).toEqual([4, 3, 2, 1, 0])
    expect(chosen({ count: 50, fill: 'random' }, { itemId: items[5] ?? 0 }).toSorted()).toEqual([0, 1, 2, 3, 4])
  })

  it('are approved ones alone, with their text as it stands, a pinned one too', () => {
    pinExemplar(project.db, pool[1] ?? 0, true)
    decide(project.db, { candidateId: pool[1] ?? 0, verdict: 'reject', reviewer: 'Ada', reason: 'trivial' })
    decide(project.db, { candidateId: pool[5] ?? 0, verdict: 'ignore', reviewer: 'Ada' })
    decide(project.db, { candidateId: pool[0] ?? 0, verdict: 'edit', reviewer: 'Ada', pair: pair('new') })
    expect(chosen({ count: 50 })).toEqual([0, 4, 3, 2])
    expect(selectExemplars(project.db, policy({ count: 1 }), target())[0]).toMatchObject(pair('new'))
    undo(project.db, 'Ada')
    undo(project.db, 'Ada')
    undo(project.db, 'Ada')
    expect(chosen({ count: 1 })).toEqual([1])
  })

  it('drawn at random fill every place, repeatably, and differ by seed and item', () => {
    const draws = Array.from({ length: 20 }, (_, seed) => chosen({ fill: 'random', seed }))
    expect(draws.every((draw) => new Set(draw).size === 3)).toBe(true)
    expect(draws).toEqual(Array.from({ length: 20 }, (_, seed) => chosen({ fill: 'random', seed })))
    expect(new Set(draws.map(String)).size).toBeGreaterThan(5)
    expect(new Set(draws.flat()).size).toBe(6)
    expect(chosen({ fill: 'random', count: 6 }).toSorted()).toEqual([0, 1, 2, 3, 4, 5])
    const byItem = items.map((itemId) => String(chosen({ fill: 'random' }, { itemId })))
    expect(new Set(byItem).size).toBeGreaterThan(2)
  })
})

describe('the preview of a prompt', () => {
  it.each(['recent', 'random'] as const)('shows exactly what is then sent (%s)', async (fill) => {
    const model = await startModelServer()
    try {
      const generation = { ...defaultGenerationSettings, exemplars: policy({ fill }) }
      const preview = await previewPrompt(project.db, {
        itemId: target().itemId,
        text: currentPromptVersion(project.db),
        settings: generation,
      })
      const run = plan(project, { itemIds: [target().itemId], provider: server(model.url), generation })
      await runGeneration(project, run.id, { apiKey: null })
      expect(model.requests[0]?.body.messages).toEqual(
        preview.messages.map((message) => ({ role: message.role, content: textOf(message) })),
      )
      expect(preview.exemplars).toHaveLength(3)
      expect(preview.tokens).toBeGreaterThan(200)
    } finally {
      await model.close()
    }
  })

  it('takes text and settings that are not saved, and names the place of an error', async () => {
    const settings = { ...defaultGenerationSettings, pairsPerItem: 7 }
    const preview = await previewPrompt(project.db, {
      itemId: target().itemId,
      text: { systemMessage: 'Be odd.', contextTemplate: 'Nothing' },
      settings,
    })
    expect(preview.messages.map(textOf)).toMatchObject({
      0: expect.stringMatching(/^Be odd\./),
      [preview.messages.length - 1]: 'Nothing\n\nWrite 7 pairs about this item.',
    })
    await expect(
      previewPrompt(project.db, { itemId: target().itemId, text: { systemMessage: '', contextTemplate: 'a\n{{' }, settings }),
    ).rejects.toMatchObject({ code: 'bad-template', message: expect.stringContaining('line 2') })
    await expect(
      previewPrompt(project.db, { itemId: 99, text: { systemMessage: '', contextTemplate: '' }, settings }),
    ).rejects.toMatchObject({ code: 'not-found' })
  })
})
