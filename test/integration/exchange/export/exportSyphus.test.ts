import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { exportPairs } from '../../../../src/main/exchange/export/export'
import { validateExport } from '../../../../src/main/exchange/export/validateExport'
import { importFiles } from '../../../../src/main/exchange/import/importFiles'
import { inspectSources } from '../../../../src/main/exchange/import/inspectSources'
import { readPromptFile } from '../../../../src/main/exchange/promptFile/promptFile'
import { importPromptFile } from '../../../../src/main/exchange/promptFile/promptFiles'
import { listPromptExemplars, savePromptVersion } from '../../../../src/main/store/project/prompts'
import { inEnglish } from '../../../support/inEnglish'
import { addApproved, addItem, draft, newExportProject, paint, readJson, type TestProject } from '../../../support/exportProject'

let project: TestProject
beforeEach(async () => {
  project = await newExportProject()
})
afterEach(() => project.remove())

const file = () => join(project.out, 'Space-day_prompt.json')
const base = { systemMessage: '', contextTemplate: '', outputForm: 'pairs' } as const

async function fill() {
  const lamp = await addItem(project, 'lamp', [await paint(project, 'lamp.png', 40)], { captions: ['A lamp: lit.', 'A "lamp".'] })
  const plain = await addItem(project, 'plain', [], {})
  addApproved(project, lamp, [
    { instruction: 'What is it?', response: 'Answer: a lamp.\nQuestion: why?', kind: 'conversation', conversation: 0, turn: 0 },
    { instruction: 'And its color?', response: '黄色', kind: 'conversation', conversation: 0, turn: 1 },
    { instruction: 'Why is it lit?', response: 'It is dark.', kind: 'reasoning', rationale: 'Lamps are lit in the dark.' },
  ])
  draft(project, lamp, [{ instruction: 'Pending?', response: 'Not exported.' }])
  savePromptVersion(project.db, { outputForm: 'pairs', systemMessage: 'Draft “better” pairs.', contextTemplate: 'Seen: {{ captions }}' })
  addApproved(project, plain, [{ instruction: 'What is there?', response: 'Nothing.' }], { promptVersionId: 2 })
}

describe('a Syphus prompt file', () => {
  test('has the newest system message that drafted its pairs, and each item with its pairs as an example', async () => {
    await fill()
    const report = await exportPairs(project, { format: 'syphus', directory: project.out })
    expect(report).toMatchObject({ pairs: 4, images: 0, leftOut: [], validation: { issues: [] } })
    const { exemplars, findings, text } = readPromptFile(await readFile(file(), 'utf8'), base)
    expect(findings).toEqual([])
    expect(text?.systemMessage).toBe('Draft “better” pairs.')
    const nothing = { kind: null, conversation: null, turn: null, rationale: null }
    expect(exemplars).toEqual([
      {
        annotation: 'Seen: ["A lamp: lit.","A \\"lamp\\"."]',
        pairs: [
          {
            ...nothing,
            instruction: 'What is it?',
            response: 'Answer: a lamp.\nQuestion: why?',
            kind: 'conversation',
            conversation: 0,
            turn: 0,
          },
          { ...nothing, instruction: 'And its color?', response: '黄色', kind: 'conversation', conversation: 0, turn: 1 },
          {
            ...nothing,
            instruction: 'Why is it lit?',
            response: 'It is dark.',
            kind: 'reasoning',
            rationale: 'Lamps are lit in the dark.',
          },
        ],
      },
      { annotation: 'Seen:', pairs: [{ ...nothing, instruction: 'What is there?', response: 'Nothing.' }] },
    ])
    expect(await readJson(file())).toMatchObject({ made_by: { pairs: 4, prompt_version: 2 } })
  })

  test('has a warning about imported system texts, which it cannot contain', async () => {
    await paint(project, 'lamp.png', 40)
    const rows = ['Be brief.', null].map((system) => ({
      messages: [
        ...(system === null ? [] : [{ role: 'system', content: system }]),
        { role: 'user', content: `<image>What is it${system === null ? '' : ', briefly'}?` },
        { role: 'assistant', content: 'A lamp.' },
      ],
      images: ['lamp.png'],
    }))
    const source = join(project.root, 'rows.json')
    await writeFile(source, JSON.stringify(rows))
    const request = { format: 'ms-swift', file: source, mediaDirectory: project.root, pairs: 'accepted' } as const
    await importFiles(project, request, { reviewer: 'Ada' })
    for (const format of ['syphus', 'mimic-it', 'jsonl'] as const) {
      const report = await exportPairs(project, { format, directory: join(project.out, format) })
      expect([format, inEnglish(report).validation.issues.map(({ message }) => message)]).toEqual([
        format,
        format === 'jsonl'
          ? []
          : ['1 pair was imported with a system text, which this format cannot contain. JSONL and most training formats keep it.'],
      ])
    }
  })

  test('is imported as the prompt of another project with the same examples', async () => {
    await fill()
    await exportPairs(project, { format: 'syphus', directory: project.out })
    const other = await newExportProject('custom', 'Other')
    const { exemplars } = await importPromptFile(other.db, file(), { repair: false })
    expect(listPromptExemplars(other.db, 2)).toEqual(exemplars)
    await other.remove()
  })

  test('is no file of items or pairs, and the import names what reads it', async () => {
    await fill()
    await exportPairs(project, { format: 'syphus', directory: project.out })
    for (const request of [{ format: 'jsonl' }, { format: 'llava' }, { format: 'chat', pairs: 'pending' }] as const)
      await expect(importFiles(project, { ...request, file: file(), mediaDirectory: project.out })).rejects.toMatchObject({
        code: 'bad-file',
        message: expect.stringContaining('looks like a Syphus prompt file'),
        remedy: expect.stringContaining('prompt import'),
      })
    expect((await inspectSources([file()])).unsupported).toMatchObject([{ path: file() }])
  })

  const damages: Record<string, (text: string) => string> = {
    'not JSON': (text) => text.slice(0, -4),
    'without a system message': (text) => text.replace('"system_message"', '"system"'),
    'with an empty user turn': (text) => text.replace('"Seen:"', '""'),
    'with an assistant turn that holds no pair': (text) => text.replace('"Question":"What is there?"', '"Topic":"What is there?"'),
    'without a turn': (text) => text.replace(/\{"role":"user","content":"Seen: [^\n]*\n/, ''),
    'with a pair less': (text) => text.replace(/,\{"Kind":"reasoning"[^}]*\}/, ''),
    'with a NUL in a text': (text) => text.replace('Nothing.', 'Noth\\u0000ing.'),
  }
  test.each(Object.entries(damages))('%s is refused', async (_, damage) => {
    await fill()
    await exportPairs(project, { format: 'syphus', directory: project.out })
    const text = await readFile(file(), 'utf8')
    expect(damage(text)).not.toBe(text)
    await writeFile(file(), damage(text))
    const { format, issues } = await validateExport(project.out, null)
    expect(format).toBe('syphus')
    expect(issues.filter(({ level }) => level === 'error')).not.toEqual([])
  })
})
