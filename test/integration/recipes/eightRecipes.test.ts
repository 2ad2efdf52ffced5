import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { readImages } from '../../../src/main/generation/prompt/readImage'
import { startRun } from '../../../src/main/generation/run/startRun'
import { getRecipe } from '../../../src/main/recipes/registry'
import { listCandidates } from '../../../src/main/store/candidates/candidates'
import { getItem } from '../../../src/main/store/library/items'
import { saveItem } from '../../support/saveItem'
import { saveMedia } from '../../../src/main/store/library/media'
import { saveCustomRecipe } from '../../../src/main/store/project/project'
import { savePromptVersion } from '../../../src/main/store/project/prompts'
import { defaultGenerationSettings, defaultProviderSettings, type Candidate, type RecipeId } from '../../../src/shared/domain'
import { accept, addApproved, addItem, newExportProject, readJson, sampleMedia, type TestProject } from '../../support/exportProject'
import { recipeSamples as samples } from '../../support/recipeSamples'
import { exportPairs } from '../../support/inEnglish'
import { runGeneration } from '../../support/inEnglish'

const projects: TestProject[] = []
afterEach(async () => {
  for (const project of projects.splice(0)) await project.remove()
})

interface Set {
  data: Record<string, { instruction: string; answer: string; image_ids: string[]; rel_ins_ids: string[] }>
}

/** Draws a recipe's whole path: items, demo run, everything accepted, exported. */
async function carryOut(recipe: RecipeId, prefix = getRecipe(recipe).prefix) {
  const project = await newExportProject(recipe)
  projects.push(project)
  savePromptVersion(project.db, getRecipe(recipe).text)
  if (recipe === 'custom') saveCustomRecipe(project.db, { prefix, fields: [], relation: 'mutual' })
  for (const { sourceId, files, context } of samples[recipe])
    await addItem(
      project,
      sourceId,
      files.map((name) => join(sampleMedia, name)),
      context,
    )
  const run = startRun(project.db, {
    provider: { ...defaultProviderSettings, kind: 'demo' },
    generation: { ...defaultGenerationSettings, pairsPerItem: 4 },
  })
  const { run: ended } = await runGeneration(project, run.id, { apiKey: null })
  expect(ended).toMatchObject({ state: 'finished', failed: 0 })
  const candidates = listCandidates(project.db, {}, null, 1000).candidates
  accept(project, ...candidates.map(({ id }) => id))
  const report = await exportPairs(project, { format: 'mimic-it', directory: project.out })
  const { data } = (await readJson(join(project.out, `${prefix}_instructions.json`))) as Set
  const train = (await readJson(join(project.out, `${prefix}_train.json`))) as Record<string, string[]>
  const idOf = ({ id }: Pick<Candidate, 'id'>) => `${prefix}_INS_${String(id).padStart(5, '0')}`
  const entries = candidates.map((candidate) => ({ candidate, id: idOf(candidate), ...(data[idOf(candidate)] ?? expect.unreachable()) }))
  return { project, report, data, train, candidates, entries, idOf }
}

