import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { itemsBySourceId, newImportProject, put, samples, type ImportProject } from '../../../support/importProject'
import { importFiles } from '../../../support/inEnglish'

let project: ImportProject
let cat: Buffer
beforeEach(async () => {
  project = await newImportProject()
  cat = await readFile(join(samples, 'media/cat.jpg'))
})
afterEach(() => project.remove())

const putAll = async (...names: readonly string[]) => {
  // The same content would be one medium.
  for (const name of names) await put(project, name, Buffer.concat([cat, Buffer.from(name)]))
}
const read = async (...names: readonly string[]) => {
  const rows = names.map((media, index) => JSON.stringify({ id: `row ${index}`, media }))
  const file = await put(project, 'items.jsonl', rows.join('\n'))
  return importFiles(project, { format: 'jsonl', file, mediaDirectory: project.inbox })
}
const found = () => [...itemsBySourceId(project.db).values()].map(({ media: [medium] }) => medium?.fileName)

describe('a medium is found', () => {
  it.each([
    ['a POSIX path of another computer', 'train/a.jpg', '/home/ann/data/train/a.jpg'],
    ['the tail of such a path', 'a.jpg', '/data/coco/train2017/a.jpg'],
    ['a Windows path', 'train/a.jpg', 'C:\\Users\\Ann\\data\\train\\a.jpg'],
    ['a Windows path with slashes', 'a.jpg', 'D:/data/a.jpg'],
    ['a path of a Windows share', 'a.jpg', '\\\\server\\share\\a.jpg'],
    ['a relative path that begins above', 'a.jpg', 'images/a.jpg'],
    ['percent signs', 'a b/é.jpg', 'a%20b/%C3%A9.jpg'],
    ['a file address', 'a b.jpg', 'file:///home/ann/a%20b.jpg'],
    ['a file address of Windows', 'a.jpg', 'file:///C:/data/a.jpg'],
    ['a file address with a host', 'a.jpg', 'file://localhost/data/a.jpg'],
    ['an address of the web', 'a b.jpg', 'https://example.org/images/a%20b.jpg?size=2'],
    ['an address of a cloud', 'train/a.jpg', 's3://bucket/train/a.jpg'],
    ['a name with a query', 'a.jpg', 'a.jpg?raw=1'],
    ['a question mark of its own', 'a?x.jpg', 'a?x.jpg'],
    ['another case', 'Train/Cat.JPG', 'train/cat.jpg'],
    ['another ending of JPEG', 'cat.jpeg', 'cat.jpg'],
    ['another ending in another case', 'cat.JPG', 'cat.jpeg'],
    ['a leading dot', 'a.jpg', './a.jpg'],
    ['accents that are written apart', 'été.jpg'.normalize('NFD'), 'été.jpg'.normalize('NFC')],
    ['accents that are written as one', 'été.jpg'.normalize('NFC'), 'ÉTÉ.jpg'.normalize('NFD')],
    ['a folder further below', 'deep/er/a.jpg', 'a.jpg'],
    ['folders further below', 'deep/train/a.jpg', 'train\\a.jpg'],
    ['a name without an ending', 'a.b.jpg', 'a.b'],
    ['a name that has a percent sign of its own', '100%25.jpg', '100%25.jpg'],
    ['a name with a colon', 'Note: one.jpg', 'note: one.jpg'],
  ])('by %s', async (_, file, name) => {
    await putAll(file)
    expect(await read(name)).toMatchObject({ added: 1, mediaAdded: 1, problems: [] })
    expect(join('/', found()[0] ?? '').normalize('NFC')).toBe(join('/', file).normalize('NFC'))
  })

  it('by an address of the folder itself', async () => {
    await putAll('sub/a b.jpg')
    expect(await read(pathToFileURL(join(project.inbox, 'sub/a b.jpg')).href)).toMatchObject({ mediaAdded: 1, problems: [] })
  })

  it('by its exact name first, and then by the longest tail', async () => {
    await putAll('a.jpg', 'A.JPG', 'train/a.jpg', 'a%20b.jpg', 'a b.jpg')
    await read('a.jpg', '/x/train/a.jpg', 'a%20b.jpg', '/x/A.JPG')
    expect(found()).toEqual(['a.jpg', 'train/a.jpg', 'a%20b.jpg', 'A.JPG'])
  })

  it('and what was taken for it is told, once for each kind', async () => {
    await putAll('a.jpg', 'b.jpg', 'c.jpeg', 'deep/d.jpg')
    const report = await read('/x/a.jpg', '/x/b.jpg', 'c.jpg', 'd.jpg')
    expect(report.notes.map(({ reason }) => reason)).toEqual([
      '“/x/a.jpg” is matched to “a.jpg” (and 1 more): the end of the path matches a file in the media folder',
      '“c.jpg” is matched to “c.jpeg”: the file has a different extension',
      '“d.jpg” is matched to “deep/d.jpg”: the file is in a subfolder',
    ])
  })

  it.each(['https://example.org/a.jpg', 'https://example.org/x/a.jpg?w=1', 's3://bucket/a.jpg', 'a.jpg?w=1'])(
    'and a file of the name in the address %s is noted, since it may be another',
    async (name) => {
      await putAll('a.jpg')
      const report = await read(name)
      expect(report).toMatchObject({ mediaAdded: 1, problems: [] })
      expect(report.notes.map(({ reason }) => reason)).toEqual([
        `“${name}” is matched to “a.jpg”: the end of the path matches a file in the media folder`,
      ])
    },
  )
})

