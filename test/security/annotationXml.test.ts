import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { decodeXml, parseXml } from '../../src/main/exchange/import/formats/voc/parseXml'
import { itemsBySourceId, newImportProject, put } from '../support/importProject'
import { Message } from '../../src/shared/messages/message'
import { toEnglish } from '../../src/shared/messages/translate'
import { temporaryDirectory } from '../support/temporaryProject'
import { importFiles } from '../support/inEnglish'

const read = (text: string) => {
  const root = parseXml(text)
  return root instanceof Message ? toEnglish(root) : root
}

describe('an XML file from elsewhere', () => {
  test('brings in no other file', () => {
    const secret = path.join(temporaryDirectory(), 'secret.txt')
    fs.writeFileSync(secret, 'TOP SECRET')
    for (const text of [
      `<!DOCTYPE a [<!ENTITY x SYSTEM "file://${secret}">]><a>&x;</a>`,
      `<!DOCTYPE a [<!ENTITY % x SYSTEM "file://${secret}"> %x;]><a>&x;</a>`,
      `<!DOCTYPE a SYSTEM "file://${secret}"><a>&x;</a>`,
    ])
      expect(read(text)).toMatch(/^it is not valid XML \(line 1: undefined entity/)
    const included = read(`<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file://${secret}" parse="text"/></a>`)
    expect(JSON.stringify(included)).not.toContain('TOP SECRET')
  })

  test('replaces no entity of its own, so that it does not grow', () => {
    const levels = Array.from({ length: 10 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join('')
    expect(read(`<!DOCTYPE a [<!ENTITY l0 "lol">${levels}]><a>&l10;</a>`)).toMatch(/^it is not valid XML \(line 1: undefined entity/)
    expect(read(`<!DOCTYPE a [<!ENTITY big "${'x'.repeat(100_000)}">]><a>${'&big;'.repeat(1000)}</a>`)).toMatch(/undefined entity/)
  })

  test('is not followed to any depth', () => {
    expect(read('<a>'.repeat(100_000))).toMatch(/it is not valid XML \(line 1: too many elements\)/)
    expect(read(`<a>${'<b/>'.repeat(600_000)}</a>`)).toMatch(/it is not valid XML \(line 1: too many elements\)/)
  })

  test('changes no prototype', () => {
    const root = read('<a __proto__="x"><__proto__>y</__proto__><constructor/></a>')
    expect(root).toMatchObject({ name: 'a', children: [{ name: '__proto__', text: 'y' }, { name: 'constructor' }] })
    expect(({} as Record<string, unknown>).x).toBeUndefined()
  })

  test('that is broken is told with its line', () => {
    for (const text of ['', 'text', '<a>', '<a></b>', '<a b=c/>', '<a/><b/>', '<a>\u0001</a>', '<a>\n<<</a>'])
      expect(read(text)).toMatch(/^it is not valid XML \(/)
  })

  test('in an encoding that nobody knows is no text', () => {
    expect(decodeXml(Buffer.from('<?xml version="1.0" encoding="x-secret"?><a/>'))).toBeNull()
    expect(decodeXml(Buffer.from([0x3c, 0x61, 0xff, 0x3e]))).toBeNull()
    expect(decodeXml(Buffer.from('\ufeff<a/>', 'utf16le'))).toBe('<a/>')
  })
})

describe('names in annotations from elsewhere', () => {
  test('lead to no file outside of the media folder', async () => {
    const project = await newImportProject('la')
    try {
      const image = fs.readFileSync(path.join(import.meta.dirname, '../../resources/sample/media/cat.jpg'))
      await put(project, 'private.jpg', image)
      const mediaDirectory = path.join(project.inbox, 'media')
      fs.mkdirSync(mediaDirectory)
      const outside = [`../private.jpg`, path.join(project.inbox, 'private.jpg'), `file://${project.inbox}/private.jpg`]
      const json = (value: unknown) => JSON.stringify(value)
      for (const [at, name] of outside.entries()) {
        await put(project, `l${at}/a.json`, json({ shapes: [], imagePath: name }))
        await put(project, `v${at}/a.json`, json({ k: { filename: name, regions: [] } }))
        await put(project, `x${at}/a.xml`, `<annotation><folder>..</folder><filename>${name}</filename></annotation>`)
        await put(project, `s${at}/a.json`, json([{ id: 1, data: { image: `/data/local-files/?d=${name}` }, annotations: [] }]))
        await put(project, `m${at}/LA_instructions.json`, json({ data: { a: { instruction: 'q', answer: 'a', image_ids: [name] } } }))
        for (const [folder, format] of [
          ['l', 'labelme'],
          ['v', 'via'],
          ['x', 'voc'],
          ['s', 'label-studio'],
          ['m', 'mimic-it'],
        ] as const)
          await importFiles(project, { format, file: path.join(project.inbox, `${folder}${at}`), mediaDirectory })
      }
      expect([...itemsBySourceId(project.db).values()].flatMap(({ media }) => media)).toEqual([])
      expect(fs.existsSync(path.join(project.directory, 'media')) ? fs.readdirSync(path.join(project.directory, 'media')) : []).toEqual([])
    } finally {
      await project.remove()
    }
  })

  test('of classes in YAML do not grow by what stands for others', async () => {
    const project = await newImportProject('la')
    try {
      const aliases = Array.from({ length: 9 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at},`.repeat(9)}]`).join('\n')
      await put(project, 'y/data.yaml', `a0: &a0 [x]\n${aliases}\nnames: *a9\n`)
      const file = await put(project, 'y/a.txt', '0 0.5 0.5 0.1 0.1')
      await expect(importFiles(project, { format: 'yolo', file, mediaDirectory: project.inbox })).rejects.toMatchObject({
        code: 'bad-file',
      })
    } finally {
      await project.remove()
    }
  })
})
