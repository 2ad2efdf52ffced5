import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeCard } from '../../../../src/main/exchange/export/card/makeCard'
import { mergeCard } from '../../../../src/main/exchange/export/card/mergeCard'
import { examineProject } from '../../../../src/main/project/examine'
import { exportPairs } from '../../../../src/main/exchange/export/export'
import { createSnapshotSource } from '../../../../src/main/exchange/export/pairSource'
import { planExport } from '../../../../src/main/exchange/export/planExport'
import { validateExport } from '../../../../src/main/exchange/export/validateExport'
import { decide } from '../../../../src/main/store/decisions/decisions'
import { encodeContext, replaceItem } from '../../../../src/main/store/library/items'
import { setStanding } from '../../../../src/main/store/library/leftOut'
import { readSavedCard, saveCard } from '../../../../src/main/store/snapshots/snapshotCards'
import { write } from '../../../../src/main/store/sql/transaction'
import {
  exportFormatSchema,
  splitSchema,
  trainingFormatSchema,
  type ExportFormat,
  type TrainingFormatId,
} from '../../../../src/shared/domain'
import { addItem, paint, type TestProject } from '../../../support/exportProject'
import { hashFolder, newSnapshotProject, take } from '../../../support/snapshotProject'
import { exportProject } from '../../../support/trainingSet'

/** Rows of the data files of a set by split, as the training software finds them. */
const files: Readonly<Record<TrainingFormatId, readonly string[]>> = {
  llava: ['harbour.json', 'harbour_validation.json', 'harbour_test.json'],
  llamafactory: ['harbour.json', 'harbour_validation.json', 'harbour_test.json'],
  qwen: ['harbour.json', 'harbour_validation.json', 'harbour_test.json'],
  internvl: ['harbour.jsonl', 'harbour_validation.jsonl', 'harbour_test.jsonl', 'meta.json', 'meta_validation.json', 'meta_test.json'],
  chat: ['harbour.jsonl', 'harbour_validation.jsonl', 'harbour_test.jsonl'],
  'ms-swift': ['harbour.jsonl', 'harbour_validation.jsonl', 'harbour_test.jsonl'],
  alpaca: ['harbour.json', 'harbour_validation.json', 'harbour_test.json'],
  axolotl: ['harbour.jsonl', 'harbour_validation.jsonl', 'harbour_test.jsonl'],
  csv: ['harbour.csv', 'harbour_validation.csv', 'harbour_test.csv'],
  trl: splitSchema.options.map((split) => `data/${split}-00000-of-00001.parquet`),
  'hugging-face': splitSchema.options.map((split) => `data/${split}-00000-of-00001.parquet`),
  webdataset: splitSchema.options.map((split) => `1-jpg/${split}-000000.tar`),
}

let project: TestProject
const shares = { train: 60, validation: 20, test: 20 }
/** what was exported before anything changed: folder → hashes of its files */
const before = new Map<string, Record<string, string>>()
const folderOf = (name: string) => path.join(project.root, name)

async function exportAll(prefix: string): Promise<void> {
  for (const format of exportFormatSchema.options)
    await exportPairs(project, { format, directory: folderOf(`${prefix}-${format}`), snapshot: 'first' })
  for (const format of trainingFormatSchema.options)
    await exportProject(project, format, { snapshot: 'first', out: folderOf(`${prefix}-${format}`) })
  for (const kind of ['dpo', 'kto'] as const)
    await exportProject(project, 'trl', { snapshot: 'first', kind, out: folderOf(`${prefix}-${kind}`) })
}

beforeAll(async () => {
  project = await newSnapshotProject()
  await take(project, 'first', { shares })
  await exportAll('one')
  for (const format of [...exportFormatSchema.options, ...trainingFormatSchema.options, 'dpo', 'kto'])
    before.set(format, await hashFolder(folderOf(`one-${format}`)))
}, 120_000)
afterAll(() => project.remove())

const changed = 'every snapshot holds what it was created with'

