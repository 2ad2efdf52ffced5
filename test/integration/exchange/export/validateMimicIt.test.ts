import { cp, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { mimicItChecks, type MimicItCheck } from '../../../../src/main/exchange/export/mimicIt/validate/mimicItChecks'
import { addApproved, addItem, newExportProject, paint, somePairs, type TestProject } from '../../../support/exportProject'
import { changeJson, changeParquet, changeText, changeYaml } from '../../../support/mimicItDamage'
import { exportPairs, validateMimicIt } from '../../../support/inEnglish'

let project: TestProject
let set: string

beforeAll(async () => {
  project = await newExportProject()
  for (const shade of [0, 100, 200])
    addApproved(project, await addItem(project, `shade ${shade}`, [await paint(project, `${shade}.png`, shade)]), somePairs(2))
  await exportPairs(project, { format: 'mimic-it', directory: project.out })
})
afterAll(() => project.remove())

beforeEach(async () => {
  set = await mkdtemp(path.join(tmpdir(), 'exemplar-validate-'))
  await cp(project.out, set, { recursive: true })
})
afterEach(() => rm(set, { recursive: true }))

const instructions = 'LA_instructions.json'
const pandas = (content: { metadata: unknown }) => content.metadata as Record<string, unknown>
const jpeg = async (width: number, height = width) =>
  (
    await sharp({ create: { width, height, channels: 3, background: 'red' } })
      .jpeg()
      .toBuffer()
  ).toString('base64')

/** A kind of damage: what is done, the check that must find it, the file and the id it must name. */
type Damage = readonly [what: string, check: MimicItCheck, file: string, id: string | null, harm: () => Promise<void>]

const damages: readonly Damage[] = [
  ['no training YAML', 'training-yaml', '*.yaml', null, () => rm(path.join(set, 'LA.yaml'))],
  ['a YAML that is none', 'training-yaml', 'LA.yaml', null, () => writeFile(path.join(set, 'LA.yaml'), 'a: [b')],
  ['a YAML without groups', 'training-yaml', 'LA.yaml', null, () => writeFile(path.join(set, 'LA.yaml'), 'just words')],
  [
    'an unknown group',
    'group',
    'LA.yaml',
    'IMAGES',
    () => changeYaml(set, ({ IMAGE_TEXT_IN_CONTEXT }) => ({ IMAGES: IMAGE_TEXT_IN_CONTEXT })),
  ],
  ['an empty group', 'group', 'LA.yaml', 'TEXT_ONLY', () => changeYaml(set, (yaml) => ({ ...yaml, TEXT_ONLY: null }))],
  [
    'a data set without keys',
    'data-set',
    'LA.yaml',
    'B',
    () => changeYaml(set, (yaml) => Object.assign(yaml.IMAGE_TEXT_IN_CONTEXT!, { B: null }) && yaml),
  ],
  [
    'a path to nowhere',
    'path',
    'LA.yaml',
    'LA',
    () => changeYaml(set, (yaml) => void (yaml.IMAGE_TEXT_IN_CONTEXT!.LA!.images_path = 'none.parquet')),
  ],
  [
    'an empty path',
    'path',
    'LA.yaml',
    'LA',
    () => changeYaml(set, (yaml) => void (yaml.IMAGE_TEXT_IN_CONTEXT!.LA!.train_config_path = '')),
  ],
  ['no mimicit_path', 'path', 'LA.yaml', 'LA', () => changeYaml(set, (yaml) => void delete yaml.IMAGE_TEXT_IN_CONTEXT!.LA!.mimicit_path)],
  [
    'samples in words',
    'num-samples',
    'LA.yaml',
    'LA',
    () => changeYaml(set, (yaml) => void (yaml.IMAGE_TEXT_IN_CONTEXT!.LA!.num_samples = 'all')),
  ],
  [
    'half a sample',
    'num-samples',
    'LA.yaml',
    'LA',
    () => changeYaml(set, (yaml) => void (yaml.IMAGE_TEXT_IN_CONTEXT!.LA!.num_samples = 1.5)),
  ],
  [
    'a bare description',
    'task-description',
    'LA.yaml',
    'LA',
    () => changeYaml(set, (yaml) => void (yaml.IMAGE_TEXT_IN_CONTEXT!.LA!.task_description = 'x')),
  ],
  ['instructions cut off', 'instructions-file', instructions, null, () => truncate(path.join(set, instructions), 300)],
  [
    'no `data`',
    'instructions-file',
    instructions,
    null,
    () => changeJson(set, instructions, (content) => delete (content as { data?: unknown }).data),
  ],
  ['no `meta`', 'meta', instructions, null, () => changeJson(set, instructions, (content) => delete content.meta)],
  [
    'an id twice in a file',
    'unique-ids',
    instructions,
    'LA_INS_00001',
    () => changeText(set, instructions, (text) => text.replace('"LA_INS_00002": {', '"LA_INS_00001": {')),
  ],
  [
    'an entry that is none',
    'entry',
    instructions,
    'LA_INS_00003',
    () => changeJson(set, instructions, ({ data }) => Object.assign(data, { LA_INS_00003: 'x' })),
  ],
  [
    'no instruction',
    'entry',
    instructions,
    'LA_INS_00001',
    () => changeJson(set, instructions, ({ data }) => delete data.LA_INS_00001!.instruction),
  ],
  ['no answer', 'entry', instructions, 'LA_INS_00001', () => changeJson(set, instructions, ({ data }) => delete data.LA_INS_00001!.answer)],
  [
    'an empty answer',
    'text',
    instructions,
    'LA_INS_00001',
    () => changeJson(set, instructions, ({ data }) => void (data.LA_INS_00001!.answer = ' ')),
  ],
  [
    'half a character',
    'text',
    instructions,
    'LA_INS_00001',
    () => changeJson(set, instructions, ({ data }) => void (data.LA_INS_00001!.answer = 'a \ud83d')),
  ],
  [
    'no images',
    'image-ids',
    instructions,
    'LA_INS_00001',
    () => changeJson(set, instructions, ({ data }) => void (data.LA_INS_00001!.image_ids = [])),
  ],
  [
    'images that are no list',
    'image-ids',
    instructions,
    'LA_INS_00001',
    () => changeJson(set, instructions, ({ data }) => void (data.LA_INS_00001!.image_ids = 'x')),
  ],
  [
    'an unknown image',
    'image-missing',
    instructions,
    'LA_INS_00001',
    () => changeJson(set, instructions, ({ data }) => void (data.LA_INS_00001!.image_ids = ['LA_IMG_x'])),
  ],
  [
    'relations that are no list',
    'relations',
    instructions,
    'LA_INS_00001',
    () => changeJson(set, instructions, ({ data }) => void (data.LA_INS_00001!.rel_ins_ids = {})),
  ],
  [
    'an unknown relation',
    'dangling-relation',
    instructions,
    'LA_INS_00001',
    () => changeJson(set, instructions, ({ data }) => void (data.LA_INS_00001!.rel_ins_ids = ['LA_INS_99999'])),
  ],
  [
    'a relation to itself',
    'self-relation',
    instructions,
    'LA_INS_00001',
    () => changeJson(set, instructions, ({ data }) => void (data.LA_INS_00001!.rel_ins_ids = ['LA_INS_00001'])),
  ],
  ['a train file that is none', 'train-file', 'LA_train.json', null, () => writeFile(path.join(set, 'LA_train.json'), '[]')],
  [
    'an unknown id to train',
    'train-key',
    'LA_train.json',
    'LA_INS_99999',
    () => changeJson(set, 'LA_train.json', (train) => Object.assign(train, { LA_INS_99999: [] })),
  ],
  [
    'an unknown relation to train',
    'dangling-relation',
    'LA_train.json',
    'LA_INS_00001',
    () => changeJson(set, 'LA_train.json', (train) => Object.assign(train, { LA_INS_00001: ['x'] })),
  ],
  [
    'a relation to itself to train',
    'self-relation',
    'LA_train.json',
    'LA_INS_00001',
    () => changeJson(set, 'LA_train.json', (train) => Object.assign(train, { LA_INS_00001: ['LA_INS_00001'] })),
  ],
  [
    'train relations that are no list',
    'relations',
    'LA_train.json',
    'LA_INS_00001',
    () => changeJson(set, 'LA_train.json', (train) => Object.assign(train, { LA_INS_00001: null })),
  ],
  [
    'an id that is not trained',
    'never-trained',
    'LA.yaml',
    'LA_INS_00006',
    () => changeJson(set, 'LA_train.json', (train) => delete train.LA_INS_00006),
  ],
  ['an image file cut off', 'images-file', 'LA.parquet', null, () => truncate(path.join(set, 'LA.parquet'), 4000)],
  ['an image file overwritten', 'images-file', 'LA.parquet', null, () => writeFile(path.join(set, 'LA.parquet'), 'PAR1 is not enough')],
  [
    'no column of images',
    'images-file',
    'LA.parquet',
    null,
    () =>
      changeParquet(set, ({ columns }) => {
        columns.image = columns.base64!
        delete columns.base64
      }),
  ],
  [
    'an image id twice',
    'image-twice',
    'LA.parquet',
    'LA_IMG_shade_0',
    () => changeParquet(set, ({ columns }) => void (columns.ids![1] = 'LA_IMG_shade_0')),
  ],
  [
    'an image nobody uses',
    'image-unused',
    'LA.parquet',
    'LA_IMG_x',
    () =>
      changeParquet(set, ({ columns }) => {
        columns.base64!.push(columns.base64![0]!)
        columns.ids!.push('LA_IMG_x')
      }),
  ],
  [
    'a data: address',
    'data-prefix',
    'LA.parquet',
    'LA_IMG_shade_0',
    () => changeParquet(set, ({ columns }) => void (columns.base64![0] = `data:image/jpeg;base64,${columns.base64![0]}`)),
  ],
  [
    'base64 with a space in it',
    'base64',
    'LA.parquet',
    'LA_IMG_shade_0',
    () => changeParquet(set, ({ columns }) => void (columns.base64![0] = ` ${columns.base64![0]}`)),
  ],
  [
    'base64 without its end',
    'base64',
    'LA.parquet',
    'LA_IMG_shade_0',
    () => changeParquet(set, ({ columns }) => void (columns.base64![0] = columns.base64![0]!.replace(/=*$/, '').slice(0, 601))),
  ],
  [
    'an image that is null',
    'base64',
    'LA.parquet',
    'LA_IMG_shade_0',
    () => changeParquet(set, ({ columns }) => void (columns.base64![0] = null)),
  ],
  [
    'half an image',
    'image-decodes',
    'LA.parquet',
    'LA_IMG_shade_0',
    () => changeParquet(set, ({ columns }) => void (columns.base64![0] = columns.base64![0]!.slice(0, 600))),
  ],
  [
    'no image at all',
    'image-decodes',
    'LA.parquet',
    'LA_IMG_shade_0',
    () => changeParquet(set, ({ columns }) => void (columns.base64![0] = Buffer.from('no image').toString('base64'))),
  ],
  [
    'an image of another size',
    'image-size',
    'LA.parquet',
    'LA_IMG_shade_0',
    async () => {
      const image = await jpeg(300, 200)
      await changeParquet(set, ({ columns }) => void (columns.base64![0] = image))
    },
  ],
  ['no pandas metadata', 'pandas-index', 'LA.parquet', null, () => changeParquet(set, (content) => void (content.metadata = undefined))],
  [
    'pandas metadata that is no JSON',
    'pandas-index',
    'LA.parquet',
    null,
    () => changeParquet(set, (content) => void (content.metadata = '{')),
  ],
  [
    'a numbered index',
    'pandas-index',
    'LA.parquet',
    null,
    () => changeParquet(set, (content) => void (pandas(content).index_columns = [{ kind: 'range', start: 0, stop: 3, step: 1 }])),
  ],
  ['no index', 'pandas-index', 'LA.parquet', null, () => changeParquet(set, (content) => void (pandas(content).index_columns = []))],
  [
    'an index that is no column',
    'pandas-index',
    'LA.parquet',
    null,
    () => changeParquet(set, (content) => void (pandas(content).index_columns = ['id'])),
  ],
  [
    'an index that is not described',
    'pandas-index',
    'LA.parquet',
    null,
    () => changeParquet(set, (content) => void (pandas(content).columns = [])),
  ],
  [
    'instructions with fewer images',
    'image-counts',
    'LA.yaml',
    'IMAGE_TEXT_IN_CONTEXT',
    () => changeJson(set, instructions, ({ data }) => (data.LA_INS_00001!.image_ids as string[]).push('LA_IMG_shade_0')),
  ],
  [
    'characters the loader strips',
    'stripped-characters',
    instructions,
    'LA_INS_00002',
    () => changeJson(set, instructions, ({ data }) => void (data.LA_INS_00002!.answer = 'At 10:30 – or so.')),
  ],
  [
    'text that is too long',
    'token-limit',
    'LA_train.json',
    'LA_INS_00001',
    () => changeJson(set, instructions, ({ data }) => void (data.LA_INS_00001!.answer = 'ten little words '.repeat(900))),
  ],
]

describe('the MIMIC-IT validator', () => {
  it('finds nothing in a good export', async () => {
    const { checks, issues } = await validateMimicIt(set)
    expect(issues).toEqual([])
    expect(checks).toBeGreaterThan(80)
  })

  it.each(damages)('finds %s', async (_what, check, file, id, harm) => {
    await harm()
    const { issues } = await validateMimicIt(set)
    const found = issues.filter((issue) => issue.check === check)
    expect(found, JSON.stringify(issues)).not.toEqual([])
    expect(found[0]).toMatchObject({ level: mimicItChecks[check], file, id })
    expect(found[0]?.message).toMatch(/^\S.*[.).]$/)
  })

  it('finds flat JSON where the images should be', async () => {
    await writeFile(path.join(set, 'LA.json'), '{"LA_IMG_shade_0": "…"}')
    await changeYaml(set, (yaml) => void (yaml.IMAGE_TEXT_IN_CONTEXT!.LA!.images_path = 'LA.json'))
    expect((await validateMimicIt(set)).issues).toMatchObject([{ check: 'images-file', level: 'error', file: 'LA.json' }])
  })

  it('finds parts and row groups that are too large', async () => {
    const { issues } = await validateMimicIt(set, { partBytes: 1000, groupBytes: 100 })
    expect(issues.map(({ check, level }) => [check, level])).toEqual([
      ['part-size', 'error'],
      ['row-groups', 'warning'],
    ])
  })

  it('finds ids that two files of a run share', async () => {
    await cp(path.join(set, instructions), path.join(set, 'B_instructions.json'))
    await changeYaml(
      set,
      (yaml) =>
        Object.assign(yaml.IMAGE_TEXT_IN_CONTEXT!, { B: { ...yaml.IMAGE_TEXT_IN_CONTEXT!.LA, mimicit_path: 'B_instructions.json' } }) &&
        yaml,
    )
    const { issues } = await validateMimicIt(set)
    const [first] = issues.filter(({ check }) => check === 'unique-ids')
    expect(first).toMatchObject({ level: 'error', file: 'B_instructions.json', id: 'LA_INS_00001' })
    expect(first?.message).toContain(instructions)
    expect(issues.filter(({ check }) => check === 'trained-once')).toHaveLength(6)
  })

  it('takes a file that two data sets name for one', async () => {
    const half = (keep: (id: string) => boolean) => (train: Record<string, unknown>) => {
      for (const id of Object.keys(train)) if (!keep(id)) delete train[id]
    }
    await cp(path.join(set, 'LA_train.json'), path.join(set, 'B_train.json'))
    await changeJson(
      set,
      'LA_train.json',
      half((id) => id <= 'LA_INS_00002'),
    )
    await changeJson(
      set,
      'B_train.json',
      half((id) => id > 'LA_INS_00002'),
    )
    await changeYaml(
      set,
      (yaml) =>
        Object.assign(yaml.IMAGE_TEXT_IN_CONTEXT!, { B: { ...yaml.IMAGE_TEXT_IN_CONTEXT!.LA, train_config_path: 'B_train.json' } }) && yaml,
    )
    expect((await validateMimicIt(set)).issues).toEqual([])
  })

  it('finds videos without frames, and lets text alone go without images', async () => {
    await changeJson(set, instructions, ({ data }) => void (data.LA_INS_00001!.image_ids = []))
    await changeYaml(set, ({ IMAGE_TEXT_IN_CONTEXT }) => ({ VIDEO_TEXT: IMAGE_TEXT_IN_CONTEXT }))
    expect((await validateMimicIt(set)).issues).toMatchObject([{ check: 'empty-video', level: 'error', id: 'LA_INS_00001' }])
    await changeYaml(set, ({ VIDEO_TEXT }) => {
      delete VIDEO_TEXT!.LA!.images_path
      return { TEXT_ONLY: VIDEO_TEXT }
    })
    expect((await validateMimicIt(set)).issues).toEqual([])
  })

  it('reads the relations of the instructions where there is no train file', async () => {
    await rm(path.join(set, 'LA_train.json'))
    await changeYaml(set, (yaml) => void delete yaml.IMAGE_TEXT_IN_CONTEXT!.LA!.train_config_path)
    expect((await validateMimicIt(set)).issues).toEqual([])
    await changeJson(set, instructions, ({ data }) => delete data.LA_INS_00004!.rel_ins_ids)
    expect((await validateMimicIt(set)).issues).toMatchObject([{ check: 'relations', id: 'LA_INS_00004' }])
  })

  it('takes URL-safe base64 too', async () => {
    await changeParquet(set, ({ columns }) => {
      columns.base64 = columns.base64!.map((image) => image!.replaceAll('+', '-').replaceAll('/', '_'))
    })
    expect((await validateMimicIt(set)).issues).toEqual([])
  })

  it('counts the turns that stand before a pair', async () => {
    const half = 'ten little words '.repeat(400)
    await changeJson(set, instructions, ({ data }) => {
      data.LA_INS_00001!.answer = half
      data.LA_INS_00002!.answer = `${half}<|endoftext|>`
    })
    const { issues } = await validateMimicIt(set)
    expect(issues.filter(({ check }) => check === 'token-limit')).toMatchObject([{ id: 'LA_INS_00002', level: 'warning' }])
  })

  it('warns once a file of stripped characters, with their number', async () => {
    await changeJson(set, instructions, ({ data }) => {
      for (const entry of Object.values(data)) entry.answer = 'A – B; größer, 星: क'
    })
    const stripped = (await validateMimicIt(set)).issues.filter(({ check }) => check === 'stripped-characters')
    expect(stripped).toHaveLength(1)
    expect(stripped[0]?.message).toContain('18 in total')
  })

  it('lists some issues of a kind and counts the rest', async () => {
    await changeJson(set, instructions, ({ data }) => {
      for (let at = 0; at < 100; at++) data[`LA_INS_9${at}`] = { instruction: 'x', answer: 'y', image_ids: ['none'], rel_ins_ids: [] }
    })
    const missing = (await validateMimicIt(set)).issues.filter(({ check }) => check === 'image-missing')
    expect(missing.length).toBeLessThan(30)
    expect(missing.at(-1)).toMatchObject({ id: null, message: expect.stringContaining('80 more') })
  })
})
