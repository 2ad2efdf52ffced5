import { parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import { asyncBufferFromFile } from 'hyparquet/src/node.js'
import { mkdir, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { getRecipe } from '../../../../src/main/recipes/registry'
import { listCandidates } from '../../../../src/main/store/candidates/candidates'
import { decide } from '../../../../src/main/store/decisions/decisions'
import type { Context } from '../../../../src/shared/domain'
import {
  accept,
  addApproved,
  addItem,
  draft,
  newExportProject,
  paint,
  readJson,
  sampleMedia,
  somePairs,
  type TestProject,
} from '../../../support/exportProject'
import { exportPairs } from '../../../support/inEnglish'

interface Instructions {
  meta: Record<string, unknown>
  data: Record<string, { instruction: string; answer: string; image_ids: string[]; rel_ins_ids: string[] }>
}

let project: TestProject
beforeEach(async () => {
  project = await newExportProject()
})
afterEach(() => project.remove())

const exportSet = (options?: Parameters<typeof exportPairs>[2]) =>
  exportPairs(project, { format: 'mimic-it', directory: project.out }, options)
const instructions = async () => (await readJson(path.join(project.out, 'LA_instructions.json'))) as Instructions
const cat = path.join(sampleMedia, 'cat.jpg')

async function readParquet(name: string) {
  const file = await asyncBufferFromFile(path.join(project.out, name))
  const metadata = await parquetMetadataAsync(file)
  return { metadata, rows: (await parquetReadObjects({ file, metadata })) as Record<string, string>[] }
}

describe('a MIMIC-IT export', () => {
  it('holds the approved pairs with their edits, and no others', async () => {
    const item = await addItem(project, 'cat', [cat])
    const [accepted, edited, rejected, ignored] = draft(project, item, somePairs(5))
    accept(project, accepted!)
    const pair = { instruction: 'What lies there?', response: 'A cat.' }
    decide(project.db, { candidateId: edited!, verdict: 'edit', reviewer: 'Grace', pair })
    decide(project.db, { candidateId: rejected!, verdict: 'reject', reviewer: 'Grace', reason: 'trivial' })
    decide(project.db, { candidateId: ignored!, verdict: 'ignore', reviewer: 'Grace' })

    const report = await exportSet()
    expect(report).toMatchObject({ format: 'mimic-it', directory: project.out, pairs: 2, images: 1, leftOut: [], demoPairs: 0 })
    expect(report.validation.issues).toEqual([])
    expect(report.validation.checks).toBeGreaterThan(20)
    const { data, meta } = await instructions()
    expect(Object.keys(data)).toEqual(['LA_INS_00001', 'LA_INS_00002'])
    expect(data.LA_INS_00002).toEqual({
      instruction: 'What lies there?',
      answer: 'A cat.',
      image_ids: ['LA_IMG_cat'],
      rel_ins_ids: ['LA_INS_00001'],
    })
    expect(meta).toMatchObject({ version: '0.0.1', author: 'Ada, Grace', models: [{ provider: 'openai', model: 'gpt-4.1-mini' }] })
    expect(meta.time).toMatch(/^\d{4}-\d{2}$/)
    expect(meta.generator).toMatch(/^Exemplar \d/)
    expect(meta).not.toHaveProperty('demo')
  })

  it('writes four files and how to train on them, which the report names with their sizes', async () => {
    addApproved(project, await addItem(project, 'cat', [cat]), somePairs(1))
    const { files } = await exportSet()
    expect((await readdir(project.out)).toSorted()).toEqual([
      'LA.parquet',
      'LA.yaml',
      'LA_instructions.json',
      'LA_train.json',
      'TRAINING.md',
      'train_otter.sh',
    ])
    expect(files.map(({ name }) => name)).toEqual([
      'LA.parquet',
      'LA_train.json',
      'train_otter.sh',
      'TRAINING.md',
      'LA.yaml',
      'LA_instructions.json',
    ])
    for (const { name, bytes } of files) expect((await stat(path.join(project.out, name))).size).toBe(bytes)
  })

  it('leads the loader from the YAML to the other files', async () => {
    addApproved(project, await addItem(project, 'cat', [cat]), somePairs(2))
    await exportSet()
    const yaml = await readFile(path.join(project.out, 'LA.yaml'), 'utf8')
    expect(parse(yaml)).toEqual({
      IMAGE_TEXT_IN_CONTEXT: {
        LA: {
          mimicit_path: 'LA_instructions.json',
          images_path: 'LA.parquet',
          train_config_path: 'LA_train.json',
          num_samples: -1,
          task_description: [expect.any(String)],
        },
      },
    })
    expect(await readJson(path.join(project.out, 'LA_train.json'))).toEqual({ LA_INS_00001: [], LA_INS_00002: ['LA_INS_00001'] })
  })

  it('holds each image once, 224 × 224 RGB JPEG in plain base64, with the image id as the index of pandas', async () => {
    addApproved(project, await addItem(project, 'cat', [cat]), somePairs(3))
    addApproved(project, await addItem(project, 'the same cat', [cat]), somePairs(1))
    const { images } = await exportSet()
    expect(images).toBe(1)
    const { metadata, rows } = await readParquet('LA.parquet')
    const pandas = JSON.parse(metadata.key_value_metadata?.find(({ key }) => key === 'pandas')?.value ?? '{}')
    expect(pandas.index_columns).toHaveLength(1)
    expect(rows.map((row) => row[pandas.index_columns[0]])).toEqual(['LA_IMG_cat'])
    const image = await sharp(Buffer.from(rows[0]?.base64 ?? '', 'base64')).metadata()
    expect(image).toMatchObject({ format: 'jpeg', width: 224, height: 224, channels: 3, space: 'srgb' })
    expect((await instructions()).data.LA_INS_00004?.image_ids).toEqual(['LA_IMG_cat'])
  })

  it('keeps text as it is: quotes, new lines, other scripts', async () => {
    const pair = { instruction: 'Was sagt „sie“?\nUnd \\ "er"?', response: '夜空に星が見えます。🚀\u2028\tEnde' }
    addApproved(project, await addItem(project, 'Straße 1', [cat]), [pair])
    await exportSet()
    const { data } = await instructions()
    expect(data.LA_INS_00001).toMatchObject({ instruction: pair.instruction, answer: pair.response, image_ids: ['LA_IMG_Stra_e_1'] })
  })

  it('numbers the images of an item with two', async () => {
    const coins = ['coins_1.jpg', 'coins_2.jpg'].map((name) => path.join(sampleMedia, name))
    addApproved(project, await addItem(project, 'coins', coins), somePairs(1))
    const report = await exportSet()
    expect(report.images).toBe(2)
    expect((await instructions()).data.LA_INS_00001?.image_ids).toEqual(['LA_IMG_coins_1', 'LA_IMG_coins_2'])
    expect((await readParquet('LA.parquet')).rows).toHaveLength(2)
  })

  describe('names an image the same, whichever pairs are approved:', () => {
    /** The ids of all images by item, and those that are left when only some items have an approved pair. */
    async function idsOf(approved: Record<string, number>, from: TestProject = project): Promise<Record<string, string[]>> {
      for (const candidate of listCandidates(from.db, { states: ['accepted'] }, null, 100).candidates)
        decide(from.db, { candidateId: candidate.id, verdict: 'reopen', reviewer: 'Ada' })
      accept(from, ...Object.values(approved))
      await exportPairs(from, { format: 'mimic-it', directory: from.out })
      const { prefix } = getRecipe(from.info.recipe)
      const { data } = (await readJson(path.join(from.out, `${prefix}_instructions.json`))) as Instructions
      const idOf = (candidate: number) => `${prefix}_INS_${String(candidate).padStart(5, '0')}`
      return Object.fromEntries(Object.entries(approved).map(([item, id]) => [item, data[idOf(id)]?.image_ids ?? []]))
    }

    async function expectStable(candidates: Record<string, number>, from: TestProject = project): Promise<Record<string, string[]>> {
      const all = await idsOf(candidates, from)
      for (const [item, candidate] of Object.entries(candidates))
        expect(await idsOf({ [item]: candidate }, from)).toEqual({ [item]: all[item] })
      return all
    }

    it('the images of a pair are its own, also one that stands in two pairs', async () => {
      const [one, three, seven] = ['coins_1.jpg', 'coins_2.jpg', 'cat.jpg'].map((name) => path.join(sampleMedia, name))
      const [first] = draft(project, await addItem(project, '1_3', [one!, three!]), somePairs(1))
      const [second] = draft(project, await addItem(project, '3_7', [three!, seven!]), somePairs(1))
      expect(await expectStable({ '1_3': first!, '3_7': second! })).toEqual({
        '1_3': ['LA_IMG_1_3_1', 'LA_IMG_1_3_2'],
        '3_7': ['LA_IMG_3_7_1', 'LA_IMG_3_7_2'],
      })
    })

    it('an image that items show alone has the name of the first of them', async () => {
      const items = ['cat', 'cat_2', 'cat_3']
      const candidates: Record<string, number> = {}
      for (const item of items) candidates[item] = draft(project, await addItem(project, item, [cat]), somePairs(1))[0]!
      const all = await expectStable(candidates)
      expect(Object.values(all).flat()).toEqual(['LA_IMG_cat', 'LA_IMG_cat', 'LA_IMG_cat'])
    })

    it('names that differ only in characters that are not safe stay apart', async () => {
      const candidates: Record<string, number> = {}
      for (const [at, item] of ['a/b', 'a_b', 'a b'].entries())
        candidates[item] = draft(project, await addItem(project, item, [await paint(project, `${at}.png`, at * 50)]), somePairs(1))[0]!
      const all = await expectStable(candidates)
      expect(all).toEqual({
        'a/b': ['LA_IMG_a_b'], // imported first
        a_b: [expect.stringMatching(/^LA_IMG_a_b_[0-9a-f]{8}$/)],
        'a b': [expect.stringMatching(/^LA_IMG_a_b_[0-9a-f]{8}$/)],
      })
      expect(new Set(Object.values(all).flat()).size).toBe(3)

      const others: Record<string, number> = {}
      for (const [at, item] of ['c/d', 'c d'].entries())
        others[item] = draft(
          project,
          await addItem(project, item, [await paint(project, `${at + 10}.png`, at * 50 + 10)]),
          somePairs(1),
        )[0]!
      expect(await expectStable(others)).toEqual({ 'c/d': ['LA_IMG_c_d'], 'c d': [expect.stringMatching(/^LA_IMG_c_d_[0-9a-f]{8}$/)] })
    })

    it('frames of a part of a video have the name of the item, also where parts overlap', async () => {
      const video = await newExportProject('e4d')
      try {
        const tour = path.join(sampleMedia, 'launch_tour.mp4')
        const add = async (id: string, context: Context) => draft(video, await addItem(video, id, [tour], context), somePairs(1))[0]!
        const all = await expectStable(
          {
            tour_1: await add('tour_1', { clip: { start: 0, end: 8 } }),
            tour_2: await add('tour_2', { clip: { start: 6, end: 10 } }),
          },
          video,
        )
        expect(all.tour_2).toEqual(['0000', '0001', '0002', '0003'].map((frame) => `E4D_IMG_tour_2_${frame}`))
      } finally {
        await video.remove()
      }
    })

    it('frames of two videos of one name stay apart, and those of one video are shared', async () => {
      const video = await newExportProject('dc')
      try {
        await mkdir(path.join(video.root, 'other'))
        const [clip, other] = [path.join(video.root, 'clip.mp4'), path.join(video.root, 'other', 'clip.mp4')]
        const tour = await readFile(path.join(sampleMedia, 'launch_tour.mp4'))
        await writeFile(clip, tour)
        await writeFile(other, Buffer.concat([tour, Buffer.from([0, 0, 0, 8, ...Buffer.from('free')])]))
        const add = async (id: string, file: string) => draft(video, await addItem(video, id, [file]), somePairs(1))[0]!
        const all = await expectStable(
          { here: await add('here', clip), there: await add('there', other), again: await add('again', clip) },
          video,
        )
        expect(all.here?.[0]).toBe('DC_IMG_clip_0000')
        expect(all.again).toEqual(all.here)
        expect(all.there?.[1]).toMatch(/^DC_IMG_clip_[0-9a-f]{8}_0001$/)
      } finally {
        await video.remove()
      }
    })
  })

  it('relates only pairs that are in it', async () => {
    const item = await addItem(project, 'cat', [cat])
    const ids = draft(project, item, somePairs(4))
    accept(project, ids[0]!, ids[3]!)
    await exportSet()
    expect(await readJson(path.join(project.out, 'LA_train.json'))).toEqual({ LA_INS_00001: [], LA_INS_00004: ['LA_INS_00001'] })
  })

  it('marks demo pairs in the meta, the YAML and the report', async () => {
    const item = await addItem(project, 'cat', [cat])
    addApproved(project, item, somePairs(1))
    addApproved(project, item, somePairs(2, 'demo'), { provider: { kind: 'demo' } })
    const { demoPairs } = await exportSet()
    expect(demoPairs).toBe(2)
    expect((await instructions()).meta).toMatchObject({ demo: true, demo_pairs: 2 })
    expect(await readFile(path.join(project.out, 'LA.yaml'), 'utf8')).toContain('DEMO: 2 pairs')
  })

  it('has the prefix of its recipe', async () => {
    const custom = await newExportProject('custom')
    try {
      addApproved(custom, await addItem(custom, 'cat', [cat]), somePairs(1))
      await exportPairs(custom, { format: 'mimic-it', directory: custom.out })
      expect(Object.keys(((await readJson(path.join(custom.out, 'CUSTOM_instructions.json'))) as Instructions).data)).toEqual([
        'CUSTOM_INS_00001',
      ])
    } finally {
      await custom.remove()
    }
  })

  it('is the same to the byte when nothing has changed, and keeps its ids when pairs come and go', async () => {
    const first = await addItem(project, 'cat', [cat])
    const second = await addItem(project, 'coffee', [path.join(sampleMedia, 'coffee.jpg')])
    const ids = [...draft(project, first, somePairs(3)), ...draft(project, second, somePairs(3, 'cup'))]
    accept(project, ids[1]!, ids[2]!, ids[4]!)
    await exportSet()
    const read = async () => {
      const names = (await readdir(project.out)).toSorted()
      return Promise.all(names.map(async (name) => [name, await readFile(path.join(project.out, name), 'base64')]))
    }
    const before = await read()
    await exportSet()
    expect(await read()).toEqual(before)

    const { data } = await instructions()
    decide(project.db, { candidateId: ids[1]!, verdict: 'reopen', reviewer: 'Ada' })
    accept(project, ids[0]!, ids[5]!)
    await exportSet()
    const later = (await instructions()).data
    expect(Object.keys(later)).toEqual(['LA_INS_00001', 'LA_INS_00003', 'LA_INS_00005', 'LA_INS_00006'])
    expect(later.LA_INS_00005).toEqual(data.LA_INS_00005)
    expect(later.LA_INS_00003).toEqual({ ...data.LA_INS_00003, rel_ins_ids: ['LA_INS_00001'] })
  })

  it('splits images into parts when they do not fit into one', async () => {
    for (const shade of [0, 80, 160, 240]) {
      const file = await paint(project, `${shade}.png`, shade)
      addApproved(project, await addItem(project, `shade ${shade}`, [file]), somePairs(2))
    }
    const report = await exportSet({ parquetLimits: { partBytes: 9_000, groupRows: 1, groupBytes: 1_000_000 } })
    const parts = report.files.map(({ name }) => name).filter((name) => name.endsWith('.parquet'))
    expect(parts.length).toBeGreaterThan(1)
    expect(parts[0]).toBe('LA_000.parquet')
    expect(report.validation.issues).toEqual([])
    for (const { name, bytes } of report.files) if (name.endsWith('.parquet')) expect(bytes).toBeLessThanOrEqual(9_000)
    const trained = await Promise.all(parts.map((_, part) => readJson(path.join(project.out, `LA_00${part}_train.json`))))
    expect(trained.flatMap((train) => Object.keys(train as object)).toSorted()).toEqual(Object.keys((await instructions()).data))
  })

  it('names the files of an earlier, larger export that nothing refers to any more, and leaves them alone', async () => {
    for (const shade of [0, 80, 160]) {
      const file = await paint(project, `${shade}.png`, shade)
      addApproved(project, await addItem(project, `shade ${shade}`, [file]), somePairs(1))
    }
    const inParts = await exportSet({ parquetLimits: { partBytes: 9_000, groupRows: 1, groupBytes: 1_000_000 } })
    expect(inParts.leftOver).toEqual([])
    const parts = inParts.files.map(({ name }) => name).filter((name) => /^LA_\d{3}/.test(name))
    await writeFile(path.join(project.out, 'LA_notes.json'), 'mine')
    expect((await exportSet()).leftOver).toEqual(parts.toSorted())
    expect(await readdir(project.out)).toEqual(expect.arrayContaining(parts))
    for (const name of parts) await rm(path.join(project.out, name))
    expect((await exportSet()).leftOver).toEqual([])
  })

  it('makes row groups of bounded size', async () => {
    const album: string[] = []
    for (let at = 0; at < 5; at++) album.push(await paint(project, `${at}.png`, at * 40))
    addApproved(project, await addItem(project, 'album', album), somePairs(1))
    await exportSet({ parquetLimits: { partBytes: 1e9, groupRows: 2, groupBytes: 1e6 } })
    const { metadata, rows } = await readParquet('LA.parquet')
    expect(metadata.row_groups.map(({ num_rows: count }) => Number(count))).toEqual([2, 2, 1])
    expect(rows).toHaveLength(5)
  })

  it('is of one moment: what is decided while it is written is in none of its files', async () => {
    const ids = draft(project, await addItem(project, 'cat', [cat]), somePairs(3))
    const later = draft(project, await addItem(project, 'flower', [path.join(sampleMedia, 'flower.jpg')]), somePairs(2, 'flower'))
    accept(project, ...ids)
    let decided = false
    await exportSet({
      onProgress: () => {
        if (decided) return
        decided = true
        accept(project, ...later)
        decide(project.db, { candidateId: ids[0]!, verdict: 'reject', reviewer: 'Ada' })
        decide(project.db, { candidateId: ids[1]!, verdict: 'edit', pair: { instruction: 'Late?', response: 'Late.' }, reviewer: 'Ada' })
      },
    })
    expect(decided).toBe(true)
    const { data } = await instructions()
    expect(Object.values(data).map(({ instruction }) => instruction)).toEqual(somePairs(3).map(({ instruction }) => instruction))
    expect(Object.keys((await readJson(path.join(project.out, 'LA_train.json'))) as object)).toEqual(Object.keys(data))
    expect((await readParquet('LA.parquet')).rows).toHaveLength(1)
    await exportSet()
    expect(Object.keys((await instructions()).data)).toHaveLength(4)
  })

  it('tells its progress in pairs', async () => {
    addApproved(project, await addItem(project, 'cat', [cat]), somePairs(3))
    addApproved(project, await addItem(project, 'coffee', [path.join(sampleMedia, 'coffee.jpg')]), somePairs(2))
    const told: { done: number; total: number; step?: unknown }[] = []
    await exportSet({ onProgress: (progress) => told.push(progress) })
    // Steps that take long report theirs too.
    expect(told.filter(({ step }) => step === undefined)).toEqual([
      { done: 3, total: 5 },
      { done: 5, total: 5 },
    ])
  })
})

describe('pairs that cannot be exported to MIMIC-IT', () => {
  const stored = async (item: string) => {
    const { media } = [...(await import('../../../../src/main/store/candidates/approved')).listApproved(project.db)].find(
      ({ itemSourceId }) => itemSourceId === item,
    )!
    return path.join(project.directory, 'media', media[0]!.storedName)
  }

  it('are left out with the reason: a video, a missing file, a damaged file; the rest is exported', async () => {
    addApproved(project, await addItem(project, 'tour', [path.join(sampleMedia, 'launch_tour.mp4')]), somePairs(2))
    addApproved(project, await addItem(project, 'missing', [await paint(project, 'missing.png', 10)]), somePairs(1))
    addApproved(
      project,
      await addItem(project, 'damaged', [await paint(project, 'damaged.png', 20, { width: 600, height: 400 })]),
      somePairs(1),
    )
    addApproved(project, await addItem(project, 'cat', [cat]), somePairs(1))
    await rm(await stored('missing'))
    await truncate(await stored('damaged'), 200)

    const { leftOut, pairs, images } = await exportSet()
    expect({ pairs, images }).toEqual({ pairs: 1, images: 1 })
    expect(leftOut.map(({ candidateId, item }) => [candidateId, item])).toEqual([
      [1, 'tour'],
      [2, 'tour'],
      [3, 'missing'],
      [4, 'damaged'],
    ])
    expect(leftOut[0]?.reason).toMatch(/launch_tour\.mp4 is a video.*Export the pair as jsonl/)
    expect(leftOut[2]?.reason).toMatch(/missing\.png is missing.*Copy missing\.png to media.* in the project again/)
    expect(leftOut[3]?.reason).toMatch(/damaged\.png cannot be read: the image cannot be decoded.* Copy damaged\.png to media/)
    expect(Object.keys((await instructions()).data)).toEqual(['LA_INS_00005'])
  })

  it('leave no image of their item behind', async () => {
    const [good, bad] = [await paint(project, 'good.png', 1), await paint(project, 'bad.png', 2)]
    addApproved(project, await addItem(project, 'lost', [bad]), somePairs(1))
    const lost = await stored('lost')
    addApproved(project, await addItem(project, 'half', [good, bad]), somePairs(1))
    addApproved(project, await addItem(project, 'cat', [cat]), somePairs(1))
    await writeFile(lost, 'no image')
    const { leftOut, images, validation } = await exportSet()
    expect(leftOut.map(({ item }) => item)).toEqual(['lost', 'half'])
    expect(images).toBe(1)
    expect(validation.issues).toEqual([])
  })

  it('fail the export when none is left', async () => {
    addApproved(project, await addItem(project, 'tour', [path.join(sampleMedia, 'launch_tour.mp4')]), somePairs(1))
    await expect(exportSet()).rejects.toMatchObject({ code: 'bad-media', item: 'tour', message: expect.stringContaining('is a video') })
    expect(await readdir(project.out)).toEqual([])
  })
})
