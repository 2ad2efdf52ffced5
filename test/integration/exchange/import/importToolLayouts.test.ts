import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Context, ImportFormat } from '../../../../src/shared/domain'
import { itemsBySourceId, newImportProject, put, type ImportProject } from '../../../support/importProject'
import { importFiles } from '../../../support/inEnglish'

let project: ImportProject
beforeEach(async () => {
  project = await newImportProject('la')
  await mkdir(join(project.inbox, 'media'))
})
afterEach(() => project.remove())

type Files = Readonly<Record<string, unknown>>

/** Puts a different image of 200 × 100 pixels at each of the names. */
async function putImages(names: readonly string[]): Promise<void> {
  for (const [index, name] of names.entries()) {
    const background = { r: 20 * index, g: 0, b: 0 }
    await put(project, `media/${name}`, await sharp({ create: { width: 200, height: 100, channels: 3, background } }).png().toBuffer())
  }
}

interface Found {
  readonly media: readonly string[]
  readonly context: Context
}

/** Writes the files below `notes`, and imports the only one, or the folder. */
async function read(format: ImportFormat, files: Files) {
  for (const [name, content] of Object.entries(files))
    await put(project, `notes/${name}`, typeof content === 'string' ? content : JSON.stringify(content))
  const [only = '', ...others] = Object.keys(files)
  const file = join(project.inbox, 'notes', others.length === 0 ? only : '')
  const report = await importFiles(project, {
    format,
    ...(format === 'coco' ? { instances: file } : { file }),
    mediaDirectory: join(project.inbox, 'media'),
  })
  const items = Object.fromEntries(
    [...itemsBySourceId(project.db)].map(([id, { media, context }]): [string, Found] => [
      id,
      { media: media.map(({ fileName }) => fileName), context },
    ]),
  )
  return { items, problems: report.problems.map(({ reason }) => reason), notes: report.notes.map(({ reason }) => reason) }
}

const box = (label: string, x: number, y: number, width: number, height: number, media = 0) => ({ label, x, y, width, height, media })

describe('YOLO labels', () => {
  it('are read whatever their images are called', async () => {
    const stems = ['license_plate_1', 'readme_shot', 'notes', 'test']
    await putImages(stems.map((stem) => `images/${stem}.png`))
    const labels = Object.fromEntries(stems.map((stem) => [`labels/${stem}.txt`, '0 0.5 0.5 0.2 0.4\n']))
    const { items, problems } = await read('yolo', {
      'data.yaml': 'names: [plate]\n',
      'README.roboflow.txt': 'Plates of 2024\n',
      'train.txt': '0001.jpg\n0002.jpg\n',
      ...labels,
    })
    expect(problems).toEqual([])
    expect(items).toEqual(
      Object.fromEntries(stems.map((stem) => [stem, { media: [`images/${stem}.png`], context: { boxes: [box('plate', 80, 30, 40, 40)] } }])),
    )
  })

  it('with key points of two numbers are boxes', async () => {
    await putImages(['a.png', 'b.png'])
    const { items, notes } = await read('yolo', {
      'classes.txt': 'person\n',
      'a.txt': '0 0.5 0.5 0.4 0.6 0.4 0.3 0.5 0.5 0.6 0.7 0 0\n',
      'b.txt': '0 0.3 0.5 0.2 0.8 0.3 0.2 0.25 0.6 0.35 0.6 0.3 0.8\n',
    })
    expect(items).toEqual({
      a: { media: ['a.png'], context: { boxes: [box('person', 60, 20, 80, 60)] } },
      b: { media: ['b.png'], context: { boxes: [box('person', 40, 10, 40, 80)] } },
    })
    expect(notes).toEqual(['“keypoints” is not imported (2): a, b'])
  })

  it('with polygons are boxes around these, and a note says where they may be something else', async () => {
    await putImages(['a.png'])
    const { items, notes } = await read('yolo', { 'classes.txt': 'ship\n', 'a.txt': '0 0.5 0.5 0.6 0.5 0.6 0.6 0.5 0.6\n' })
    expect(items).toEqual({ a: { media: ['a.png'], context: { boxes: [box('ship', 100, 50, 20, 10)] } } })
    expect(notes).toContain(
      'polygons are imported as the bounding boxes around them; if these labels are boxes with keypoints, add kpt_shape to data.yaml and import again with --update',
    )
  })
})
