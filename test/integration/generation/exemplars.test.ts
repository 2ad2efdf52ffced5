import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { formatPromptFile } from '../../../src/main/exchange/promptFile/promptFile'
import { textOf } from '../../../src/main/generation/prompt/buildPrompt'
import { collectFileExemplars, exportPromptFile } from '../../../src/main/exchange/promptFile/promptFiles'
import { parseReply } from '../../../src/main/generation/reply/parseReply'
import { previewPrompt } from '../../../src/main/generation/prompt/preparePrompt'
import { renderContext } from '../../../src/main/generation/prompt/renderContext'
import { seededRandom } from '../../../src/main/generation/seededRandom'
import { selectExemplars } from '../../../src/main/generation/prompt/selectExemplars'
import { openProject, type Project } from '../../../src/main/project/project'
import { decide, undo } from '../../../src/main/store/decisions/decisions'
import { closeDatabase } from '../../../src/main/store/sql/database'
import { orderExemplars, pinExemplar } from '../../../src/main/store/candidates/exemplars'
import { getItem } from '../../../src/main/store/library/items'
import { saveGenerationSettings } from '../../../src/main/store/project/project'
import { currentPromptVersion, savePromptVersion } from '../../../src/main/store/project/prompts'
import { prepareSimilarPool } from '../../../src/main/store/search/similarPool'
import { write } from '../../../src/main/store/sql/transaction'
import { defaultGenerationSettings, type DraftedPair, type ExemplarPolicy, type PromptText } from '../../../src/shared/domain'
import { startModelServer } from '../../support/modelServer'
import { draftPairs, pair } from '../../support/temporaryProject'
import { addItems, newProject, plan, removeProject, server } from './project'
import { readPromptFile } from '../../support/inEnglish'
import { runGeneration } from '../../support/inEnglish'

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
const policy = (changes: Partial<ExemplarPolicy>): ExemplarPolicy => ({
  count: 3,
  fill: 'recent',
  seed: 1,
  tokenBudget: null,
  ...changes,
})
const target = () => ({ itemId: items[7] ?? 0 })
/** Positions in the pool of what is chosen. */
const chosen = (changes: Partial<ExemplarPolicy>, to = target()) =>
  selectExemplars(project.db, policy(changes), to).map(({ id }) => pool.indexOf(id))

/** What prices a prompt. */
const priced = { kind: 'openai', model: 'gpt-4.1-mini' } as const
const text: PromptText = { outputForm: 'pairs', systemMessage: '', contextTemplate: '' }

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

  it('follow the order set by hand; later pins come after it', () => {
    for (const at of [0, 1, 2]) pinExemplar(project.db, pool[at] ?? 0, true)
    orderExemplars(
      project.db,
      [2, 0, 1].map((at) => pool[at] ?? 0),
    )
    pinExemplar(project.db, pool[4] ?? 0, true)
    expect(chosen({ count: 5 })).toEqual([2, 0, 1, 4, 5])
    expect(() => orderExemplars(project.db, [pool[1] ?? 0, pool[5] ?? 0])).toThrow('not pinned')
    expect(chosen({ count: 4 })).toEqual([2, 0, 1, 4])
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
      const preview = await previewPrompt(
        project.db,
        {
          itemId: target().itemId,
          text: currentPromptVersion(project.db),
          settings: generation,
        },
        priced,
      )
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
    const preview = await previewPrompt(
      project.db,
      {
        itemId: target().itemId,
        text: { ...text, systemMessage: 'Be odd.', contextTemplate: 'Nothing' },
        settings,
      },
      priced,
    )
    expect(preview.messages.map(textOf)).toMatchObject({
      0: expect.stringMatching(/^Be odd\./),
      [preview.messages.length - 1]: 'Nothing\n\nWrite 7 pairs about this item.',
    })
    await expect(
      previewPrompt(project.db, { itemId: target().itemId, text: { ...text, contextTemplate: 'a\n{{' }, settings }, priced),
    ).rejects.toMatchObject({ code: 'bad-template', message: expect.stringContaining('line 2') })
    await expect(previewPrompt(project.db, { itemId: 99, text, settings }, priced)).rejects.toMatchObject({ code: 'not-found' })
  })
})

/** Items with these captions, each with one approved pair that says nothing about them but its number. */
function approveAbout(captions: readonly string[]): { items: number[]; ids: number[] } {
  const itemIds = addItems(project, captions.length, (at) => ({ captions: [captions[at] ?? ''] }), 'about')
  const ids = draftPairs(
    project.db,
    itemIds.map((itemId, at) => ({ itemId, pairs: [pair(`number ${at}`)] })),
  )
  write(project.db, () => ids.forEach(accept))
  return { items: itemIds, ids }
}

