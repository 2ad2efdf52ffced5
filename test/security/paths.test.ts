import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { mediaPath } from '../../src/main/media/mediaPath'
import { temporaryDirectory } from '../support/temporaryProject'
import { run, samples } from '../support/terminal'

const image = path.join(samples, 'media/cat.jpg')

describe('an annotation file from elsewhere', () => {
  test('copies nothing into the project but what lies in the media folder', async () => {
    const directory = temporaryDirectory()
    const inside = path.join(directory, 'incoming')
    fs.mkdirSync(path.join(inside, 'folder'), { recursive: true })
    fs.mkdirSync(path.join(directory, 'incoming-other'))
    for (const file of ['private.jpg', 'incoming-other/private.jpg', 'incoming/good.jpg'])
      fs.copyFileSync(image, path.join(directory, file))
    fs.symlinkSync(path.join(directory, 'private.jpg'), path.join(inside, 'link.jpg'))
    fs.symlinkSync(directory, path.join(inside, 'linked'))
    fs.symlinkSync('loop.jpg', path.join(inside, 'loop.jpg'))
    const names = [
      '../private.jpg',
      'folder/../../private.jpg',
      '..\\private.jpg',
      '../incoming-other/private.jpg',
      path.join(directory, 'private.jpg'),
      `file://${directory}/private.jpg`,
      'https://example.invalid/private.jpg',
      'link.jpg',
      'linked/private.jpg',
      'loop.jpg',
      'good.jpg\0.png',
      'folder',
      '.',
      '..',
      '',
      '/dev/zero',
      '/proc/self/environ',
      'x'.repeat(5000),
    ]
    const lines = names.map((media, index) => JSON.stringify({ id: `bad ${index}`, media, context: {} }))
    lines.push(JSON.stringify({ id: 'good', media: 'folder/../good.jpg', context: {} }))
    fs.writeFileSync(path.join(directory, 'items.jsonl'), lines.join('\n'))
    await run(directory, ['new', 'p', '--recipe', 'la'])
    const { code, errors, out } = await run(directory, ['import', 'p', '--format', 'jsonl', '--file', 'items.jsonl', '--media', 'incoming'])
    expect(code).toBe(1)
    expect(out).toEqual([`1 item added, 0 unchanged, 1 medium added, ${names.length} problems`])
    expect(errors.map((line) => /items\.jsonl:(\d+) \(bad/.exec(line)?.[1])).toEqual(names.map((_, index) => String(index + 1)))
    expect(fs.readdirSync(path.join(directory, 'p.exemplar/media'))).toHaveLength(1)
  })

  test('brings in nothing that only calls itself an image', async () => {
    const directory = temporaryDirectory()
    const folder = path.join(directory, 'incoming')
    fs.mkdirSync(folder)
    const files = {
      'page.jpg': '<html><script>alert(1)</script></html>',
      'drawing.png': '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
      'script.webp': '#!/bin/sh\necho owned\n',
      'cut.jpg': fs.readFileSync(image).subarray(0, 2000),
      'empty.png': '',
    }
    for (const [name, content] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), content)
    fs.copyFileSync(image, path.join(folder, 'good.jpg'))
    await run(directory, ['new', 'p', '--recipe', 'la'])
    const { code, errors } = await run(directory, ['import', 'p', '--format', 'folder', '--media', 'incoming'])
    expect(code).toBe(1)
    expect(errors).toHaveLength(Object.keys(files).length)
    for (const name of Object.keys(files)) expect(errors.join('\n')).toContain(name)
    expect(fs.readdirSync(path.join(directory, 'p.exemplar/media'))).toHaveLength(1)
  })
})

describe('the name under which a medium is stored', () => {
  for (const name of [
    '../../etc/passwd',
    '/etc/passwd',
    `${'a'.repeat(64)}.jpg/../../x`,
    `${'a'.repeat(64)}.jpg\n`,
    `${'a'.repeat(64)}.jpg\0`,
    `${'A'.repeat(64)}.jpg`,
    `${'a'.repeat(63)}.jpg`,
    `${'a'.repeat(64)}`,
    `${'a'.repeat(64)}.`,
    '',
  ])
    test(`is not ${JSON.stringify(name.replaceAll('a'.repeat(60), '…'))}`, () => {
      expect(() => mediaPath('/projects/p.exemplar', name)).toThrow('is not a valid name for a media file in a project')
    })
})
