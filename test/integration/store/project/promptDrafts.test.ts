import { expect, test } from 'vitest'
import { closeProject, openProject } from '../../../../src/main/project/project'
import { currentPromptVersion, getPromptDraft, savePromptDraft } from '../../../../src/main/store/project/prompts'
import { defaultGenerationSettings } from '../../../../src/shared/domain'
import { temporaryProject } from '../../../support/temporaryProject'

test('an unsaved prompt is there again when the project is opened anew, and no version was made of it', () => {
  const project = temporaryProject()
  const { id, createdAt, name, note, ...stored } = currentPromptVersion(project.db)
  const draft = { text: { ...stored, systemMessage: 'Half a thought' }, settings: { ...defaultGenerationSettings, pairsPerItem: 7 } }
  savePromptDraft(project.db, { ...draft, settings: null })
  savePromptDraft(project.db, draft)
  closeProject(project)

  const again = openProject(project.directory, { check: true })
  expect(getPromptDraft(again.db)).toEqual(draft)
  expect(currentPromptVersion(again.db)).toEqual({ id, createdAt, name, note, ...stored })
  savePromptDraft(again.db, { text: null, settings: null })
  expect(getPromptDraft(again.db)).toEqual({ text: null, settings: null })
  closeProject(again)
})

test('a part that cannot be understood is left out, and the rest is kept', () => {
  const project = temporaryProject()
  const settings = { ...defaultGenerationSettings, temperature: 0.2 }
  project.db.prepare(`INSERT INTO prompt_draft (id, body, saved_at) VALUES (1, ?, 0)`).run(JSON.stringify({ text: 3, settings }))
  expect(getPromptDraft(project.db)).toEqual({ text: null, settings })
  closeProject(project)
})
