import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readStats } from '../../../../src/main/store/candidates/counts'
import { type ImportProject, itemsBySourceId, newImportProject, put, samples } from '../../../support/importProject'
import { importFiles } from '../../../support/inEnglish'

let project: ImportProject
let cat: Buffer
beforeEach(async () => {
  project = await newImportProject()
  cat = await readFile(join(samples, 'media/cat.jpg'))
  await put(project, 'cat.jpg', cat)
})
afterEach(() => project.remove())

const storedFiles = () => readdir(join(project.directory, 'media')).catch(() => [])
const jsonl = async (...rows: readonly unknown[]) => {
  const file = await put(project, 'items.jsonl', rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n'))
  return importFiles(project, { format: 'jsonl', file, mediaDirectory: project.inbox })
}
const good = { id: 'good', media: 'cat.jpg', context: {} }

describe('a row with a bad media file is reported with line and reason, the others are kept', () => {
  const bad = async (media: unknown, reason: RegExp) => {
    const report = await jsonl({ id: 'bad', media }, good)
    expect(report).toMatchObject({ added: 1, mediaAdded: 1, problems: [{ file: 'items.jsonl', line: 1, item: 'bad' }] })
    expect(report.problems[0]?.reason).toMatch(reason)
    expect([...itemsBySourceId(project.db).keys()]).toEqual(['good'])
    expect(await storedFiles()).toHaveLength(1)
    expect(readStats(project.db)).toMatchObject({ items: 1, media: 1 })
  }

  it('above the media folder', () => bad('../test.exemplar/project.sqlite', /it is outside the media folder/))
  it('above it by a folder that is not there', () => bad('x/../../secret.jpg', /it is outside/))
  it('above it, in the way of Windows', () => bad('..\\test.exemplar\\project.sqlite', /it is outside|no such file/))
  it('an absolute path elsewhere', () => bad('/etc/hostname', /it is outside/))
  it('an absolute path elsewhere that is not there', () => bad('/no/such/file.jpg', /it is outside/))
  it('the media folder itself', () => bad('.', /it is outside|folder/))
  it('a web address', () => bad('https://example.org/dog.jpg', /it is a URL/))
  it('an empty name', () => bad('', /empty/))
  it('a NUL in the name', () => bad('cat.jpg\0.png', /NUL/))
  it('a very long name', () => bad('x'.repeat(5000), /too long/))

  it('a symbolic link that leads outside', async () => {
    await writeFile(join(project.directory, 'secret.jpg'), cat)
    await symlink(join(project.directory, 'secret.jpg'), join(project.inbox, 'link.jpg'))
    await bad('link.jpg', /it is outside/)
  })
  it('a file below a linked folder that leads outside', async () => {
    await writeFile(join(project.directory, 'secret.jpg'), cat)
    await symlink(project.directory, join(project.inbox, 'linked'))
    await bad('linked/secret.jpg', /it is outside/)
  })
  it('a symbolic link that leads to itself', async () => {
    await symlink('loop.jpg', join(project.inbox, 'loop.jpg'))
    await bad('loop.jpg', /points to itself/)
  })
  it('a folder', async () => {
    await mkdir(join(project.inbox, 'folder.jpg'))
    await bad('folder.jpg', /is a folder/)
  })
  it('an empty file', async () => {
    await put(project, 'empty.jpg', '')
    await bad('empty.jpg', /empty\.jpg: the file is empty/)
  })
  it('a text that is named like an image', async () => {
    await put(project, 'text.jpg', 'no image at all\n')
    await bad('text.jpg', /it is text, not an image/)
  })
  it('a web page that is named like an image', async () => {
    await put(project, 'page.jpg', '<!DOCTYPE html><html><body>404</body></html>')
    await bad('page.jpg', /web page/)
  })
  it('an SVG', async () => {
    await put(project, 'drawing.svg', '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>')
    await bad('drawing.svg', /SVG images are not supported; convert/)
  })
  it('a truncated JPEG', async () => {
    await put(project, 'cut.jpg', cat.subarray(0, cat.length / 2))
    await bad('cut.jpg', /cut\.jpg: the image cannot be decoded/)
  })
  it('a truncated PNG', async () => {
    const png = await sharp(cat).png().toBuffer()
    await put(project, 'cut.png', png.subarray(0, png.length - 5000))
    await bad('cut.png', /cannot be decoded/)
  })
  it('the second of two, without keeping the first', async () => {
    await put(project, 'coffee.jpg', await readFile(join(samples, 'media/coffee.jpg')))
    await put(project, 'text.jpg', 'text')
    await bad(['coffee.jpg', 'text.jpg'], /text\.jpg/)
  })
})

describe('media that are fine', () => {
  it('may be named by an absolute path in the folder, by a backslash, and by a symbolic link within', async () => {
    await put(project, 'sub/cat.jpg', cat)
    await symlink('cat.jpg', join(project.inbox, 'link.jpg'))
    const report = await jsonl(
      { id: 'absolute', media: join(project.inbox, 'cat.jpg') },
      { id: 'backslash', media: 'sub\\cat.jpg' },
      { id: 'link', media: 'link.jpg' },
      { id: 'dots', media: './sub/../cat.jpg' },
    )
    expect(report).toMatchObject({ added: 4, mediaAdded: 1, problems: [] })
    expect(await storedFiles()).toHaveLength(1)
  })

  it.each(['png', 'webp', 'gif', 'avif', 'tiff'] as const)('may be %s, whatever the extension says', async (format) => {
    await put(project, 'image.jpg', await sharp(cat).resize(60, 40).toFormat(format).toBuffer())
    await jsonl({ id: 'one', media: 'image.jpg' })
    const [media] = itemsBySourceId(project.db).get('one')?.media ?? []
    expect(media).toMatchObject({ mime: `image/${format}`, width: 60, height: 40, fileName: 'image.jpg' })
    expect(await storedFiles()).toEqual([media?.storedName])
  })

  it('have the width and height of the image as it is displayed', async () => {
    await put(project, 'turned.jpg', await sharp(cat).withMetadata({ orientation: 6 }).jpeg().toBuffer())
    await jsonl({ id: 'turned', media: 'turned.jpg' })
    expect(itemsBySourceId(project.db).get('turned')?.media[0]).toMatchObject({ width: 300, height: 451 })
  })
})

describe('rows of one id', () => {
  it('are reported when the file repeats the id', async () => {
    const report = await jsonl(good, { ...good, context: { note: 'other' } })
    expect(report).toMatchObject({
      added: 1,
      problems: [{ line: 2, item: 'good', reason: expect.stringContaining('already used in line 1') }],
    })
  })

  it('are reported when the project has the item with another context or other media, and change nothing', async () => {
    await jsonl(good)
    await put(project, 'coffee.jpg', await readFile(join(samples, 'media/coffee.jpg')))
    const before = itemsBySourceId(project.db)
    for (const changed of [
      { ...good, context: { note: 'new' } },
      { ...good, media: 'coffee.jpg' },
      { ...good, media: ['cat.jpg', 'cat.jpg'] },
    ]) {
      const report = await jsonl(changed)
      expect(report).toMatchObject({ added: 0, unchanged: 0, mediaAdded: 0, problems: [{ line: 1, item: 'good' }] })
      expect(report.problems[0]?.reason).toContain('different media or context')
    }
    expect(itemsBySourceId(project.db)).toEqual(before)
    expect(await storedFiles()).toHaveLength(1)
    expect(readStats(project.db).media).toBe(1)
  })

  it('are unchanged when only the order of the keys, or a number that JSON writes the same, differs', async () => {
    await jsonl('{"id":"good","media":"cat.jpg","context":{"a":-0,"b":{"x":1,"y":2}}}')
    const report = await jsonl('{"context":{"b":{"y":2,"x":1},"a":0},"media":["cat.jpg"],"id":"good"}')
    expect(report).toMatchObject({ unchanged: 1, problems: [] })
  })
})

describe('boxes', () => {
  const box = (x: number, y: number, width: number, height: number, media = 0) => ({ label: 'cat', x, y, width, height, media })

  it('that lie outside their image are left out and reported, each time; the item and its other boxes are kept', async () => {
    const inside = box(10, 10, 50, 50)
    const row = {
      ...good,
      context: { boxes: [inside, box(451, 0, 10, 10), box(-30, 5, 20, 20), box(0, 0, 0, 10), box(0, 0, 9, 9, 1)] },
    }
    const first = await jsonl(row)
    expect(first).toMatchObject({ added: 1 })
    expect(first.problems.map(({ item, reason }) => [item, reason.replace(/^.*skipped: /, '')])).toEqual([
      ['good', 'it lies outside cat.jpg (451 × 300 pixels)'],
      ['good', 'it lies outside cat.jpg (451 × 300 pixels)'],
      ['good', 'it has no area'],
      ['good', 'it refers to image 2, but the item has 1'],
    ])
    expect(itemsBySourceId(project.db).get('good')?.context.boxes).toEqual([inside])
    expect(await jsonl(row)).toMatchObject({ added: 0, unchanged: 1, problems: first.problems })
  })

  it('that reach over the edge are cut there, which is told where it is more than a pixel', async () => {
    const boxes = [
      box(-20, -20, 5000, 40),
      box(400.3, 250, 500, 50),
      box(0, 0, 1e300, 1e300),
      box(-0.4, 0, 451.6, 300),
      box(0, 0, 451, 300),
    ]
    const row = { ...good, context: { boxes } }
    const first = await jsonl(row)
    expect(first.problems.map(({ reason }) => reason)).toEqual([
      'the bounding box “cat” [-20, -20, 5000, 40] extends beyond cat.jpg (451 × 300 pixels) and is clipped',
      'the bounding box “cat” [400.3, 250, 500, 50] extends beyond cat.jpg (451 × 300 pixels) and is clipped',
      'the bounding box “cat” [0, 0, 1e+300, 1e+300] extends beyond cat.jpg (451 × 300 pixels) and is clipped',
    ])
    const whole = box(0, 0, 451, 300)
    expect(itemsBySourceId(project.db).get('good')?.context.boxes).toEqual([
      box(0, 0, 451, 20),
      box(400.3, 250, 50.7, 50),
      whole,
      whole,
      whole,
    ])
    expect(await jsonl(row)).toMatchObject({ added: 0, unchanged: 1, problems: first.problems })
  })

  it('leave no empty list when all are left out', async () => {
    await jsonl({ ...good, context: { boxes: [box(900, 900, 1, 1)] } })
    expect(itemsBySourceId(project.db).get('good')?.context).toEqual({})
  })
})

it('HTML and script in captions are kept as the text they are', async () => {
  const captions = ['<script>alert(1)</script>', '<img src=x onerror=alert(1)> & "q"', 'ünï — 猫 🐈']
  await jsonl({ ...good, context: { captions } })
  expect(itemsBySourceId(project.db).get('good')?.context.captions).toEqual(captions)
})

it('lists a thousand problems and counts the rest', async () => {
  const report = await jsonl(...Array.from({ length: 1205 }, () => 'broken'), good)
  expect(report).toMatchObject({ added: 1, moreProblems: 205 })
  expect(report.problems).toHaveLength(1000)
})
