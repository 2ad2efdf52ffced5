import BetterSqlite3 from 'better-sqlite3'
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { backUpProject } from '../../src/main/project/backups'
import { closeProject, createProject, openProject, projectFile } from '../../src/main/project/project'
import { temporaryDirectory } from '../support/temporaryProject'
import { cocoArgs, run, samples } from '../support/terminal'

const accept = JSON.stringify({ candidate: 1, verdict: 'accept', reviewer: 'Ada' })
const secret = 'a file that is none of the project’s business\n'

let template: string
beforeAll(async () => {
  template = temporaryDirectory()
  await run(template, ['new', 'p', '--recipe', 'la'])
  await run(template, ['import', 'p', ...cocoArgs])
  await run(template, ['generate', 'p', '--limit', '2'])
})

/** A copy of a good project that somebody else has worked on; beside it a file that it shall not reach. */
function hostile(sql = ''): { directory: string; project: string; file: string; secretFile: string } {
  const directory = temporaryDirectory()
  const project = path.join(directory, 'p.exemplar')
  fs.cpSync(path.join(template, 'p.exemplar'), project, { recursive: true })
  const db = new BetterSqlite3(projectFile(project))
  db.exec(sql)
  db.close()
  fs.writeFileSync(path.join(directory, 'decisions.jsonl'), accept)
  const secretFile = path.join(directory, 'secret.txt')
  fs.writeFileSync(secretFile, secret)
  return { directory, project, file: projectFile(project), secretFile }
}

const oneProblem = /^error: .+ → .+$/

describe('a project file that somebody else wrote', () => {
  for (const [what, sql, args] of [
    ['settings of another form', `UPDATE project SET generation_settings = '{"pairsPerItem": "many"}'`, ['generate', 'p']],
    ['settings that are no JSON', `UPDATE project SET generation_settings = 'nothing'`, ['generate', 'p']],
    ['a context of another form', `UPDATE context SET body = '{"captions": 5}'`, ['generate', 'p']],
    ['a context that is no JSON', `UPDATE context SET body = '[1,'`, ['list', 'p', '--items']],
    ['runs of another form', `UPDATE run SET settings = '{}'`, ['generate', 'p', '--resume']],
    [
      'a driver of another form, of this moment',
      `UPDATE run SET owner = 'me', touched_at = 1000 * unixepoch(), state = 'running', done = 0`,
      ['generate', 'p', '--resume'],
    ],
    ['no project in it', `DELETE FROM project`, ['stats', 'p']],
    ['an unknown recipe', `UPDATE project SET recipe = '../../evil'`, ['stats', 'p']],
    ['tables missing', `DROP TABLE draft; DROP TABLE decision`, ['decide', 'p', '--file', 'decisions.jsonl']],
  ] as const)
    test(`with ${what} is told in one line, as a project that cannot be read`, async () => {
      const { directory } = hostile(sql)
      const { code, errors } = await run(directory, args)
      expect(errors).toEqual([expect.stringMatching(oneProblem)])
      expect(errors[0]).not.toContain('"code"')
      expect(code).toBe(3)
    })

  for (const [what, sql, name] of [
    ['a context that is no JSON', `UPDATE context SET body = 'x' WHERE item_id = 1`, 'context of item 1'],
    ['runs of another form', `UPDATE run SET settings = '{}'`, 'Run 1'],
  ] as const)
    test(`the doctor names ${what} in it`, async () => {
      expect((await run(hostile().directory, ['doctor', 'p'])).code).toBe(0)
      const { code, errors } = await run(hostile(sql).directory, ['doctor', 'p'])
      expect(code).toBe(1)
      expect(errors.join('\n')).toContain(name)
    })

  test('is opened without trust in its schema', () => {
    const opened = openProject(hostile().project)
    expect(opened.db.pragma('trusted_schema', { simple: true })).toBe(0)
    expect(() => opened.db.loadExtension('/tmp/evil')).toThrow()
    expect(() => opened.db.exec(`PRAGMA writable_schema = ON; DELETE FROM sqlite_schema`)).toThrow()
    closeProject(opened)
  })
})

describe('a project folder that somebody else made', () => {
  for (const side of ['', '-wal', '-shm', '-journal'])
    test(`with a symbolic link as project.sqlite${side} is not opened, and what it leads to stays as it was`, async () => {
      const { directory, file, secretFile } = hostile()
      fs.rmSync(file + side, { force: true })
      fs.symlinkSync(secretFile, file + side)
      const { code, errors } = await run(directory, ['decide', 'p', '--file', 'decisions.jsonl'])
      expect({ code, errors }).toEqual({ code: 3, errors: [expect.stringContaining('is a symbolic link')] })
      expect(fs.readFileSync(secretFile, 'utf8')).toBe(secret)
      expect(fs.lstatSync(file + side).isSymbolicLink()).toBe(true)
    })

  test.skipIf(process.platform === 'win32')('with a pipe as project.sqlite does not wait for ever', async () => {
    const { directory, file } = hostile()
    fs.rmSync(file)
    execFileSync('mkfifo', [file])
    expect((await run(directory, ['stats', 'p'])).code).toBe(3)
  })

  for (const format of ['jsonl', 'mimic-it'])
    test(`cannot bring a file from elsewhere into an export as ${format}: neither by a name nor by a symbolic link`, async () => {
      const image = path.join(samples, 'media/cat.jpg')
      const byName = hostile(`UPDATE media SET stored_name = '../../${path.relative('/', image)}'`)
      const byLink = hostile()
      for (const name of fs.readdirSync(path.join(byLink.project, 'media'))) {
        const medium = path.join(byLink.project, 'media', name)
        fs.renameSync(medium, path.join(byLink.directory, name))
        fs.symlinkSync(path.join(byLink.directory, name), medium)
      }
      for (const { directory } of [byName, byLink]) {
        await run(directory, ['decide', 'p', '--file', 'decisions.jsonl'])
        const { code, errors } = await run(directory, ['export', 'p', '--format', format, '--out', 'out'])
        expect({ code, errors }).toEqual({ code: 1, errors: [expect.stringContaining('The approved pair could not be exported')] })
        expect(fs.readdirSync(path.join(directory, 'out'))).toEqual([])
        const doctor = await run(directory, ['doctor', 'p'])
        expect(doctor.code).toBe(1)
        expect(doctor.errors.length).toBeGreaterThanOrEqual(8)
      }
    })

  test('cannot have an image from elsewhere sent to a model', async () => {
    const { directory, project } = hostile(
      `UPDATE project SET generation_settings = json_set(generation_settings, '$.attachImage', json('true'))`,
    )
    for (const name of fs.readdirSync(path.join(project, 'media'))) {
      fs.rmSync(path.join(project, 'media', name))
      fs.symlinkSync(path.join(samples, 'media/cat.jpg'), path.join(project, 'media', name))
    }
    const { code, errors } = await run(directory, ['generate', 'p', '--provider', 'openai', '--base-url', 'http://127.0.0.1:9/v1'])
    expect(code).toBe(1)
    expect(errors.filter((line) => line.startsWith('failed: item'))).toHaveLength(8)
    expect(errors[0]).toMatch(/item 1: media: .*it is a symbolic link/)
  })

  test('keeps its backups inside, whatever the project is called', () => {
    const directory = path.join(temporaryDirectory(), '..%2f..; rm -rf ~ “x”.exemplar')
    const project = createProject(directory, 'la')
    const copy = backUpProject(project.db, project.directory)
    closeProject(project)
    expect(path.dirname(String(copy))).toBe(path.join(directory, 'backups'))
  })
})
