import BetterSqlite3 from 'better-sqlite3'
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { Problem } from '../../../../src/shared/problem'
import { backUpProject } from '../../../../src/main/project/backups'
import { closeProject, createProject, openProject, projectFile } from '../../../../src/main/project/project'
import { listCandidates } from '../../../../src/main/store/candidates/candidates'
import { decide } from '../../../../src/main/store/decisions/decisions'
import { schemaVersion } from '../../../../src/main/store/schema/schema'
import { addItem, draftPairs, pair, temporaryDirectory, temporaryProject } from '../../../support/temporaryProject'
import { examineProject } from '../../../support/inEnglish'

function problemOf(action: () => unknown): Problem {
  try {
    action()
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('it did not fail')
}

function closedProject(): string {
  const project = temporaryProject()
  const itemId = addItem(project.db, 'one')
  draftPairs(project.db, [{ itemId, pairs: Array.from({ length: 200 }, (_, n) => pair(`thing ${n} ${'and more '.repeat(20)}`)) }])
  closeProject(project)
  return project.directory
}

describe('a project file', () => {
  test('is written durably: WAL, synchronous FULL, foreign keys on, every table strict', () => {
    const { db } = temporaryProject()
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(db.pragma('synchronous', { simple: true })).toBe(2)
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1)
    const loose = db.prepare(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'`,
    )
    expect(loose.pluck().all()).toEqual([])
  })

  test('is called by the folder’s name, with or without the ending', () => {
    const directory = path.join(temporaryDirectory(), 'space day')
    closeProject(createProject(directory, 'la'))
    expect(fs.existsSync(projectFile(`${directory}.exemplar`))).toBe(true)
    for (const given of [directory, `${directory}.exemplar`, projectFile(`${directory}.exemplar`)]) {
      const project = openProject(given)
      expect(project.info).toMatchObject({ name: 'space day', recipe: 'la', path: `${directory}.exemplar` })
      closeProject(project)
    }
  })

  test('is never made over one that is there', () => {
    const directory = closedProject()
    expect(problemOf(() => createProject(directory, 'la'))).toMatchObject({ code: 'exists', item: directory })
  })

  test('that is not there is named with what to do', () => {
    const missing = path.join(temporaryDirectory(), 'nothing')
    expect(problemOf(() => openProject(missing))).toMatchObject({ code: 'unreadable-project', item: `${missing}.exemplar` })
  })

  test('of a newer version is refused and left as it was', () => {
    const directory = closedProject()
    const raw = new BetterSqlite3(projectFile(directory))
    raw.pragma(`user_version = ${schemaVersion + 1}`)
    raw.close()
    const before = fs.readFileSync(projectFile(directory))
    expect(problemOf(() => openProject(directory))).toMatchObject({
      code: 'newer-project',
      remedy: expect.stringContaining('update Exemplar'),
    })
    expect(fs.readFileSync(projectFile(directory)).equals(before)).toBe(true)
  })

  for (const [how, damage] of [
    [
      'with torn pages',
      (file: string) => {
        const bytes = fs.readFileSync(file)
        for (let at = 8192; at < bytes.length; at += 4096) bytes.fill(0xa5, at, at + 2048)
        fs.writeFileSync(file, bytes)
      },
    ],
    ['cut short', (file: string) => fs.truncateSync(file, 6000)],
    ['that is no database', (file: string) => fs.writeFileSync(file, 'this is not a database, it is a letter to my aunt')],
    ['that is empty', (file: string) => fs.truncateSync(file, 0)],
  ] as const)
    test(`${how} is named and stays as it is, with everything beside it`, () => {
      const directory = closedProject()
      damage(projectFile(directory))
      const bytes = fs.readFileSync(projectFile(directory))
      for (const options of [{}, { reading: true }])
        expect(problemOf(() => openProject(directory, options))).toMatchObject({
          code: 'damaged-project',
          item: projectFile(directory),
          message: expect.stringContaining('Nothing was changed'),
          remedy: expect.stringContaining(`recover ${directory}`),
        })
      expect(fs.readFileSync(projectFile(directory)).equals(bytes)).toBe(true)
      expect(fs.readdirSync(directory).toSorted()).toEqual(['media', 'project.sqlite'])
    })

  test('is copied once a day, and a copy opens as the project did', () => {
    const directory = closedProject()
    const project = openProject(directory)
    const copy = backUpProject(project.db, directory)
    expect(copy).not.toBeNull()
    expect(backUpProject(project.db, directory)).toBeNull()
    closeProject(project)
    fs.copyFileSync(copy ?? '', projectFile(directory))
    const restored = openProject(directory)
    expect(listCandidates(restored.db, {}, null, 200).candidates).toHaveLength(200)
  })
})

