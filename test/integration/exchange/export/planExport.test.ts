import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { exportAny } from '../../../../src/main/exchange/export/exportAny'
import { exportPairs } from '../../../../src/main/exchange/export/export'
import { freeBytes } from '../../../../src/main/exchange/export/files/diskSpace'
import { planExport } from '../../../../src/main/exchange/export/planExport'
import { addExport, listExportFolders, listExports } from '../../../../src/main/project/exportHistory'
import { decide } from '../../../../src/main/store/decisions/decisions'
import { trainingFormatSchema, type ExportRecord } from '../../../../src/shared/domain'
import { accept, addItem, draft, newExportProject, paint, type TestProject } from '../../../support/exportProject'
import { saveItem } from '../../../support/saveItem'
import { temporaryDirectory } from '../../../support/temporaryProject'

let project: TestProject
beforeEach(async () => {
  project = await newExportProject()
})
afterEach(() => project.remove())

const pairOf = (text: string) => ({ instruction: `What is ${text}?`, response: `It is ${text}.` })

/** Two approved pairs of one image, one of an item without media, one pending. */
async function fill() {
  const item = await addItem(project, 'moon', [await paint(project, 'moon.png', 200)])
  const bare = saveItem(project.db, { sourceId: 'bare', context: {}, mediaIds: [] }).id
  accept(project, ...draft(project, item, [pairOf('grey'), pairOf('round')]), ...draft(project, bare, [pairOf('nothing')]))
  draft(project, item, [pairOf('open')])
}

it('says what is left out of each format and why, and previews the records that the export writes', async () => {
  await fill()
  const mimicIt = await planExport(project, { format: 'mimic-it', directory: project.out })
  expect(mimicIt).toMatchObject({
    pairs: 2,
    leftOut: [
      { reason: 'pending', count: 1 },
      { reason: 'noMedia', count: 1 },
    ],
  })
  expect(mimicIt.free).toBeGreaterThan(0)
  expect(mimicIt.records.map(({ item }) => item)).toEqual(['moon', 'moon'])
  const report = await exportPairs(project, { format: 'mimic-it', directory: project.out })
  expect(report).toMatchObject({ pairs: mimicIt.pairs, leftOut: [{ item: 'bare' }] })
  const { data } = JSON.parse(await (await import('node:fs/promises')).readFile(join(project.out, 'LA_instructions.json'), 'utf8')) as {
    data: Record<string, object>
  }
  const previewed = Object.assign({}, ...mimicIt.records.map(({ text }) => JSON.parse(`{${text}}`) as object)) as Record<string, object>
  expect(Object.keys(previewed)).toEqual(Object.keys(data))
  for (const [id, entry] of Object.entries(data)) expect({ ...previewed[id], rel_ins_ids: 0 }).toEqual({ ...entry, rel_ins_ids: 0 })

  const jsonl = await planExport(project, { format: 'jsonl', directory: null })
  expect(jsonl).toMatchObject({ pairs: 3, leftOut: [{ reason: 'pending', count: 1 }], free: null })
  expect(JSON.parse(jsonl.records[2]?.text ?? '')).toMatchObject({ item: 'bare', response: 'It is nothing.', state: 'accepted' })
  expect(jsonl.bytes).toBeGreaterThan(0)
})

it('refuses a disk that is too small before it writes anything, and asks the disk of a folder that is not there yet', async () => {
  await fill()
  await expect(exportPairs(project, { format: 'jsonl', directory: project.out }, { freeBytes: async () => 1 })).rejects.toMatchObject({
    code: 'disk-full',
    item: project.out,
  })
  await expect(exportPairs(project, { format: 'jsonl', directory: project.out }, { freeBytes: async () => null })).resolves.toMatchObject({
    pairs: 3,
  })
  expect(await freeBytes(join(project.root, 'not', 'there', 'yet'))).toBeGreaterThan(0)
})

