import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { defaultGenerationSettings, defaultProviderSettings, type Pair } from '../../src/shared/domain'
import { createProject, type Project } from '../../src/main/project/project'
import { finishCall, startCall } from '../../src/main/store/runs/calls'
import type { WritableDb } from '../../src/main/store/sql/types'
import { saveItem } from './saveItem'
import { currentPromptVersion } from '../../src/main/store/project/prompts'
import { createRun, endRun } from '../../src/main/store/runs/runs'

export const temporaryDirectory = (): string => fs.mkdtempSync(path.join(os.tmpdir(), 'exemplar-test-'))

/** A new project in a folder of its own. */
export const temporaryProject = (): Project => createProject(path.join(temporaryDirectory(), 'test'), 'custom')

export const addItem = (db: WritableDb, sourceId: string): number =>
  saveItem(db, { sourceId, context: { captions: [`What ${sourceId} shows.`] }, mediaIds: [] }).id

export const pair = (text: string): Pair => ({ instruction: `What is ${text}?`, response: `It is ${text}.` })

/** A finished run with one successful call for each item; @returns the candidates' ids */
export function draftPairs(
  db: WritableDb,
  drafts: readonly { itemId: number; pairs: readonly Pair[]; exemplarIds?: readonly number[] }[],
): number[] {
  const run = createRun(db, {
    promptVersionId: currentPromptVersion(db).id,
    settings: { provider: defaultProviderSettings, generation: defaultGenerationSettings },
    itemIds: drafts.map(({ itemId }) => itemId),
  })
  const ids = drafts.flatMap(({ itemId, pairs, exemplarIds = [] }) => {
    const callId = startCall(db, { runId: run.id, itemId, attempt: 1, messages: [], exemplarIds })
    return finishCall(db, callId, { reply: JSON.stringify({ pairs }), promptTokens: 10, completionTokens: 5, pairs })
  })
  endRun(db, run.id, 'finished')
  return ids
}