describe('the doctor', () => {
  test('finds nothing in a sound project', async () => {
    expect(await examineProject(openProject(closedProject()))).toMatchObject({ healthy: true, findings: [] })
  })

  test('names a candidate that stands otherwise than its last decision says', async () => {
    const project = openProject(closedProject())
    decide(project.db, { candidateId: 7, verdict: 'accept', reviewer: 'Ada' })
    project.db.exec(`UPDATE candidate SET state = 'rejected' WHERE id = 7`)
    const { findings } = await examineProject(project)
    expect(findings).toMatchObject([{ check: 'a candidate stands as its last decision says', message: expect.stringContaining('7') }])
  })

  test('names dangling references, stray and missing files', async () => {
    const project = openProject(closedProject())
    project.db.pragma('foreign_keys = OFF')
    project.db.exec(`INSERT INTO item_media (item_id, position, media_id) VALUES (1, 0, 99)`)
    fs.writeFileSync(path.join(project.directory, 'media', 'stray.jpg'), 'x')
    project.db.exec(
      `INSERT INTO media (id, sha256, file_name, stored_name, kind, mime, bytes, created_at)
       VALUES (1, '${'a'.repeat(64)}', 'cat.jpg', '${'a'.repeat(64)}.jpg', 'image', 'image/jpeg', 1, 1)`,
    )
    const messages = (await examineProject(project)).findings.map(({ message }) => message).join('\n')
    expect(messages).toMatch(/item_media .*media/)
    expect(messages).toMatch(/cat\.jpg .* is missing/)
    expect(messages).toMatch(/stray\.jpg/)
  })
})

describe('lists of candidates', () => {
  test('give every candidate once, page after page, in the order of items', () => {
    const { db } = temporaryProject()
    const items = ['a', 'b', 'c'].map((id) => addItem(db, id))
    for (let round = 0; round < 4; round++)
      draftPairs(
        db,
        items.map((itemId) => ({ itemId, pairs: [pair(`${round}`), pair(`${round}+`)] })),
      )
    for (const candidateId of [2, 5, 9]) decide(db, { candidateId, verdict: 'reject', reviewer: 'Ada' })
    const read = (filter: Parameters<typeof listCandidates>[1], limit: number) => {
      const ids: [number, number][] = []
      let after: Parameters<typeof listCandidates>[2] = null
      do {
        const page = listCandidates(db, filter, after, limit)
        ids.push(...page.candidates.map(({ itemId, id }): [number, number] => [itemId, id]))
        after = page.next
      } while (after)
      return ids
    }
    const all = read({}, 5)
    expect(all).toHaveLength(24)
    expect(all).toEqual([...all].sort(([a, b], [c, d]) => a - c || b - d))
    expect(read({ states: ['pending', 'rejected'] }, 3)).toEqual(all)
    expect(
      read({ states: ['rejected'] }, 2)
        .map(([, id]) => id)
        .sort((a, b) => a - b),
    ).toEqual([2, 5, 9])
    expect(read({ runId: 2 }, 4)).toHaveLength(6)
    expect(read({ query: '3+' }, 2)).toHaveLength(6)
    expect(read({ query: '"; DROP TABLE candidate; --' }, 2)).toEqual([])
  })
})