describe('similar exemplars', () => {
  const captions = [
    'A zebra drinks at a waterhole in the dry savanna.',
    'A tram turns into a snowy street at night.',
    'Two zebras graze beside an elephant in the savanna.',
    'A bowl of noodles with a boiled egg.',
    'A zebra foal stands beside its mother.',
  ]

  it('are those whose items have most of the item’s rare words, best first', () => {
    const { items: about, ids } = approveAbout(captions)
    const found = selectExemplars(project.db, policy({ fill: 'similar', count: 2 }), { itemId: about[2] ?? 0 })
    expect(found.map(({ id }) => ids.indexOf(id))).toEqual([0, 4])
  })

  it('begin with the twin that has the same context, where every word stands in hundreds of items', () => {
    const words = Array.from({ length: 22 }, (_, at) => `word${at}`)
    const random = seededRandom('few words')
    const told = Array.from({ length: 300 }, () => Array.from({ length: 6 }, () => words[Math.floor(random() * 22)]).join(' '))
    const { items: about, ids } = approveAbout([...told, ...told])
    for (const at of [0, 5, 151, 299]) {
      const found = selectExemplars(project.db, policy({ fill: 'similar', count: 1 }), { itemId: about[at] ?? 0 })
      expect(found.map(({ id }) => ids.indexOf(id))).toEqual([at + 300])
    }
  })

  it('are found in scripts without spaces', () => {
    const { items: about, ids } = approveAbout(['一只猫睡在沙发上', '火车驶过雪山', '猫在沙发上玩', 'ม้าลาย'])
    const found = selectExemplars(project.db, policy({ fill: 'similar', count: 1 }), { itemId: about[0] ?? 0 })
    expect(found.map(({ id }) => ids.indexOf(id))).toEqual([2])
  })

  it('follow every decision: what is rejected goes, what is edited is found by its new words, what is withdrawn returns', () => {
    const { items: about, ids } = approveAbout(captions)
    const similar = (at: number) =>
      selectExemplars(project.db, policy({ fill: 'similar', count: 1 }), { itemId: about[at] ?? 0 }).map(({ id }) => ids.indexOf(id))[0]
    expect(similar(2)).toBe(0)
    decide(project.db, { candidateId: ids[0] ?? 0, verdict: 'reject', reviewer: 'Ada' })
    expect(similar(2)).toBe(4)
    undo(project.db, 'Ada')
    expect(similar(2)).toBe(0)
    expect(similar(3)).not.toBe(2)
    const edited = { instruction: 'Where are the noodles?', response: 'In a bowl with a boiled egg.' }
    decide(project.db, { candidateId: ids[2] ?? 0, verdict: 'edit', reviewer: 'Ada', pair: edited })
    expect(similar(3)).toBe(2)
    undo(project.db, 'Ada')
    expect(similar(3)).not.toBe(2)
  })

  it('are the same when they are read little by little before', async () => {
    const { items: about } = approveAbout(Array.from({ length: 250 }, (_, at) => `${captions[at % 5]} ${at % 17} ${at % 23}`))
    const found = () => selectExemplars(project.db, policy({ fill: 'similar', count: 9 }), { itemId: about[7] ?? 0 }).map(({ id }) => id)
    let turns = 0
    const count = () => void turns++
    const ticking = setInterval(count, 0)
    await Promise.all([prepareSimilarPool(project.db), prepareSimilarPool(project.db)])
    clearInterval(ticking)
    expect(turns).toBeGreaterThan(0)
    const first = found()
    const { db } = openProject(project.directory)
    try {
      expect(selectExemplars(db, policy({ fill: 'similar', count: 9 }), { itemId: about[7] ?? 0 }).map(({ id }) => id)).toEqual(first)
    } finally {
      closeDatabase(db)
    }
  })

  it('are found by the words of the pairs too', () => {
    const { items: about } = approveAbout(captions)
    const [told] = draftPairs(project.db, [{ itemId: items[0] ?? 0, pairs: [pair('a steaming bowl of noodles')] }])
    accept(told ?? 0)
    const found = selectExemplars(project.db, policy({ fill: 'similar', count: 1 }), { itemId: about[3] ?? 0 })
    expect(found.map(({ id }) => id)).toEqual([told])
  })

  it('are approved, never the item’s own, never twice, and filled up with the most recent', () => {
    const { items: about, ids } = approveAbout(captions)
    decide(project.db, { candidateId: ids[0] ?? 0, verdict: 'reject', reviewer: 'Ada' })
    pinExemplar(project.db, ids[4] ?? 0, true)
    const found = selectExemplars(project.db, policy({ fill: 'similar', count: 50 }), { itemId: about[2] ?? 0 }).map(({ id }) => id)
    expect(found[0]).toBe(ids[4])
    expect(found).not.toContain(ids[0])
    expect(found).not.toContain(ids[2])
    expect(new Set(found).size).toBe(found.length)
    expect(found).toHaveLength(3 + pool.length)
  })

  it.each(['', '"; DROP', 'NEAR( AND *', '漢字 кот 🦓'])('stand in for an item that says only “%s”', (caption) => {
    approveAbout(captions)
    const [odd] = addItems(project, 1, () => ({ captions: [caption] }), 'odd')
    expect(selectExemplars(project.db, policy({ fill: 'similar' }), { itemId: odd ?? 0 })).toHaveLength(3)
  })

  it('that repeat each other give way to different ones where the policy asks for diverse ones', () => {
    const alike = 'A red kite above the grey harbour wall'
    const { items: about, ids } = approveAbout([alike, alike, alike, 'A kite festival', alike])
    const texts = ['How high is the red kite?', 'How high is the red kite?', 'How high is the red kite?', 'Who came to look?']
    ids.slice(0, 4).forEach((candidateId, at) =>
      decide(project.db, {
        candidateId,
        verdict: 'edit',
        reviewer: 'Ada',
        pair: { instruction: texts[at] ?? '', response: texts[at] ?? '' },
      }),
    )
    const textsOf = (fill: 'similar' | 'diverse') =>
      selectExemplars(project.db, policy({ fill, count: 2 }), { itemId: about[4] ?? 0 }).map(({ instruction }) => instruction)
    expect(new Set(textsOf('similar')).size).toBe(1)
    expect(new Set(textsOf('diverse')).size).toBe(2)
    expect(textsOf('diverse')[0]).toBe(texts[0])
  })
})