describe('a snapshot in three splits', () => {
  test.each(trainingFormatSchema.options)('is written as %s with files of their own', async (format) => {
    const names = Object.keys(before.get(format) ?? {})
    for (const file of files[format]) expect(names).toContain(file)
    expect((await validateExport(folderOf(`one-${format}`), null)).issues.filter(({ level }) => level === 'error')).toEqual([])
    const provenance = await readFile(folderOf(`one-${format}/provenance.jsonl`), 'utf8')
    const rows = provenance.trim().split('\n').map((line) => JSON.parse(line) as { split: string }) // prettier-ignore
    const counts = splitSchema.options.map((split) => rows.filter((row) => row.split === split).length)
    expect(counts).toEqual([18, 6, 6])
  })

  test.each(exportFormatSchema.options)(
    'is written as %s with a folder for each, which holds a set of its own',
    async (format: ExportFormat) => {
      const validated = await validateExport(folderOf(`one-${format}`), null)
      expect(validated.format).toBe(format)
      expect(validated.issues.filter(({ level }) => level === 'error')).toEqual([])
      const names = Object.keys(before.get(format) ?? {})
      for (const split of splitSchema.options) expect(names.some((name) => name.startsWith(`${split}${path.sep}`))).toBe(true)
    },
  )

  test('names related pairs of the same split alone, and no image id twice', async () => {
    const read = async (split: string) =>
      JSON.parse(await readFile(folderOf(`one-mimic-it/${split}/LA_instructions.json`), 'utf8')) as {
        data: Record<string, { image_ids: string[]; rel_ins_ids: string[] }>
      }
    const seen = new Set<string>()
    for (const split of splitSchema.options) {
      const { data } = await read(split)
      for (const entry of Object.values(data)) for (const id of entry.rel_ins_ids) expect(data[id]).toBeDefined()
      const images = new Set(Object.values(data).flatMap((entry) => entry.image_ids))
      for (const id of images) expect(seen).not.toContain(id)
      for (const id of images) seen.add(id)
    }
  })

  test('says what it was made from', async () => {
    const summary = JSON.parse(await readFile(folderOf('one-trl/export.json'), 'utf8')) as unknown
    expect(summary).toMatchObject({ snapshot: { name: 'first', content_hash: expect.stringMatching(/^[0-9a-f]{64}$/) } })
    const meta = JSON.parse(await readFile(folderOf('one-jsonl/test/Harbour.meta.json'), 'utf8')) as unknown
    expect(meta).toMatchObject({ pairs: 6, snapshot: { name: 'first', split: 'test' } })
  })

  test('is planned before it is exported', async () => {
    const plan = await planExport(project, { format: 'mimic-it', directory: null, snapshotId: 1 })
    expect(plan).toMatchObject({ pairs: 30, leftOut: [] })
    expect(plan.records).toHaveLength(3)
  })

  test('has the same bytes when it is exported again, whatever was edited, rejected, deleted and replaced since', async () => {
    const { db } = project
    decide(db, { candidateId: 1, verdict: 'edit', pair: { instruction: 'New?', response: 'Yes.' }, reviewer: 'Cy', seconds: 1 })
    for (const id of [2, 3]) decide(db, { candidateId: id, verdict: 'reject', reason: 'duplicate', reviewer: 'Cy', seconds: 1 })
    decide(db, { candidateId: 4, verdict: 'accept', reviewer: 'Cy', seconds: 1 })
    decide(db, { candidateId: 6, verdict: 'reopen', reviewer: 'Cy', seconds: 1 })
    setStanding(db, { ids: [1, 5], standing: 'deleted', reviewer: 'Cy' })
    const item = await addItem(project, 'another', [await paint(project, 'other.png', 90)])
    write(db, () => {
      // the first item shows the image of the third from now on
      replaceItem(db, 1, { ...encodeContext('item-0', { captions: ['Other.'] }), mediaIds: [3] })
      replaceItem(db, item, { ...encodeContext('another', {}), mediaIds: [1] })
    })
    // an export of the project gives ids to images meanwhile
    await exportPairs(project, { format: 'mimic-it', directory: folderOf('between') })
    await exportAll('two')
    for (const [format, hashes] of before) expect([format, await hashFolder(folderOf(`two-${format}`))]).toEqual([format, hashes])
  }, 120_000)

  test('is not exported where a kept text was lost, and the doctor names it', async () => {
    const kept = project.db.prepare(`SELECT sql FROM sqlite_schema WHERE name = 'snapshot_text_is_kept'`).pluck().get()
    const id = project.db.prepare(`SELECT candidate_id FROM snapshot_pair WHERE snapshot_id = 1 AND state = 'edited' LIMIT 1`).pluck().get()
    const pair = { instruction: 'What else?', response: 'Other words.' }
    decide(project.db, { candidateId: Number(id), verdict: 'edit', pair, reviewer: 'Cy', seconds: 1 })
    expect((await examineProject(project)).findings.map(({ check }) => check)).not.toContain(changed)
    project.db.exec(`CREATE TEMP TABLE lost AS SELECT * FROM snapshot_text`)
    project.db.exec(`DROP TRIGGER snapshot_text_is_kept; DELETE FROM snapshot_text; ${String(kept)}`)
    const exported = exportPairs(project, { format: 'jsonl', directory: folderOf('lost'), snapshot: 'first' })
    await expect(exported).rejects.toMatchObject({ code: 'damaged-project', item: 'snapshot first' })
    expect((await examineProject(project)).findings.map(({ check }) => check)).toContain(changed)
    project.db.exec(`INSERT INTO snapshot_text SELECT * FROM lost`)
  })

  test('is not exported with a media file that is missing or was changed, which is named', async () => {
    const stored = project.db.prepare(`SELECT stored_name FROM media WHERE id = 2`).pluck().get()
    const file = path.join(project.directory, 'media', String(stored))
    const bytes = await readFile(file)
    await writeFile(file, Buffer.concat([bytes.subarray(0, -1), Buffer.from([1])]))
    const fails = () => expect(exportPairs(project, { format: 'jsonl', directory: folderOf('three'), snapshot: 'first' }))
    await fails().rejects.toMatchObject({ code: 'bad-media', item: 'cat-240.jpg' })
    await rm(file)
    await fails().rejects.toMatchObject({ code: 'bad-media', item: 'cat-240.jpg' })
    await writeFile(file, bytes)
    await exportPairs(project, { format: 'jsonl', directory: folderOf('three'), snapshot: 'first' })
  })

  test('is exported by its name or id alone', async () => {
    await expect(exportPairs(project, { format: 'jsonl', directory: folderOf('four'), snapshot: 'nobody' })).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})

describe('the card of a snapshot', () => {
  test('keeps what its lead wrote around the counted parts, and is part of exports for Hugging Face', async () => {
    const { snapshot, savedCard } = createSnapshotSource(project.db, 'first')
    expect(savedCard).toBeNull()
    const made = await makeCard(project, createSnapshotSource(project.db, 'first'))
    const card = mergeCard(null, made)
    expect(card).toContain('30')
    saveCard(project.db, { snapshotId: snapshot.id, text: `${card}\n## For whom\n\nFor harbour pilots.\n`, savedBy: 'ada' })
    expect(readSavedCard(project.db, snapshot.id)).toMatchObject({ savedBy: 'ada' })
    await exportProject(project, 'hugging-face', { snapshot: 'first', out: folderOf('with-card') })
    const written = await readFile(folderOf('with-card/README.md'), 'utf8')
    expect(written).toContain('For harbour pilots.')
    expect(written).toContain('dataset_info:')
    expect((await validateExport(folderOf('with-card'), null)).issues.filter(({ level }) => level === 'error')).toEqual([])
    // A later one takes its place.
    saveCard(project.db, { snapshotId: snapshot.id, text: 'Mine alone.\n', savedBy: 'eve' })
    expect(createSnapshotSource(project.db, 'first').savedCard).toBe('Mine alone.\n')
    expect(() => saveCard(project.db, { snapshotId: 99, text: '', savedBy: 'eve' })).toThrow(/99/)
  })
})
