import type { ElectronApplication, Page } from '@playwright/test'
import { expect } from '@playwright/test'
import fs from 'node:fs'
import path from 'node:path'
import { contract, type CallInput, type CallName, type CallOutput } from '../../src/shared/contract'
import { defaultProviderSettings, type ProviderSettings } from '../../src/shared/domain'
import { launch } from './launch'
import { answerDialog } from './screens'
import { toEnglish } from '../../src/shared/messages/translate'

export interface OpenWindow {
  readonly app: ElectronApplication
  readonly page: Page
}

/** Starts Exemplar and opens the sample project as a person does. */
export async function openSample(userData: string, environment?: Record<string, string>): Promise<OpenWindow & { project: string }> {
  const app = await launch(userData, environment)
  const page = await app.firstWindow()
  await page.getByRole('button', { name: 'Open sample project' }).click()
  await expect(page.getByText('8 items', { exact: true })).toBeVisible()
  return { app, page, project: path.join(userData, 'Exemplar sample.exemplar') }
}

/** Settings as an earlier session left them: a compatible server, asked once at a time. */
export function setServer(userData: string, baseUrl: string, part: Partial<ProviderSettings> = {}): void {
  const provider = { ...defaultProviderSettings, kind: 'openai', baseUrl, model: 'a-model', concurrency: 1, timeoutMs: 2000, ...part }
  fs.mkdirSync(userData, { recursive: true })
  fs.writeFileSync(path.join(userData, 'settings.json'), JSON.stringify({ theme: 'light', reviewer: 'Ada', provider, keys: {} }))
}

/** Calls main as the page's own code does, for what no person could do. */
export const callMain = <N extends CallName>(page: Page, name: N, input: CallInput<N>) =>
  page.evaluate(([n, i]) => window.exemplar.call(n as 'app.info', i), [name, input] as const)

/** Chooses paths in the system's dialogs, as a person does before main takes them from the page. */
export async function chooseInDialog({ app, page }: OpenWindow, ...paths: readonly string[]): Promise<void> {
  for (const chosen of paths) {
    await answerDialog(app, chosen)
    const name = fs.statSync(chosen).isDirectory() ? 'app.chooseFolder' : 'app.chooseFile'
    await callMain(page, name, { title: 'Choose', filters: [] })
  }
}

/** What main answers to that; a refusal ends the test. */
export async function readMain<N extends CallName>(page: Page, name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const answer = await callMain(page, name, input)
  if (!answer.ok) throw new Error(toEnglish(answer.problem.message))
  return contract[name].output.parse(answer.value) as CallOutput<N>
}