describe('a budget of tokens', () => {
  const used = async (tokenBudget: number | null) => {
    const settings = { ...defaultGenerationSettings, exemplars: policy({ count: 6, tokenBudget }) }
    const preview = await previewPrompt(project.db, { itemId: target().itemId, text: currentPromptVersion(project.db), settings }, priced)
    return preview.exemplars.map(({ candidateId }) => pool.indexOf(candidateId))
  }

  it('drops the last exemplars first', async () => {
    expect(await used(null)).toEqual([5, 4, 3, 2, 1, 0])
    expect(await used(1)).toEqual([])
    expect(await used(100_000)).toEqual([5, 4, 3, 2, 1, 0])
    const some = await used(120)
    expect(some.length).toBeGreaterThan(0)
    expect(some.length).toBeLessThan(6)
    expect([5, 4, 3, 2, 1, 0].slice(0, some.length)).toEqual(some)
  })
})

describe('examples from a prompt file', () => {
  const drafted = (name: string): DraftedPair => ({ ...pair(name), kind: null, conversation: null, turn: null, rationale: null })
  const shown = async (changes: Partial<ExemplarPolicy>) => {
    const request = { itemId: target().itemId, text: currentPromptVersion(project.db) }
    const settings = { ...defaultGenerationSettings, exemplars: policy(changes) }
    const { messages, exemplars } = await previewPrompt(project.db, { ...request, settings }, priced)
    return { annotations: messages.slice(1, -1).flatMap((message) => (message.role === 'user' ? [textOf(message)] : [])), exemplars }
  }

  it('are counted by the budget of tokens, and not by the count, which is that of the pool', async () => {
    savePromptVersion(project.db, currentPromptVersion(project.db), [
      { annotation: 'A far shore.', pairs: [drafted('the shore'), drafted('the sea')] },
      { annotation: 'A near shore.', pairs: [drafted('the sand')] },
    ])
    const ofFile = ['A far shore.', 'A near shore.']
    expect(await shown({ fill: 'none', count: 0 })).toEqual({ annotations: ofFile, exemplars: [] })
    expect(await shown({ fill: 'none', count: 0, tokenBudget: 1 })).toEqual({ annotations: [], exemplars: [] })
    expect(await shown({ count: 6, tokenBudget: 1 })).toEqual({ annotations: [], exemplars: [] })
    expect((await shown({ count: 1 })).annotations).toEqual([...ofFile, expect.stringContaining('Thing number 5')])
    const byBudget = []
    for (let tokenBudget = 10; tokenBudget <= 500; tokenBudget += 10) {
      const { annotations, exemplars } = await shown({ count: 2, tokenBudget })
      expect(annotations.slice(0, 2)).toEqual(ofFile.slice(0, annotations.length))
      expect(exemplars).toHaveLength(Math.max(0, annotations.length - 2))
      byBudget.push(annotations.length)
    }
    expect([...new Set(byBudget)]).toEqual([0, 1, 2, 3, 4])
  })

  it('stand before the exemplars, belong to their version, and stay when the text is edited', async () => {
    const first = savePromptVersion(project.db, currentPromptVersion(project.db), [
      { annotation: 'A far shore.', pairs: [drafted('the shore')] },
    ])
    const edited = savePromptVersion(project.db, { ...first, systemMessage: 'Be brief.' })
    expect(edited.id).toBe(first.id + 1)
    const request = { itemId: target().itemId, text: edited, settings: { ...defaultGenerationSettings, exemplars: policy({ count: 1 }) } }
    const texts = (await previewPrompt(project.db, request, priced)).messages.map(textOf)
    expect(texts[1]).toBe('A far shore.')
    expect(texts[2]).toContain('What is the shore?')
    expect(texts[4]).toContain('What is thing 5?')
    expect(savePromptVersion(project.db, edited).id).toBe(edited.id)

    savePromptVersion(project.db, edited, [])
    expect((await previewPrompt(project.db, request, priced)).messages.map(textOf)[1]).not.toBe('A far shore.')
    expect((await previewPrompt(project.db, { ...request, promptVersionId: first.id }, priced)).messages.map(textOf)[1]).toBe(
      'A far shore.',
    )
  })
})