it('the history of exports is kept by project, newest first, with what became of the folder', async () => {
  const userData = temporaryDirectory()
  const there = join(userData, 'sets')
  await mkdir(there)
  const record = (at: number, directory: string): ExportRecord => ({
    at,
    format: 'jsonl',
    directory,
    result: 'done',
    pairs: 3,
    leftOut: 0,
    warnings: 0,
    problem: null,
  })
  expect(listExports(userData, 'one')).toEqual([])
  addExport(userData, 'one', record(1, join(userData, 'gone')))
  addExport(userData, 'other', record(2, there))
  addExport(userData, 'one', record(3, there))
  expect(listExports(userData, 'one').map(({ at, exists }) => [at, exists])).toEqual([
    [3, true],
    [1, false],
  ])
  expect(listExportFolders(userData, 'other')).toEqual([there])
  for (let at = 4; at < 60; at++) addExport(userData, 'one', record(at, there))
  expect(listExports(userData, 'one')).toHaveLength(50)
  expect(listExports(userData, 'other')).toHaveLength(1)
})

it.each(trainingFormatSchema.options)('counts and previews what %s would hold, as the export then writes it', async (format) => {
  await fill()
  const plan = await planExport(project, { format, directory: project.out })
  const report = await exportAny(project, { format, directory: project.out }, {})
  expect(plan.pairs).toBe(report.pairs)
  expect(plan.lookedAt).toBeNull()
  expect(plan.leftOut).toContainEqual({ reason: 'pending', count: 1 })
  if (!('records' in report)) throw new Error('no report of a training format')
  expect(plan.leftOut.filter(({ reason }) => typeof reason !== 'string')).toEqual(
    report.leftOut.map(({ reason, count }) => ({ reason, count })),
  )
  expect(plan.records).toHaveLength(Math.min(3, report.records))
  expect(plan.records[0]?.text).toContain('grey')
  expect(JSON.parse(plan.records[0]?.text ?? '')).toBeTypeOf('object')
  expect(plan.records.every(({ item }) => ['moon', 'bare'].includes(item))).toBe(true)
})

it('shows the preferences that a model would learn: the edit beside its draft, and approved and rejected answers', async () => {
  const item = await addItem(project, 'moon', [await paint(project, 'moon.png', 200)])
  const [edited = 0, rejected = 0] = draft(project, item, [pairOf('grey'), pairOf('round')])
  decide(project.db, {
    candidateId: edited,
    verdict: 'edit',
    reviewer: 'ada',
    pair: { ...pairOf('grey'), response: 'The moon looks pale, with dark seas.' },
  })
  decide(project.db, { candidateId: rejected, verdict: 'reject', reviewer: 'ada', reason: 'wrong' })
  const dpo = await planExport(project, { format: 'llamafactory', directory: null, choices: { kind: 'dpo' } })
  expect(dpo.preferences).toMatchObject([
    { candidateId: edited, item: 'moon', chosen: 'The moon looks pale, with dark seas.', rejected: pairOf('grey').response },
  ])
  expect(dpo.leftOut).toContainEqual({ reason: 'rejected', count: 1 })
  const kto = await planExport(project, { format: 'llamafactory', directory: null, choices: { kind: 'kto' } })
  expect(kto.preferences).toMatchObject([
    { candidateId: edited, chosen: 'The moon looks pale, with dark seas.', rejected: null },
    { candidateId: rejected, chosen: null, rejected: pairOf('round').response },
  ])
  expect(kto.leftOut).toEqual([])
})

it('reads no image and writes nothing for videos as frames', async () => {
  await fill()
  const plan = await planExport(project, { format: 'trl', directory: null, choices: { frames: 4, system: 'Be brief.' } })
  expect(plan.records[0]?.text).toContain('Be brief.')
  await expect(planExport(project, { format: 'llava', directory: null, choices: { kind: 'dpo' } })).rejects.toMatchObject({
    code: 'wrong-use',
  })
})