describe('each recipe goes from its items to a valid set', () => {
  it.each(Object.keys(samples) as RecipeId[])('%s', async (recipe) => {
    const { report, data, train, candidates } = await carryOut(recipe)
    expect(report).toMatchObject({ leftOut: [], pairs: candidates.length })
    expect(report.validation.issues.filter(({ level }) => level === 'error')).toEqual([])
    expect(candidates.length).toBeGreaterThanOrEqual(samples[recipe].length * 3)
    for (const [id, entry] of Object.entries(data)) {
      expect(train[id]).toEqual(entry.rel_ins_ids)
      expect(entry.instruction).toMatch(/^[A-Z].*[.?]$/s)
      expect(entry.answer).toMatch(/^[“A-Z].*[.!?”]$/s)
      expect(`${entry.instruction} ${entry.answer}`).not.toMatch(/undefined|null|#C|\s[.,]|\.\.|\{|\[/)
    }
  })
})

describe('the relations of a set', () => {
  it('LA: earlier turns of conversations on the image, similar ones of other images for the rest', async () => {
    const { entries } = await carryOut('la')
    for (const { candidate, id, rel_ins_ids } of entries) {
      const related = entries.filter((entry) => rel_ins_ids.includes(entry.id)).map((entry) => entry.candidate)
      if (candidate.kind === 'conversation') {
        const earlier = entries.filter(
          (entry) =>
            entry.candidate.itemId === candidate.itemId && entry.candidate.kind === 'conversation' && entry.candidate.id < candidate.id,
        )
        expect(rel_ins_ids).toEqual(earlier.map((entry) => entry.id))
      } else
        for (const other of related)
          expect(other).toMatchObject({ kind: candidate.kind, itemId: expect.toSatisfy((itemId) => itemId !== candidate.itemId) })
      expect(rel_ins_ids).not.toContain(id)
    }
  })

  it.each([
    ['LA, of details, the similar ones by image beside those by text', 'la'],
    ['custom, where the project says so', 'custom'],
  ] as const)('%s', async (_, recipe) => {
    const project = await newExportProject(recipe)
    projects.push(project)
    const relation = 'similar-image' as const
    if (recipe === 'custom') saveCustomRecipe(project.db, { prefix: 'CUSTOM', fields: [], relation })
    const files = { coins: 'coins_1.jpg', later: 'coins_2.jpg', rocket: 'rocket.jpg', tour: 'launch_tour.mp4' }
    const texts = {
      coins: 'How many coins lie there?',
      later: 'Count all money.',
      rocket: 'Where does the rocket stand?',
      tour: 'What moves?',
    }
    const ids: Record<string, string> = {}
    for (const name of ['coins', 'later', 'rocket', ...(recipe === 'custom' ? (['tour'] as const) : [])] as const) {
      const itemId = await addItem(project, name, [join(sampleMedia, files[name])])
      const pair = { instruction: texts[name], response: 'As can be seen.', kind: recipe === 'la' ? ('detail' as const) : null }
      const [id] = addApproved(project, itemId, [pair])
      ids[name] = `${recipe.toUpperCase()}_INS_${String(id).padStart(5, '0')}`
    }
    await exportPairs(project, { format: 'mimic-it', directory: project.out })
    const train = (await readJson(join(project.out, `${recipe.toUpperCase()}_train.json`))) as Record<string, string[]>
    // No two instructions share a word that would relate them by text.
    expect(train[ids.coins ?? '']?.[0]).toBe(ids.later)
    expect(train[ids.later ?? '']?.[0]).toBe(ids.coins)
    if (recipe === 'custom') expect(train[ids.tour ?? '']?.[0]).toBe(ids.rocket)
  })

  it('CGD: similar instructions about other pairs of images', async () => {
    const { entries } = await carryOut('cgd')
    expect(entries.some(({ rel_ins_ids }) => rel_ins_ids.length > 0)).toBe(true)
    for (const { candidate, rel_ins_ids } of entries)
      for (const other of entries.filter(({ id }) => rel_ins_ids.includes(id))) expect(other.candidate.itemId).not.toBe(candidate.itemId)
  })

  it('SD: none', async () => {
    const { entries } = await carryOut('sd')
    expect(entries.flatMap(({ rel_ins_ids }) => rel_ins_ids)).toEqual([])
    expect(new Set(entries.flatMap(({ image_ids }) => image_ids))).toEqual(new Set(['SD_IMG_coins_1', 'SD_IMG_coins_2']))
  })

  it('VST: the earlier turns on the album', async () => {
    const { entries } = await carryOut('vst')
    for (const [at, { rel_ins_ids }] of entries.entries()) expect(rel_ins_ids).toEqual(entries.slice(0, at).map(({ id }) => id))
    expect(entries[0]?.image_ids).toEqual(['VST_IMG_7001_1', 'VST_IMG_7001_2', 'VST_IMG_7001_3'])
  })

  it.each(['dc', 'tvc', 'e4d'] as const)('%s: all other pairs on the same clip', async (recipe) => {
    const { entries } = await carryOut(recipe)
    for (const { candidate, id, rel_ins_ids } of entries) {
      const others = entries.filter((entry) => entry.candidate.itemId === candidate.itemId && entry.id !== id)
      expect(others.length).toBeGreaterThan(0)
      expect(rel_ins_ids).toEqual(others.map((entry) => entry.id))
    }
  })

  it('SN: the earlier rounds of the same conversation, three of three', async () => {
    const { entries } = await carryOut('sn')
    expect(entries.map(({ candidate: { conversation, turn } }) => [conversation, turn])).toEqual(
      [0, 1, 2].flatMap((conversation) => [0, 1, 2].map((turn) => [conversation, turn])),
    )
    for (const { candidate } of entries) expect(candidate.rationale).toMatch(/\w+/)
    for (const [at, { rel_ins_ids }] of entries.entries()) expect(rel_ins_ids).toEqual(entries.slice(at - (at % 3), at).map(({ id }) => id))
  })

  it('custom: as the project says, under its own prefix', async () => {
    const { entries } = await carryOut('custom', 'MINE')
    expect(entries[0]?.image_ids).toEqual(['MINE_IMG_flower'])
    expect(entries[0]?.rel_ins_ids).toEqual(entries.slice(1).map(({ id }) => id))
  })
})

describe('the images of video', () => {
  it('are one frame a second, named after the video', async () => {
    const { entries, report } = await carryOut('dc')
    expect(report.images).toBe(12)
    expect(entries[0]?.image_ids.at(0)).toBe('DC_IMG_launch_tour_0000')
    expect(entries[0]?.image_ids.at(-1)).toBe('DC_IMG_launch_tour_0011')
  })

  it('are sixteen of the clip, not of the whole video', async () => {
    const { entries } = await carryOut('tvc')
    const perItem = Map.groupBy(entries, ({ candidate }) => candidate.itemId)
    const [one = [], other = []] = [...perItem.values()].map(([first]) => first?.image_ids ?? [])
    expect([one.length, other.length]).toEqual([16, 16])
    expect(one.filter((id) => other.includes(id))).toEqual([])
  })

  it('are twenty of the video of a room', async () => {
    const project = await newExportProject('sn')
    projects.push(project)
    const itemId = await addItem(project, 'scene', [join(sampleMedia, 'launch_tour.mp4')], samples.sn[0]?.context)
    addApproved(project, itemId, [{ instruction: 'Where is the bench?', response: 'Behind the motorcycle.' }])
    const { leftOut, images, validation } = await exportPairs(project, { format: 'mimic-it', directory: project.out })
    expect({ leftOut, images, issues: validation.issues.filter(({ level }) => level === 'error') }).toEqual({
      leftOut: [],
      images: 20,
      issues: [],
    })
  })

  it('are those between the first and the last narration', async () => {
    const { entries } = await carryOut('e4d')
    expect(entries[0]?.image_ids).toHaveLength(6)
  })
})

it('frames of the item’s part of a video go to a model that is sent images', async () => {
  const project = await newExportProject('tvc')
  projects.push(project)
  const [sample] = samples.tvc
  const itemId = await addItem(project, 'clip', [join(sampleMedia, 'launch_tour.mp4')], sample?.context)
  const item = getItem(project.db, itemId) ?? expect.unreachable()
  const images = await readImages(project, item, item.media[0]?.id ?? 0)
  expect(images).toHaveLength(16)
  expect(new Set(images.map(({ mime }) => mime))).toEqual(new Set(['image/jpeg']))
})

it('a pair on a video that cannot be decoded is left out with the reason, and the rest is exported', async () => {
  const { project } = await carryOut('dc')
  const problem = 'broken.avi holds MPEG-4 Part 2 video, which cannot be decoded here.'
  const { id: mediaId } = saveMedia(project.db, {
    sha256: 'f'.repeat(64),
    fileName: 'broken.avi',
    storedName: `${'f'.repeat(64)}.avi`,
    kind: 'video',
    mime: 'video/x-msvideo',
    bytes: 10,
    width: null,
    height: null,
    problem,
  })
  const { id } = saveItem(project.db, { sourceId: 'broken', context: {}, mediaIds: [mediaId] })
  const broken = addApproved(project, id, [{ instruction: 'What is it?', response: 'Nobody knows.' }])
  const { leftOut, validation } = await exportPairs(project, { format: 'mimic-it', directory: project.out })
  expect(leftOut).toMatchObject([{ candidateId: broken[0], item: 'broken', reason: expect.stringContaining('MPEG-4 Part 2') }])
  expect(validation.issues.filter(({ level }) => level === 'error')).toEqual([])
})

it('a pair whose item waits for media is left out with the name of the file, and no relation leads to it', async () => {
  const { project, data } = await carryOut('la')
  const waiting = saveItem(project.db, { sourceId: 'late', context: { captions: ['A dog runs.'] }, mediaIds: [{ missing: 'late.jpg' }] })
  const run = startRun(project.db, {
    itemIds: [waiting.id],
    provider: { ...defaultProviderSettings, kind: 'demo' },
    generation: { ...defaultGenerationSettings },
  })
  await runGeneration(project, run.id, { apiKey: null })
  const late = listCandidates(project.db, { itemId: waiting.id }, null, 100).candidates
  accept(project, ...late.map(({ id }) => id))
  const { leftOut, validation } = await exportPairs(project, { format: 'mimic-it', directory: project.out })
  expect(leftOut.map(({ candidateId }) => candidateId)).toEqual(late.map(({ id }) => id))
  expect(leftOut[0]?.reason).toContain('late.jpg')
  expect(validation.issues.filter(({ level }) => level === 'error')).toEqual([])
  expect(await readJson(join(project.out, 'LA_instructions.json'))).toMatchObject({ data })
})
