import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { currentPromptVersion, listPromptExemplars, listPromptVersions } from '../../../../src/main/store/project/prompts'
import { temporaryDirectory, temporaryProject } from '../../../support/temporaryProject'
import { importPromptFile } from '../../../support/inEnglish'

const example = [
  { role: 'user', content: 'captions: a shore' },
  { role: 'assistant', content: 'Question: Where is it?\nAnswer: At a shore.' },
]

function write(text: string): string {
  const file = path.join(temporaryDirectory(), 'theirs.json')
  fs.writeFileSync(file, text)
  return file
}

test('a prompt file with issues comes in put right, or as it is: what cannot be read stays out, what is identical stays in', async () => {
  const stray = [
    { role: 'user', content: 'captions: a cat' },
    { role: 'assistant', content: 'It says nothing of use.' },
  ]
  const file = write(JSON.stringify({ system_message: 'Theirs.', in_context: [...example, ...example, ...stray] }))
  const { db } = temporaryProject()
  const kept = async (repair: boolean) => {
    await importPromptFile(db, file, { repair })
    return listPromptExemplars(db, currentPromptVersion(db).id).map(({ annotation }) => annotation)
  }
  expect(await kept(false)).toEqual(['captions: a shore', 'captions: a shore'])
  expect(await kept(true)).toEqual(['captions: a shore'])
  expect(currentPromptVersion(db).systemMessage).toBe('Theirs.')
})

test('a prompt file that is no JSON comes in only put right', async () => {
  const file = write(`{"system_message": "Theirs.", "in_context": ${JSON.stringify(example)},}`)
  const { db } = temporaryProject()
  await expect(importPromptFile(db, file, { repair: false })).rejects.toMatchObject({ code: 'bad-file', item: 'theirs.json' })
  expect(listPromptVersions(db)).toHaveLength(1)
  await importPromptFile(db, file, { repair: true })
  expect(currentPromptVersion(db).systemMessage).toBe('Theirs.')
})
