import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findItemId, getItem } from '../../../../src/main/store/library/items'
import { isCleanValue } from '../../../../src/shared/text/cleanText'
import { addApproved, newExportProject, somePairs, type TestProject } from '../../../support/exportProject'
import { changeText } from '../../../support/mimicItDamage'
import { exportPairs, importFiles, validateJsonl, validateMimicIt } from '../../../support/inEnglish'

const given = path.join(import.meta.dirname, '../../../fixtures/cases/30-text-fidelity')

let project: TestProject
beforeEach(async () => {
  project = await newExportProject('la', 'texts')
})
afterEach(() => project.remove())

interface Row {
  readonly id: string
  readonly context: unknown
}

const importGiven = () =>
  importFiles(project, { format: 'jsonl', file: path.join(given, 'items.jsonl'), mediaDirectory: path.join(given, 'm') })

async function readGiven(): Promise<Row[]> {
  return (await readFile(path.join(given, 'items.jsonl'), 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Row)
}

function approveAll(ids: readonly string[]): void {
  for (const id of ids) addApproved(project, findItemId(project.db, id) ?? 0, somePairs(1, id))
}

describe('texts of all scripts, half of a character and control characters', () => {
  it('come in as they are, but for what no reader takes, and that is told with the row', async () => {
    const report = await importGiven()
    expect(report).toMatchObject({ added: 8, problems: [] })
    const rows = await readGiven()
    const broken = rows.filter(({ context }) => !isCleanValue(context)).map(({ id }) => id)
    expect(report.notes.map(({ item }) => item)).toEqual(broken)
    for (const { id, context } of rows) {
      const item = getItem(project.db, findItemId(project.db, id) ?? 0)
      expect(isCleanValue(item?.context)).toBe(true)
      if (!broken.includes(id)) expect(item?.context).toEqual(context)
    }
    // The same import finds them unchanged.
    expect(await importGiven()).toMatchObject({ added: 0, unchanged: 8, problems: [] })
  })

  it('go out as text that any reader takes', async () => {
    await importGiven()
    approveAll((await readGiven()).map(({ id }) => id))
    await exportPairs(project, { format: 'jsonl', directory: project.out })
    const lines = (await readFile(path.join(project.out, 'texts.jsonl'), 'utf8')).trimEnd().split('\n')
    expect(lines).toHaveLength(8)
    for (const line of lines) {
      expect(line).not.toMatch(/\\u(?:d[89a-f]|00[01])/i)
      expect(isCleanValue(JSON.parse(line))).toBe(true)
    }
    expect((await exportPairs(project, { format: 'mimic-it', directory: project.out })).validation.issues).not.toContainEqual(
      expect.objectContaining({ level: 'error' }),
    )
  })

  it('are found in files where they stand after all, wherever', async () => {
    await importGiven()
    approveAll(['cjk'].filter((id) => findItemId(project.db, id)).concat((await readGiven()).slice(0, 1).map(({ id }) => id)))
    await exportPairs(project, { format: 'jsonl', directory: project.out })
    const file = path.join(project.out, 'texts.jsonl')
    const good = await readFile(file, 'utf8')
    for (const [from, to] of [
      ['"context":{', '"context":{"note":"half \\ud83d",'],
      ['"context":{', '"context":{"key\\u0000":1,'],
      ['"response":"It is', '"response":"\\u001bIt is'],
      ['"reviewer":"Ada"', '"reviewer":"Ada\\udc00"'],
    ] as const) {
      expect(good).toContain(from)
      await writeFile(file, good.replace(from, to))
      expect((await validateJsonl(project.out)).issues).toMatchObject([{ check: 'text', level: 'error', id: 'line 1' }])
    }
    // An escaped backslash before `ud83d` is text like any other.
    await writeFile(file, good.replace('"context":{', '"context":{"note":"C:\\\\ud83d\\\\u0000",'))
    expect((await validateJsonl(project.out)).issues).toEqual([])

    await exportPairs(project, { format: 'mimic-it', directory: project.out })
    await changeText(project.out, 'LA_instructions.json', (text) => text.replace('"answer":"It is', '"answer":"\\u0000It is'))
    expect((await validateMimicIt(project.out)).issues).toContainEqual(expect.objectContaining({ check: 'text', level: 'error' }))
  })
})

describe('contexts of different kinds in one JSONL', () => {
  it('are lines that each validate', async () => {
    const folder = path.join(import.meta.dirname, '../../../fixtures/cases/31-jsonl-schema')
    await importFiles(project, { format: 'jsonl', file: path.join(folder, 'items.jsonl'), mediaDirectory: path.join(folder, 'm') })
    const rows = (await readFile(path.join(folder, 'items.jsonl'), 'utf8')).trimEnd().split('\n')
    approveAll(rows.map((row) => (JSON.parse(row) as Row).id))
    const report = await exportPairs(project, { format: 'jsonl', directory: project.out })
    expect(report).toMatchObject({ pairs: rows.length, leftOut: [], validation: { issues: [] } })
  })
})