describe('a medium is not guessed', () => {
  it.each([
    ['names that differ in case', ['Cat.jpg', 'CAT.jpg'], 'cat.jpg'],
    ['images with one name but for the ending', ['cat.jpg', 'cat.png'], 'cat'],
    ['files in two folders', ['x/cat.jpg', 'y/cat.jpg'], 'cat.jpg'],
    ['two spellings of an ending', ['cat.jpeg', 'cat.jfif'], 'cat.jpg'],
  ])('of %s', async (_, files, name) => {
    await putAll(...files)
    const report = await read(name)
    expect(report.added).toBe(0)
    expect(report.problems.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^.+: it matches both “.+” and “.+”, so neither is used; specify the exact file name\.$/),
    ])
  })

  it.each([
    ['a folder of another name', ['scene1/0001.jpg'], 'scene2/0001.jpg'],
    ['another kind of image', ['cat.png'], 'cat.jpg'],
    ['a hidden file', ['.hidden/cat.jpg'], 'cat.jpg'],
    ['the media of a project', ['old.exemplar/media/cat.jpg'], 'cat.jpg'],
  ])('from %s', async (_, files, name) => {
    await putAll(...files)
    expect((await read(name)).problems.map(({ reason }) => reason)).toEqual([
      `imported without “${name}”, which is not in the media folder`,
    ])
  })
})

describe('a name never leads out of the media folder', () => {
  it.each([
    '/etc/hostname',
    'file:///etc/hostname',
    'file:../secret.jpg',
    '../secret.jpg',
    'x/../../secret.jpg',
    '..\\secret.jpg',
    '%2e%2e/secret.jpg',
    '..%2Fsecret.jpg',
    'link.jpg',
    'LINK.JPG',
    '/elsewhere/link.jpg',
    'linked/secret.jpg',
  ])('%s', async (name) => {
    await mkdir(join(project.directory, 'private'))
    for (const folder of [join(project.inbox, '..'), join(project.directory, 'private')]) await writeFile(join(folder, 'secret.jpg'), cat)
    await symlink(join(project.directory, 'private/secret.jpg'), join(project.inbox, 'link.jpg'))
    await symlink(join(project.directory, 'private'), join(project.inbox, 'linked'))
    const report = await read(name)
    expect(report.mediaAdded).toBe(0)
    expect(report.problems).toHaveLength(1)
  })
})

describe('a file that names with different paths are matched to', () => {
  it('is reported', async () => {
    await putAll('1.jpg')
    const { problems } = await read('train/1.jpg', 'val/1.jpg')
    expect(problems.map(({ reason }) => reason)).toEqual([
      'names with different paths are matched to the same file “1.jpg”, so items may show the wrong image; choose the media folder in which each path exists',
    ])
  })

  it('is not reported for the same path, in one way of writing or another', async () => {
    await putAll('1.jpg', 'sub/2.jpg')
    expect((await read('train/1.jpg', 'train\\1.jpg', 'data/sub/2.jpg', '2.jpg')).problems).toEqual([])
  })
})
