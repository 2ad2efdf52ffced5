import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tryPrompt } from '../../../../src/main/generation/prompt/tryPrompt'
import type { Project } from '../../../../src/main/project/project'
import { currentPromptVersion } from '../../../../src/main/store/project/prompts'
import { readStats } from '../../../../src/main/store/candidates/counts'
import { defaultGenerationSettings, defaultProviderSettings, type ProviderSettings } from '../../../../src/shared/domain'
import { type Behaviour, startModelServer } from '../../../support/modelServer'
import { addItems, newProject, removeProject, server } from '../project'

let project: Project
let itemId: number
beforeEach(() => {
  project = newProject()
  itemId = addItems(project, 1)[0] ?? 0
})
afterEach(() => removeProject(project))

const request = (changes: { systemMessage?: string; contextTemplate?: string; temperature?: number } = {}) => {
  const { temperature = 0.2, ...text } = changes
  return { itemId, text: { ...currentPromptVersion(project.db), ...text }, settings: { ...defaultGenerationSettings, temperature } }
}
const settingsOf = (changes: Partial<ProviderSettings>): ProviderSettings => ({ ...defaultProviderSettings, ...changes })

async function tryOn(behaviour: Behaviour, changes?: Parameters<typeof request>[0]) {
  const model = await startModelServer({ behaviour })
  try {
    const trial = await tryPrompt(project, request(changes), { settings: settingsOf(server(model.url)), apiKey: 'sk-test' })
    return { trial, sent: model.requests }
  } finally {
    await model.close()
  }
}

describe('a prompt tried on an item', () => {
  it('asks once, with text and settings that are not saved, and shows the reply raw and parsed', async () => {
    const { trial, sent } = await tryOn('fenced', { systemMessage: 'Be odd.', temperature: 1.5 })
    expect(sent).toHaveLength(1)
    expect(sent[0]?.body).toMatchObject({ temperature: 1.5, messages: [{ content: expect.stringMatching(/^Be odd\./) }, {}] })
    expect(trial).toMatchObject({ error: null, reply: expect.stringContaining('```json'), model: expect.any(String) })
    expect(trial.pairs.length).toBeGreaterThan(0)
    expect(trial.promptTokens).toBeGreaterThan(0)
  })

  it('keeps nothing of it', async () => {
    const before = readStats(project.db)
    await tryOn('good')
    await tryOn('prose')
    expect(readStats(project.db)).toEqual(before)
  })

  it.each([
    ['prose', 'not-json', 'I would be glad'],
    ['wrong-shape', 'wrong-shape', 'What is it?'],
    ['refusal', 'refused', 'I cannot help'],
    ['wrong-key', 'wrong-key', null],
    ['rate-limit', 'rate-limit', null],
  ] as const)('shows what went wrong (%s), with the reply as it came, and does not ask again', async (behaviour, code, reply) => {
    const { trial, sent } = await tryOn(behaviour)
    expect(trial).toMatchObject({ pairs: [], error: { code }, reply: reply === null ? null : expect.stringContaining(reply) })
    expect(sent).toHaveLength(1)
  })

  it('works with the demo generator, and names an error in the template before anything is asked', async () => {
    const options = { settings: settingsOf({ kind: 'demo' }), apiKey: null }
    expect((await tryPrompt(project, request(), options)).pairs.length).toBeGreaterThan(0)
    await expect(tryPrompt(project, request({ contextTemplate: 'a\n{% if' }), options)).rejects.toMatchObject({ code: 'bad-template' })
  })
})
