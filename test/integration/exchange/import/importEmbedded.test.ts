import { readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { itemsBySourceId, newImportProject, put, samples, type ImportProject } from '../../../support/importProject'
import { importFiles } from '../../../support/inEnglish'

const cases = join(import.meta.dirname, '../../../fixtures/cases')

let project: ImportProject
beforeEach(async () => {
  project = await newImportProject('la')
})
afterEach(() => project.remove())

const read = async (rows: readonly object[]) => {
  const file = await put(project, 'items.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'))
  return importFiles(project, { format: 'jsonl', file, mediaDirectory: project.inbox })
}
const base64 = async (name: string) => (await readFile(join(samples, 'media', name))).toString('base64')
const leftBehind = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('exemplar-embedded-'))

describe('a medium in the annotation file itself', () => {
  it.each([
    ['items.jsonl', 'jsonl', 2],
    ['large.jsonl', 'jsonl', 1],
    ['llava.json', 'llava', 1],
  ] as const)('of the case file %s is imported', async (name, format, added) => {
    const file = join(cases, '26-base64-media', name)
    const report = await importFiles(project, { format, file, mediaDirectory: project.inbox })
    expect(report).toMatchObject({ added, mediaAdded: 1, problems: [] })
    for (const item of itemsBySourceId(project.db).values()) expect(item.media[0]?.fileName).toMatch(/^embedded-[0-9a-f]{12}\.(png|jpg)$/)
  })

  it('is imported from a data URL or bare base64, of any alphabet, once, and unchanged the second time', async () => {
    const cat = await base64('cat.jpg')
    const urlSafe = cat.replaceAll('+', '-').replaceAll('/', '_')
    const rows = [
      { id: 'bare', media: cat },
      { id: 'url', media: [`data:image/jpeg;charset=utf-8;base64,${cat}`] },
      { id: 'wrong type', media: [`DATA:image/png;base64,${cat}`] },
      { id: 'alphabet', media: [`data:;base64,${urlSafe.replace(/=+$/, '')}`] },
      { id: 'lines', media: [`data:image/jpeg;base64,${cat.replaceAll(/(.{76})/g, '$1\r\n')}`] },
      { id: 'bare lines', media: cat.replaceAll(/(.{76})/g, '$1\n') },
      { id: 'escaped', media: [`data:image/jpeg;base64,${cat.replaceAll('+', '%2B').replaceAll('=', '%3D')}`] },
    ]
    expect(await read(rows)).toMatchObject({ added: 7, mediaAdded: 1, problems: [] })
    const stored = [...itemsBySourceId(project.db).values()].map(({ media }) => media[0]?.sha256)
    expect(new Set(stored).size).toBe(1)
    expect(await read(rows)).toMatchObject({ unchanged: 7, mediaAdded: 0, problems: [] })
    expect(await leftBehind()).toEqual([])
  })

  it('is not the id of its item where that has none', async () => {
    const cat = await base64('cat.jpg')
    const media = { mediaDirectory: project.inbox }
    const turns = {
      conversations: [
        { from: 'human', value: 'q' },
        { from: 'gpt', value: 'a' },
      ],
    }
    const files = [
      ['csv', await put(project, 'a.csv', `image,caption\n${cat},x\n`)],
      ['jsonl', await put(project, 'b.jsonl', JSON.stringify({ file_name: `data:image/jpeg;base64,${cat}` }))],
      ['llava', await put(project, 'c.json', JSON.stringify([{ image: [cat], ...turns }]))],
    ] as const
    for (const [format, file] of files) await importFiles(project, { format, file, ...media })
    expect(itemsBySourceId(project.db).size).toBe(2)
    for (const id of itemsBySourceId(project.db).keys()) expect(id).toMatch(/^embedded-[0-9a-f]{12}$/)
  })

  it('that cannot be used is named without its text', async () => {
    const cat = await base64('cat.jpg')
    const rows = [
      { id: 'cut', media: cat.slice(0, 2000) },
      { id: 'broken', media: `data:image/png;base64,${'*'.repeat(500)}` },
      { id: 'empty', media: 'data:image/png;base64,' },
      { id: 'not base64', media: `data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E${'x'.repeat(500)}` },
      {
        id: 'svg',
        media: `data:image/svg+xml;base64,${Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${'x'.repeat(500)}</svg>`).toString('base64')}`,
      },
      { id: 'text', media: Buffer.from('words '.repeat(200)).toString('base64') },
      { id: 'a name', media: 'x'.repeat(3000) },
      { id: 'a sentence', media: 'not a valid name '.repeat(500) },
    ]
    const report = await read(rows)
    expect(report.added).toBe(0)
    expect(report.problems.map(({ item, reason }) => [item, reason])).toEqual([
      ['cut', expect.stringContaining('the image cannot be decoded')],
      ['broken', '(embedded): the embedded media file cannot be used: its base64 is invalid.'],
      ['empty', '(embedded): the embedded media file cannot be used: its base64 is invalid.'],
      ['not base64', '(embedded): the embedded media file cannot be used: it is not base64.'],
      ['svg', expect.stringContaining('SVG images are not supported')],
      ['text', expect.stringContaining('it is too long for a file name (')],
      ['a name', expect.stringContaining('it is too long for a file name (')],
      ['a sentence', expect.stringContaining('the file name is too long')],
    ])
    for (const { reason } of report.problems) expect(reason.length).toBeLessThan(450)
    expect(await leftBehind()).toEqual([])
  })

  it('is shown in no message, wherever a value of any length stands', async () => {
    const long = `${'y'.repeat(50_000)}`
    const report = await read([
      { id: long, media: 'a.jpg' },
      { id: 'x', media: `${long}.jpg` },
      { id: 'y', media: 'cat.jpg', [long]: 1 },
      { id: 'z', media: [`${'q'.repeat(400)}.jpg`] },
    ])
    for (const { reason, item } of [...report.problems, ...report.notes]) {
      expect(reason.length).toBeLessThan(300)
      expect((item ?? '').length).toBeLessThanOrEqual(80)
    }
    expect(report.problems).toHaveLength(4)
    expect(report.notes).toHaveLength(1)
  })
})

it('contexts of different types under one key are all read', async () => {
  const folder = join(cases, '31-jsonl-schema')
  const report = await importFiles(project, { format: 'jsonl', file: join(folder, 'items.jsonl'), mediaDirectory: join(folder, 'm') })
  expect(report).toMatchObject({ added: 3, mediaAdded: 3, problems: [] })
  expect(itemsBySourceId(project.db).get('two')?.context).toEqual({ captions: ['b'], score: ['low', 'mid'] })
})
