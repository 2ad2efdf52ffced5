import { createHash } from 'node:crypto'
import { copyFileSync, readFileSync, rmSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import { createProject, mediaDirectory, type Project } from '../../../src/main/project/project'
import { startRun } from '../../../src/main/generation/run/startRun'
import { listCandidates } from '../../../src/main/store/candidates/candidates'
import { closeDatabase } from '../../../src/main/store/sql/database'
import { saveItem } from '../../support/saveItem'
import { saveMedia } from '../../../src/main/store/library/media'
import { write } from '../../../src/main/store/sql/transaction'
import type { PlannedRun } from '../../../src/shared/contract'
import {
  callStateSchema,
  defaultGenerationSettings,
  defaultProviderSettings,
  type Call,
  type CallState,
  type Candidate,
  type Context,
  type GenerationSettings,
  type ProviderSettings,
} from '../../../src/shared/domain'
import { temporaryDirectory } from '../../support/temporaryProject'
import { listCalls } from '../../support/inEnglish'

const sampleMedia = join(import.meta.dirname, '../../../resources/sample/media')

/** Waits of milliseconds where people wait for seconds. */
export const quick = { baseMs: 2, maxMs: 10 }

export const newProject = (): Project => createProject(join(temporaryDirectory(), 'test'), 'la')

export function removeProject(project: Project): void {
  closeDatabase(project.db)
  rmSync(dirname(project.directory), { recursive: true, force: true })
}

export function addItems(
  project: Project,
  count: number,
  context: (at: number) => Context = (at) => ({ captions: [`Thing number ${at}.`] }),
  name = 'item',
): number[] {
  return write(project.db, () =>
    Array.from({ length: count }, (_, at) => saveItem(project.db, { sourceId: `${name}-${at}`, context: context(at), mediaIds: [] }).id),
  )
}

/** Puts a sample image, or any file, into the project as an item of its own. */
export function addImage(project: Project, name: string, file = join(sampleMedia, name)): { itemId: number; storedFile: string } {
  const bytes = readFileSync(file)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const storedName = `${sha256}${extname(name)}`
  const storedFile = join(mediaDirectory(project.directory), storedName)
  copyFileSync(file, storedFile)
  const media = {
    sha256,
    fileName: name,
    storedName,
    kind: 'image',
    mime: 'image/jpeg',
    bytes: bytes.length,
    width: 600,
    height: 400,
  } as const
  const { id } = saveMedia(project.db, media)
  return { itemId: saveItem(project.db, { sourceId: name, context: {}, mediaIds: [id] }).id, storedFile }
}

export interface Plan {
  readonly itemIds?: number[]
  readonly limit?: number
  readonly onlyUndrafted?: boolean
  readonly provider?: Partial<ProviderSettings>
  readonly generation?: Partial<GenerationSettings>
}

export const demo: Partial<ProviderSettings> = { kind: 'demo' }
export const server = (url: string): Partial<ProviderSettings> => ({ kind: 'openai', baseUrl: url, model: 'test-model', timeoutMs: 5_000 })

export const plan = (project: Project, { provider, generation, ...rest }: Plan = {}): PlannedRun =>
  startRun(project.db, {
    ...rest,
    provider: { ...defaultProviderSettings, ...provider },
    generation: { ...defaultGenerationSettings, ...generation },
  })

export const callsOf = (project: Project, runId: number, states: readonly CallState[] = callStateSchema.options): Call[] =>
  listCalls(project.db, { runId, states, after: 0, limit: 10_000 })

export const candidatesOf = (project: Project, runId?: number): Candidate[] =>
  listCandidates(project.db, runId === undefined ? {} : { runId }, null, 10_000).candidates
