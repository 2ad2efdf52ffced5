import type { Desktop } from '../../src/main/calls/parts'
import { createHandlers } from '../../src/main/calls/handlers'
import type { Handlers } from '../../src/main/calls/visibility'
import { type JobName, type JobOutput, jobs } from '../../src/main/jobs/contract'
import { runJob } from '../../src/main/jobs/runJob'
import { saveAppSettings } from '../../src/main/project/userData'
import type { Project } from '../../src/main/project/project'
import { listOrdered } from '../../src/main/store/candidates/queueOrder'
import { countItemStates, listSortedItemIds } from '../../src/main/store/library/itemList'
import { saveQualitySettings } from '../../src/main/store/quality/qualitySettings'
import { type CallInput, type CallName, type CallOutput, contract } from '../../src/shared/contract'
import { defaultQualitySettings, type QualitySettings } from '../../src/shared/quality'
import { temporaryDirectory } from './temporaryProject'

const absent = (): never => {
  throw new Error('there is no desktop')
}

/** Lists of the helper process, made on the project that is open. */
const lists: Partial<Record<JobName, (project: Project, input: unknown) => JobOutput<'queue'> | JobOutput<'itemIds'>>> = {
  queue: ({ db }, input) => Float64Array.from(listOrdered(db, jobs.queue.input.parse(input))),
  itemIds: ({ db }, input) => {
    const { filter, sort, reviewer } = jobs.itemIds.input.parse(input)
    return { ids: listSortedItemIds(db, filter, sort, reviewer), counts: countItemStates(db, filter.query, reviewer) }
  },
}

/**
 * Makes the calls of the window, answered by main's own handlers, for one reviewer at a project.
 * @param options.listsHere puts queues and items in order on the project that is open: the helper process opens it for each, which takes far longer
 */
export function openDesk(project: Project, reviewer: string, { listsHere = false } = {}) {
  const userData = temporaryDirectory()
  saveAppSettings(userData, { reviewer })
  const desktop: Desktop = {
    userData,
    documents: userData,
    version: '0',
    sampleDirectory: userData,
    chooseFolder: absent,
    chooseFile: absent,
    chooseSaveFile: absent,
    showFolder: absent,
    keyStatus: absent,
    saveKey: absent,
    forgetKey: absent,
    savedKey: () => null,
    readKey: () => null,
    readKeyForProject: () => null,
    themeChanged: () => undefined,
    languageChanged: () => undefined,
    runJob: (name, input) => {
      const list = listsHere ? lists[name] : undefined
      if (list) return Promise.resolve(list(project, input)) as never
      return runJob(name, input, { onProgress: () => undefined, signal: new AbortController().signal })
    },
    dataChanged: () => undefined,
  }
  const session = { current: () => project, asked: () => undefined, require: () => project, open: absent, close: absent, abandon: absent }
  const runs = {
    drive: absent,
    requireIdle: absent,
    list: () => [],
    pause: absent,
    cancel: absent,
    ended: absent,
    interruptAll: absent,
    imageMaker: undefined,
  }
  const handlers = createHandlers(desktop, session, runs)
  const call = async <N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> => {
    const handler = handlers[name] as (input: unknown) => unknown
    return contract[name].output.parse(await handler(contract[name].input.parse(input))) as CallOutput<N>
  }
  return { call, handlers: handlers as Handlers }
}
export type Desk = ReturnType<typeof openDesk>

/** Quality settings of a project, all off but these. */
export function setQuality(
  { db }: Pick<Project, 'db'>,
  {
    secondLook,
    checks,
    ...part
  }: Partial<Omit<QualitySettings, 'secondLook' | 'checks'>> & {
    secondLook?: Partial<QualitySettings['secondLook']>
    checks?: Partial<QualitySettings['checks']>
  },
): QualitySettings {
  const settings: QualitySettings = {
    ...defaultQualitySettings,
    ...part,
    secondLook: { ...defaultQualitySettings.secondLook, ...secondLook },
    checks: { ...defaultQualitySettings.checks, ...checks },
  }
  saveQualitySettings(db, settings)
  return settings
}
