import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { itemIdOf } from '../../../../src/main/exchange/import/formats/mimicIt/readMimicIt'
import type { Context, RecipeId } from '../../../../src/shared/domain'
import { addApproved, addItem, newExportProject, paint, sampleMedia, somePairs, type TestProject } from '../../../support/exportProject'
import { itemsBySourceId, newImportProject, type ImportProject } from '../../../support/importProject'
import { exportPairs, importFiles } from '../../../support/inEnglish'

const cases = join(import.meta.dirname, '../../../fixtures/cases')

let source: TestProject
let target: ImportProject
const open = async (recipe: RecipeId) => {
  source = await newExportProject(recipe, 'set')
  target = await newImportProject(recipe)
}
afterEach(async () => {
  await source.remove()
  await target.remove()
})

/** What an item is, apart from the project it is in. */
const essence = (db: TestProject['db']) =>
  Object.fromEntries(
    [...itemsBySourceId(db)].map(([id, { context, media, missing }]) => [
      id,
      {
        context,
        missing,
        media: media.map(({ fileName, sha256, storedName, width, height }) => ({ fileName, sha256, storedName, width, height })),
      },
    ]),
  )

const importJsonl = (mediaDirectory = source.out) =>
  importFiles(target, { format: 'jsonl', file: join(source.out, 'set.jsonl'), mediaDirectory })

describe('a JSONL export of Exemplar', () => {
  beforeEach(() => open('custom'))

  it('comes back as the same items with the same media, and says that the pairs do not', async () => {
    const [one, two] = [await paint(source, 'one.png', 10), await paint(source, 'zwei ü.png', 200)]
    const boxes = [{ label: 'x', x: 1.5, y: 2, width: 3, height: 4, media: 1 }]
    addApproved(
      source,
      await addItem(source, 'pair/1', [one, two], { captions: ['a\u2028b'], boxes, own: { deep: [1, null] } }),
      somePairs(3),
    )
    addApproved(
      source,
      await addItem(source, 'video', [join(sampleMedia, 'launch_tour.mp4')], { clip: { start: 1, end: 2 } }),
      somePairs(1),
    )
    addApproved(source, await addItem(source, 'text only', [], { title: 'T' }), somePairs(2))
    await exportPairs(source, { format: 'jsonl', directory: source.out })
    for (const folder of [source.out, join(source.out, 'media')]) {
      const report = await importJsonl(folder)
      expect(report).toMatchObject({ problems: [], added: folder === source.out ? 3 : 0, unchanged: folder === source.out ? 0 : 3 })
      expect(report.notes.map(({ reason }) => reason)).toEqual([
        'it is an Exemplar export: its items are imported with their media and context (3), but not its pairs and decisions (6)',
      ])
      expect(essence(target.db)).toEqual(essence(source.db))
    }
  })

  it('is refused where another file was put in the place of a medium', async () => {
    addApproved(source, await addItem(source, 'a', [await paint(source, 'one.png', 10)], {}), somePairs(1))
    await exportPairs(source, { format: 'jsonl', directory: source.out })
    const [file = ''] = await readdir(join(source.out, 'media'))
    await copyFile(await paint(source, 'other.png', 99), join(source.out, 'media', file))
    const report = await importJsonl()
    expect(report).toMatchObject({ added: 0, problems: [{ reason: 'one.png is not the exported file: its content has changed' }] })
  })

  it('comes back whatever its ids, names and contexts are', async () => {
    const image = await paint(source, 'p.png', 50)
    // oxlint-disable-next-line no-control-regex -- ids hold no such characters
    const control = /[\u0000-\u001f\u007f]/
    const text = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
      .filter((each) => each.trim() !== '' && each.isWellFormed() && !control.test(each))
    const context = fc.record({ captions: fc.array(text), title: text, extra: fc.jsonValue({ maxDepth: 2 }) }, { requiredKeys: [] })
    const items = fc.uniqueArray(fc.record({ id: text, context }), { selector: ({ id }) => id, minLength: 1, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(items, async (all) => {
        await source.remove()
        await target.remove()
        await open('custom')
        await copyFile(join(sampleMedia, 'cat.jpg'), join(source.root, 'p.png'))
        for (const { id, context: given } of all)
          addApproved(
            source,
            await addItem(source, id, [join(source.root, 'p.png')], JSON.parse(JSON.stringify(given)) as Context),
            somePairs(1),
          )
        await exportPairs(source, { format: 'jsonl', directory: source.out })
        expect((await importJsonl()).problems).toEqual([])
        expect(essence(target.db)).toEqual(essence(source.db))
      }),
      { numRuns: 8 },
    )
    expect(image).toContain('p.png')
  })

  it('joined from two exports names an item that is not the same in both', async () => {
    const image = await paint(source, 'p.png', 50)
    addApproved(source, await addItem(source, 'one', [image], { captions: ['a'] }), somePairs(1))
    await exportPairs(source, { format: 'jsonl', directory: source.out })
    const file = join(source.out, 'set.jsonl')
    const line = await readFile(file, 'utf8')
    await writeFile(file, `${line}${line.replace('"captions":["a"]', '"captions":["b"]')}${line}{"id":"two","media":[]}\n`)
    const report = await importJsonl()
    expect(report.added).toBe(1)
    expect(report.problems.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('the id is already used'),
        expect.stringContaining('media: the list of file names is empty'),
      ]),
    )
  })

  it('of the case file comes back', async () => {
    const folder = join(cases, '27-own-export-again')
    const report = await importFiles(target, { format: 'jsonl', file: join(folder, 'proj.jsonl'), mediaDirectory: folder })
    expect(report).toMatchObject({ added: 1, mediaAdded: 1, problems: [] })
    expect(essence(target.db)).toMatchObject({ one: { context: { captions: ['a'], score: 'high' }, media: [{ fileName: '0.png' }] } })
  })
})