const itemAt = (at: number) => {
  const item = getItem(project.db, items[at] ?? 0)
  if (!item) throw new Error(`there is no item ${at}`)
  return item
}

describe('what came back from a written prompt file', () => {
  const imported = () => savePromptVersion(project.db, currentPromptVersion(project.db), collectFileExemplars(project.db))
  const promptOf = async (at: number, more: Partial<PromptText> = {}) => {
    const request = { itemId: items[at] ?? 0, text: { ...currentPromptVersion(project.db), ...more } }
    const settings = { ...defaultGenerationSettings, exemplars: policy({ count: 6 }) }
    return (await previewPrompt(project.db, { ...request, settings }, priced)).messages.slice(1, -1).map(textOf)
  }

  it('is no exemplar of the item it came from, also under another template and after an edit', async () => {
    imported()
    expect(await promptOf(7)).toHaveLength(12)
    expect((await promptOf(5)).filter((turn) => /thing (number )?5/i.test(turn))).toEqual([])
    const other = { contextTemplate: 'It shows: {{ captions | first }}' }
    expect((await promptOf(5, other)).filter((turn) => /thing (number )?5/i.test(turn))).toEqual([])
    decide(project.db, { candidateId: pool[5] ?? 0, verdict: 'edit', reviewer: 'Ada', pair: pair('new') })
    expect((await promptOf(5, other)).filter((turn) => /thing (number )?5/i.test(turn))).toEqual([])
    expect(await promptOf(5)).toHaveLength(10)
  })

  it('is known by its annotation where nothing was drafted about the item, by any template that the project had', async () => {
    const first = currentPromptVersion(project.db)
    const own = renderContext(first.contextTemplate, itemAt(7))
    savePromptVersion(project.db, { ...first, contextTemplate: '{{ captions }} {{ broken | divided_by: 0 }}' }, [
      { annotation: `\n${own}\n`, pairs: [{ ...pair('far'), kind: null, conversation: null, turn: null, rationale: null }] },
    ])
    savePromptVersion(project.db, { ...currentPromptVersion(project.db), contextTemplate: 'It shows: {{ captions | first }}' })
    expect((await promptOf(7)).join()).not.toContain('far')
    expect((await promptOf(6)).join()).toContain('What is far?')
  })

  it('stands once, and what was approved since joins it', async () => {
    imported()
    const once = await promptOf(7)
    expect(new Set(once.filter((turn) => turn.startsWith('{'))).size).toBe(6)
    const [added] = draftPairs(project.db, [{ itemId: items[6] ?? 0, pairs: [pair('later')] }])
    accept(added ?? 0)
    expect(await promptOf(7)).toHaveLength(14)
    expect(collectFileExemplars(project.db)).toHaveLength(7)
    imported()
    expect(collectFileExemplars(project.db)).toHaveLength(7)
  })

  it('has nothing to lint, also where nothing is noted about items and their pairs are the same', () => {
    const blank = addItems(project, 3, () => ({}), 'blank')
    for (const id of draftPairs(
      project.db,
      blank.map((itemId) => ({ itemId, pairs: [pair('it')] })),
    ))
      accept(id)
    const written = collectFileExemplars(project.db)
    const { exemplars, findings } = readPromptFile(formatPromptFile('Theirs.', written), currentPromptVersion(project.db))
    expect(findings).toEqual([])
    expect(exemplars).toEqual(written)
    imported()
    expect(collectFileExemplars(project.db)).toEqual(written)
  })
})

