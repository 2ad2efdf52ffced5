import { createHash } from 'node:crypto'
import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { jsonlChecks, type JsonlCheck } from '../../../../src/main/exchange/export/jsonl/validateJsonl'
import { decide } from '../../../../src/main/store/decisions/decisions'
import { refreshReviews, storeVerdict } from '../../../../src/main/store/quality/secondReviews'
import { listMedia } from '../../../../src/main/store/library/media'
import { savePromptVersion } from '../../../../src/main/store/project/prompts'
import { fileExemplarSchema } from '../../../../src/shared/domain'
import {
  accept,
  addApproved,
  addItem,
  draft,
  newExportProject,
  readJson,
  sampleMedia,
  somePairs,
  type TestProject,
} from '../../../support/exportProject'
import { setQuality } from '../../../support/desk'
import { changeJson, changeText } from '../../../support/mimicItDamage'
import { exportPairs, validateJsonl } from '../../../support/inEnglish'

let project: TestProject
beforeEach(async () => {
  project = await newExportProject('custom', 'Weltraum / 宇宙')
})
afterEach(() => project.remove())

const data = 'Weltraum-宇宙.jsonl'
const meta = 'Weltraum-宇宙.meta.json'
const exportSet = () => exportPairs(project, { format: 'jsonl', directory: project.out })
const lines = async (): Promise<Record<string, unknown>[]> =>
  (await readFile(path.join(project.out, data), 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

describe('a JSONL export', () => {
  it('has of each pair all that it came from', async () => {
    const context = { captions: ['Zwei Münzen.'], note: { by: 'Ada' } }
    const item = await addItem(
      project,
      'coins',
      ['coins_1.jpg', 'coins_2.jpg'].map((name) => path.join(sampleMedia, name)),
      context,
    )
    const [exemplar] = addApproved(project, item, somePairs(1))
    const [edited] = draft(project, item, [{ instruction: 'Draft?', response: 'Draft.' }], { exemplarIds: [exemplar!] })
    const pair = { instruction: 'How many\n\u2028"coins"?', response: 'Two.' }
    decide(project.db, { candidateId: edited!, verdict: 'edit', reviewer: 'Grace', pair, seconds: 12.5 })

    const report = await exportSet()
    expect(report).toMatchObject({ format: 'jsonl', pairs: 2, images: 2, leftOut: [], demoPairs: 0 })
    expect(report.validation.issues).toEqual([])
    const [first, second] = await lines()
    expect(first).toMatchObject({ id: 1, state: 'accepted', draft: null, exemplars: [], demo: false })
    expect(second).toMatchObject({
      id: 2,
      item: 'coins',
      context,
      ...pair,
      state: 'edited',
      draft: { instruction: 'Draft?', response: 'Draft.' },
      provider: 'openai',
      model: 'gpt-4.1-mini',
      demo: false,
      prompt: { version: 1 },
      run: { id: 2 },
      exemplars: [1],
      decision: { verdict: 'edit', reviewer: 'Grace', seconds: 12.5 },
    })
    expect(await readJson(path.join(project.out, meta))).toMatchObject({
      prompts: [{ version: 1, systemMessage: 'Draft pairs.', contextTemplate: '{{ captions }}' }],
      runs: [{ id: 1 }, { id: 2, settings: { generation: { temperature: 0.7 }, provider: { baseUrl: 'https://api.openai.com/v1' } } }],
    })
    expect(second?.media).toMatchObject([
      { name: 'coins_1.jpg', mime: 'image/jpeg' },
      { name: 'coins_2.jpg', mime: 'image/jpeg' },
    ])
  })

  it('has of a turn its place in the conversation and its reason, and of a prompt its form and the examples of its file', async () => {
    const item = await addItem(project, 'room', [path.join(sampleMedia, 'motorcycle.jpg')])
    const examples = [
      { annotation: 'a lamp stands on the desk .', pairs: [{ instruction: 'Where can I read?', response: 'At the desk.' }] },
    ]
    const text = { outputForm: 'conversations' as const, systemMessage: 'Draft rounds.', contextTemplate: '{{ objects }}' }
    const stored = examples.map((example) => fileExemplarSchema.parse(example))
    const version = savePromptVersion(project.db, text, stored)
    const round = { instruction: 'Where is the bench?', response: 'Behind the motorcycle.' }
    const place = { kind: null, conversation: 2, turn: 1, rationale: 'The bench stands there.' }
    const described = { instruction: 'Describe the room.', response: 'A garage.', kind: 'detail' as const }
    addApproved(project, item, [{ ...round, ...place }, described], { promptVersionId: version.id })
    addApproved(project, item, somePairs(1))

    const report = await exportSet()
    expect(report.validation.issues).toEqual([])
    const [first, second, third] = await lines()
    expect(first).toMatchObject({ ...round, ...place, prompt: { version: version.id } })
    expect(second).toMatchObject({ kind: 'detail', conversation: null, turn: null, rationale: null })
    expect(third).toMatchObject({ kind: null, prompt: { version: 1 } })
    const { prompts } = (await readJson(path.join(project.out, meta))) as { prompts: unknown }
    expect(prompts).toMatchObject([
      { version: 1, outputForm: 'pairs', fileExemplars: [] },
      { version: version.id, ...text, fileExemplars: stored },
    ])
  })

  it('brings the media along, videos too, each once', async () => {
    const tour = path.join(sampleMedia, 'launch_tour.mp4')
    addApproved(project, await addItem(project, 'tour', [tour]), somePairs(2))
    addApproved(project, await addItem(project, 'again', [tour]), somePairs(1))
    await exportSet()
    const [medium, ...others] = await readdir(path.join(project.out, 'media'))
    expect(others).toEqual([])
    const bytes = await readFile(path.join(project.out, 'media', medium!))
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    expect((await lines()).map((line) => line.media)).toEqual(
      Array.from({ length: 3 }, () => [expect.objectContaining({ file: `media/${medium}`, sha256 })]),
    )
    expect(bytes.equals(await readFile(tour))).toBe(true)
  })

  it('names copies of media that an earlier export left and no pair has any more', async () => {
    const [first] = addApproved(project, await addItem(project, 'cat', [path.join(sampleMedia, 'cat.jpg')]), somePairs(1))
    addApproved(project, await addItem(project, 'flower', [path.join(sampleMedia, 'flower.jpg')]), somePairs(1))
    expect((await exportSet()).leftOver).toEqual([])
    decide(project.db, { candidateId: first!, verdict: 'reject', reviewer: 'Ada' })
    expect((await exportSet()).leftOver).toEqual([expect.stringMatching(/^media\/[0-9a-f]{64}\.jpg$/)])
  })

  it('counts and marks demo pairs', async () => {
    const item = await addItem(project, 'cat', [path.join(sampleMedia, 'cat.jpg')])
    addApproved(project, item, somePairs(1))
    addApproved(project, item, somePairs(1, 'demo'), { provider: { kind: 'demo' } })
    await exportSet()
    expect(await readJson(path.join(project.out, meta))).toMatchObject({
      project: { name: 'Weltraum / 宇宙', recipe: 'custom' },
      pairs: 2,
      media: 1,
      reviewers: ['Ada'],
      demo: true,
      demo_pairs: 1,
    })
    expect((await lines()).map((line) => line.demo)).toEqual([false, true])
  })

  it('has the verdicts of second reviewers, and a set of an earlier version without them is sound', async () => {
    setQuality(project, { secondLook: { share: 1 } })
    const [one = 0, two = 0] = draft(project, await addItem(project, 'cat', [path.join(sampleMedia, 'cat.jpg')]), somePairs(2))
    accept(project, one, two)
    refreshReviews(project.db)
    storeVerdict(project.db, { candidateId: one, verdict: 'accept', reviewer: 'Bo', seconds: 4 })
    const pair = { instruction: 'Other?', response: 'Other.' }
    storeVerdict(project.db, { candidateId: two, verdict: 'edit', pair, reviewer: 'Bo', seconds: 4 })
    storeVerdict(project.db, { candidateId: two, verdict: 'accept', reviewer: 'Lea', final: true })
    const report = await exportSet()
    expect(report.validation.issues).toEqual([])
    const at = expect.stringMatching(/^\d{4}-.*Z$/)
    expect((await lines()).map(({ secondReviews }) => secondReviews)).toEqual([
      [{ outcome: 'agreed', verdict: 'accept', reviewer: 'Bo', at }],
      [{ outcome: 'resolved', verdict: 'edit', reviewer: 'Bo', at, ...pair }],
    ])
    await changeText(project.out, data, (text) => text.replaceAll(/,"secondReviews":\[.*?\]\}/g, '}'))
    expect((await validateJsonl(project.out)).issues).toEqual([])
  })

  it('holds no credentials and no path of this machine', async () => {
    const item = await addItem(project, 'cat', [path.join(sampleMedia, 'cat.jpg')])
    addApproved(project, item, somePairs(1), { provider: { baseUrl: 'http://ada:hunter2@localhost:8080/v1?key=hunter2' } })
    await exportSet()
    for (const name of [data, meta]) {
      const text = await readFile(path.join(project.out, name), 'utf8')
      expect(text).not.toContain('hunter2')
      expect(text).not.toContain(project.root)
      expect(text).not.toContain(sampleMedia)
    }
  })

  it('is the same to the byte when nothing has changed', async () => {
    addApproved(project, await addItem(project, 'cat', [path.join(sampleMedia, 'cat.jpg')]), somePairs(2))
    await exportSet()
    const before = [await readFile(path.join(project.out, data), 'utf8'), await readFile(path.join(project.out, meta), 'utf8')]
    await exportSet()
    expect([await readFile(path.join(project.out, data), 'utf8'), await readFile(path.join(project.out, meta), 'utf8')]).toEqual(before)
  })

  it('leaves out pairs whose media are missing or changed, and copies nothing for them alone', async () => {
    const files = ['cat.jpg', 'coffee.jpg', 'flower.jpg'].map((name) => path.join(sampleMedia, name))
    addApproved(project, await addItem(project, 'cat', [files[0]!]), somePairs(1))
    addApproved(project, await addItem(project, 'coffee', [files[1]!]), somePairs(1))
    addApproved(project, await addItem(project, 'half', [files[2]!, files[1]!]), somePairs(1))
    const [cat, coffee] = listMedia(project.db, 0, 9).map(({ storedName }) => path.join(project.directory, 'media', storedName))
    await truncate(coffee!, 1000)
    const report = await exportSet()
    expect(report.leftOut).toMatchObject([
      { candidateId: 2, item: 'coffee', reason: expect.stringContaining('coffee.jpg') },
      { candidateId: 3, item: 'half', reason: expect.stringContaining('the content has changed since the import') },
    ])
    expect(await readdir(path.join(project.out, 'media'))).toEqual([path.basename(cat!)])
  })
})

describe('the JSONL validator', () => {
  const change = (from: string, to: string) => () => changeText(project.out, data, (text) => text.replace(from, to))
  const changeMeta = (from: string, to: string) => () => changeText(project.out, meta, (text) => text.replace(from, to))
  const medium = async () => path.join(project.out, 'media', (await readdir(path.join(project.out, 'media')))[0]!)
  const damages: readonly (readonly [what: string, check: JsonlCheck, harm: () => Promise<unknown>])[] = [
    ['no data file', 'data-file', () => rm(path.join(project.out, data))],
    ['an empty data file', 'data-file', () => writeFile(path.join(project.out, data), '')],
    [
      'a line cut off',
      'line',
      async () => truncate(path.join(project.out, data), (await readFile(path.join(project.out, data))).length - 40),
    ],
    ['a key that is missing', 'line', change('"response"', '"answer"')],
    ['an id twice', 'unique-ids', change('{"id":2,', '{"id":1,')],
    ['a pair without its kind', 'line', change('"kind":null,', '')],
    ['a prompt without its form', 'meta', changeMeta('"outputForm": "pairs",', '')],
    ['a prompt that is not listed', 'sources', changeMeta('"version": 1,', '"version": 7,')],
    ['a run that is not listed', 'sources', change('"run":{"id":1}', '"run":{"id":9}')],
    ['a base URL that is none', 'meta', changeMeta('https://api.openai.com', 'api openai')],
    ['an empty text', 'text', change('What is thing number 1?', ' ')],
    ['a demo pair that is not marked', 'demo', change('"provider":"openai","model"', '"provider":"demo","model"')],
    ['a model’s pair as a person’s', 'origin', change('"origin":"model"', '"origin":"human"')],
    ['an edit without its draft', 'draft-kept', change('"state":"accepted"', '"state":"edited"')],
    ['credentials', 'credentials', changeMeta('https://api.openai.com', 'https://ada:secret@api.openai.com')],
    ['a medium elsewhere', 'media', change('"file":"media/', '"file":"../media/')],
    ['a medium that is missing', 'media', async () => rm(await medium())],
    ['a medium that was changed', 'media', async () => truncate(await medium(), 10)],
    ['a second review without its verdict', 'line', change('"secondReviews":[]', '"secondReviews":[{"reviewer":"Bo"}]')],
    ['no meta', 'meta', () => rm(path.join(project.out, meta))],
    ['wrong counts', 'counts', () => changeJson(project.out, meta, (content) => void (content.pairs = 7))],
    ['a demo marker without demo pairs', 'demo', () => changeJson(project.out, meta, (content) => void (content.demo = true))],
  ]

  beforeEach(async () => {
    const ids = draft(project, await addItem(project, 'cat', [path.join(sampleMedia, 'cat.jpg')]), somePairs(3))
    accept(project, ...ids)
    await exportSet()
  })

  it('finds nothing in a good export', async () => {
    const { checks, issues } = await validateJsonl(project.out)
    expect(issues).toEqual([])
    expect(checks).toBeGreaterThan(10)
  })

  it.each(damages)('finds %s', async (_what, check, harm) => {
    await harm()
    const found = (await validateJsonl(project.out)).issues.filter((issue) => issue.check === check)
    expect(found).not.toEqual([])
    expect(found[0]?.level).toBe(jsonlChecks[check])
  })
})