describe('a MIMIC-IT export of Exemplar', () => {
  const importSet = (file = source.out, mediaDirectory = source.out) => importFiles(target, { format: 'mimic-it', file, mediaDirectory })
  const pairsOf = (count: number) => somePairs(count)

  it('comes back as items with the training images, whose conversation are the pairs', async () => {
    await open('la')
    for (const [at, id] of ['a', 'b c', 'd'].entries())
      addApproved(
        source,
        await addItem(source, id, [await paint(source, `${at}.png`, at * 50)], { captions: ['kept out'] }),
        pairsOf(at + 1),
      )
    await exportPairs(source, { format: 'mimic-it', directory: source.out })
    const report = await importSet()
    expect(report).toMatchObject({ added: 3, mediaAdded: 3, problems: [] })
    expect(report.notes.map(({ reason }) => reason)).toEqual([
      'its pairs are imported as context of their images, not as pairs to review (6)',
    ])
    expect(essence(target.db)).toMatchObject({
      a: { context: { conversation: pairsOf(1) }, media: [{ fileName: 'LA_IMG_a.jpg', width: 224, height: 224 }] },
      b_c: { context: { conversation: pairsOf(2) } },
      d: { context: { conversation: pairsOf(3) } },
    })
    expect(await importSet(join(source.out, 'LA_instructions.json'))).toMatchObject({ unchanged: 3, problems: [] })
  })

  it('of pairs of images has both in their order', async () => {
    await open('sd')
    const files = [await paint(source, 'x.png', 1), await paint(source, 'y.png', 200)]
    addApproved(source, await addItem(source, 'coins', files, { differences: ['d'] }), pairsOf(1))
    await exportPairs(source, { format: 'mimic-it', directory: source.out })
    expect(await importSet()).toMatchObject({ added: 1, mediaAdded: 2, problems: [] })
    expect(essence(target.db).coins?.media.map(({ fileName }) => fileName)).toEqual(['SD_IMG_coins_1.jpg', 'SD_IMG_coins_2.jpg'])
  })

  it('as published, with images in JSON, in parts, or in the media folder, comes back too', async () => {
    await open('la')
    const base64 = (await readFile(join(cases, '17-other-tools-formats/m/a.png'))).toString('base64')
    const entry = (id: string) => ({ instruction: 'Q?', answer: 'A.', image_ids: [id], rel_ins_ids: [] })
    const data = {
      LA_INS_1: entry('LA_IMG_1'),
      LA_INS_2: entry('LA_IMG_2'),
      LA_INS_3: entry('LA_IMG_3'),
      bad: { instruction: 'Q?' },
      none: { instruction: 'Q?', answer: 'A.', image_ids: [] },
    }
    await mkdir(join(source.out, 'images'), { recursive: true })
    await writeFile(join(source.out, 'LA_instructions.json'), JSON.stringify({ meta: {}, data }))
    await writeFile(join(source.out, 'LA.json'), JSON.stringify({ LA_IMG_1: base64, LA_IMG_9: base64, LA_IMG_3: 'no base64!' }))
    await copyFile(join(sampleMedia, 'cat.jpg'), join(source.out, 'images/2.jpg'))
    const report = await importSet(source.out, join(source.out, 'images'))
    expect(report).toMatchObject({ added: 2, mediaAdded: 2 })
    expect(report.problems.map(({ item, reason }) => [item, reason])).toEqual([
      ['bad', 'the pair is skipped: answer: expected string, received undefined'],
      ['none', 'the pair has no image and is skipped'],
      ['3', '(embedded): the embedded media file cannot be used: its base64 is invalid.'],
    ])
    await rm(join(source.out, 'LA.json'))
    await writeFile(join(source.out, 'LA.parquet'), 'broken')
    expect((await importSet(source.out, join(source.out, 'images'))).problems[2]?.reason).toContain('its images were not read')
  })

  it('whose images are in numbered parts comes back too', async () => {
    await open('la')
    addApproved(source, await addItem(source, 'a', [await paint(source, 'a.png', 9)]), pairsOf(1))
    await exportPairs(source, { format: 'mimic-it', directory: source.out })
    await rename(join(source.out, 'LA.parquet'), join(source.out, 'LA_000.parquet'))
    expect(await readdir(source.out)).toContain('LA_000.parquet')
    expect(await importSet()).toMatchObject({ added: 1, mediaAdded: 1, problems: [] })
  })

  it('names items by what their images have in common', async () => {
    await open('la')
    expect(
      [['LA_IMG_a_1'], ['CGD_IMG_coins_1', 'CGD_IMG_coins_2'], ['V_IMG_film_0000', 'V_IMG_film_0001'], ['x', 'y']].map(itemIdOf),
    ).toEqual(['a_1', 'coins', 'film', 'x'])
  })
})