describe('a prompt without a system message', () => {
  it('is not written to a file, which would be none without one', async () => {
    savePromptVersion(project.db, { ...currentPromptVersion(project.db), systemMessage: ' ' })
    const file = join(project.directory, 'prompt.json')
    await expect(exportPromptFile(project.db, file)).rejects.toMatchObject({
      code: 'wrong-use',
      remedy: expect.stringContaining('Write one'),
    })
    expect(existsSync(file)).toBe(false)
  })
})

describe('conversations as exemplars', () => {
  const round = (name: string, conversation: number, turn: number): DraftedPair => {
    return { ...pair(`${name} ${conversation}.${turn}`), kind: null, conversation, turn, rationale: 'It is seen.' }
  }
  /** Two calls on one item, each with two conversations of three rounds; accepted in an order of no meaning. */
  function approveConversations(itemId: number): number[] {
    const reply = (name: string) => [0, 1].flatMap((conversation) => [0, 1, 2].map((turn) => round(name, conversation, turn)))
    const ids = draftPairs(project.db, [
      { itemId, pairs: reply('one') },
      { itemId, pairs: reply('two') },
    ])
    for (const at of [8, 0, 6, 2, 1, 7]) accept(ids[at] ?? 0)
    return ids
  }
  const names = (changes: Partial<ExemplarPolicy>) =>
    selectExemplars(project.db, policy(changes), target()).map(({ instruction }) => instruction.slice('What is '.length, -1))

  it('are whole, in the order of their rounds, as many as there is place for', () => {
    const ids = approveConversations(items[6] ?? 0)
    const [one, two] = ['one', 'two'].map((name) => [0, 1, 2].map((turn) => `${name} 0.${turn}`))
    expect(names({ count: 6 })).toEqual([...(two ?? []), ...(one ?? [])])
    expect(names({ count: 5 })).toEqual(two)
    expect(names({ count: 2 })).toEqual(two?.slice(0, 2))
    pinExemplar(project.db, ids[2] ?? 0, true)
    expect(names({ count: 3, fill: 'none' })).toEqual(one)
    decide(project.db, { candidateId: ids[1] ?? 0, verdict: 'reject', reviewer: 'Ada' })
    expect(names({ count: 3, fill: 'none' })).toEqual(['one 0.0', 'one 0.2'])
  })

  it('stand apart in the prompt and in the file, and come back from it as they were', async () => {
    approveConversations(items[6] ?? 0)
    const version = savePromptVersion(project.db, { ...currentPromptVersion(project.db), outputForm: 'conversations' })
    const settings = { ...defaultGenerationSettings, exemplars: policy({ count: 6 }) }
    const { messages } = await previewPrompt(project.db, { itemId: target().itemId, text: version, settings }, priced)
    const reply = messages[2] ? textOf(messages[2]) : ''
    const places = (pairs: readonly DraftedPair[]) => pairs.map(({ conversation, turn, instruction }) => [conversation, turn, instruction])
    const expected = ['two', 'one'].flatMap((name, at) => [0, 1, 2].map((turn) => [at, turn, `What is ${name} 0.${turn}?`]))
    expect(places(parseReply({ text: reply }).pairs)).toEqual(expected)

    saveGenerationSettings(project.db, settings)
    const written = collectFileExemplars(project.db)
    expect(places(written[0]?.pairs ?? [])).toEqual(expected)
    const { exemplars, findings } = readPromptFile(formatPromptFile('Talk.', written), version)
    expect({ exemplars, findings }).toEqual({ exemplars: written, findings: [] })
  })
})

describe('the price of a prompt', () => {
  const priceWith = async (provider: { kind: 'demo' | 'openai'; model: string }) =>
    (await previewPrompt(project.db, { itemId: target().itemId, text, settings: defaultGenerationSettings }, provider)).price

  it('is that of the prompt and a usual reply, nothing for the demo, unknown for a model nobody lists', async () => {
    const [small, large] = [await priceWith(priced), await priceWith({ kind: 'openai', model: 'gpt-4.1' })]
    expect(small).toBeGreaterThan(0)
    expect(large).toBeGreaterThan(small ?? 0)
    expect(await priceWith({ kind: 'openai', model: 'llama-at-home' })).toBeNull()
    expect(await priceWith({ kind: 'demo', model: 'gpt-4.1' })).toBe(0)
  })
})
