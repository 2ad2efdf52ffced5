import type { RunProgress } from '../../../shared/contract'
import type { PromptVersion, Run, RunState, RunStop } from '../../../shared/domain'
import { Problem, toProblem } from '../../../shared/problem'
import type { ReadableDb, WritableDb } from '../../store/sql/types'
import { message } from '../../../shared/messages/message'
import { getItem } from '../../store/library/items'
import { repliesOfRun } from '../../store/runs/keptReplies'
import { releaseLease, requireLease } from '../../store/runs/lease'
import { getPromptVersion } from '../../store/project/prompts'
import { claimRun, endRun, listRemainingItemIds, listTakenItems, requireRun, touchRun } from '../../store/runs/runs'
import { withBusyTimeout } from '../../store/sql/transaction'
import { createAsker } from './askItem'
import { createItemEmbedder, embeddingModelFor } from './embedItems'
import { type GroupWrite, groupWrites } from './groupWrites'
import { createRateMeter, describeIdle, describeProgress, programEnds, throttle } from './runProgress'
import { createProvider } from '../providers/createProvider'
import type { Provider } from '../providers/provider'
import type { ImageMaker } from '../prompt/readImage'
import { type Backoff, createBreaker, scheduleCalls } from '../schedule/scheduleCalls'

const heartbeatMs = 2_000
const progressMs = 100

export interface ProjectPlace {
  readonly db: WritableDb
  /** Folder of the project, which contains `media/`. */
  readonly directory: string
}

interface GenerationOptions {
  /** API key saved for the run's address; kept only in memory. */
  readonly apiKey: string | null
  /** Called at most ten times a second, and once at the end. */
  readonly onProgress?: (progress: RunProgress) => void
  /** Called with true if replies wait for another process's write lock, and with false once they are stored. */
  readonly onWaiting?: (waiting: boolean) => void
  readonly signal?: AbortSignal
  /** Restricts the run to these items, if they have no answer yet. */
  readonly itemIds?: readonly number[]
  /** Provider to use instead of the one in the run's settings. */
  readonly provider?: Provider
  readonly backoff?: Backoff
  /** Creates images elsewhere, for a process that must not load the image library. */
  readonly imageMaker?: ImageMaker
}

interface GenerationResult {
  readonly run: Run
  /** Failure that ended the run before its last item because every further call would meet it too. */
  readonly stoppedBy: RunStop | null
}

/** Runs of this process that are in progress, as `file#id`. The lease in the store excludes other processes. */
const underWay = new Set<string>()

/**
 * Carries out a planned run, or resumes one: asks once for every item that has no answer and belongs to no other live run. A call is stored
 * before it is sent, and its pairs in the transaction that ends it, so that a killed process loses nothing stored and a resumed run asks
 * only for what has no answer. Ends early, `interrupted`, on failures that every further call would meet too: a wrong key, an unknown
 * model, no server, or several failures in a row.
 * @throws Problem busy, not-found; LeaseLost if another process took the run; disk-full and others of the store, which leave the run
 *   `interrupted`
 */
export async function runGeneration(project: ProjectPlace, runId: number, options: GenerationOptions): Promise<GenerationResult> {
  const place = `${project.db.name}#${runId}`
  if (underWay.has(place))
    throw new Problem('busy', message('generation.runUnderWay', { runId }), message('app.waitForOrCancel'), { item: `run ${runId}` })
  underWay.add(place)
  try {
    claimRun(project.db, runId)
    return await carryOut(project, requireRun(project.db, runId), options)
  } finally {
    releaseLease(project.db, runId)
    underWay.delete(place)
  }
}

async function carryOut({ db, directory }: ProjectPlace, run: Run, options: GenerationOptions): Promise<GenerationResult> {
  const faults = new AbortController()
  const onFault = (fault: unknown) => faults.abort(fault)
  const signal = options.signal ? AbortSignal.any([options.signal, faults.signal]) : faults.signal
  let stoppedBy: RunStop | null = null
  try {
    const wanted = options.itemIds && new Set(options.itemIds)
    const remaining = listRemainingItemIds(db, run.id).filter((id) => !wanted || wanted.has(id))
    const taken = listTakenItems(db, { besides: run.id })
    const itemIds = remaining.filter((id) => !taken.has(id))
    if (remaining.length > 0 && itemIds.length === 0) throw takenByOtherRuns(remaining, taken)
    const progress = watchProgress(db, run.id, itemIds.length, options, onFault)
    const store = groupWrites(db, { keeper: repliesOfRun(db, run.id), signal, onWaiting: progress.setWaiting })
    const heartbeat = setInterval(() => void store(() => touchRun(db, run.id)).catch(onFault), heartbeatMs)
    const provider = options.provider ?? createProvider(run.settings.provider, options.apiKey)
    const ask = createAsker({
      db,
      directory,
      run,
      prompt: requirePrompt(db, run),
      provider,
      embedder: createEmbedder(db, run, { provider, itemIds, signal, store }),
      signal,
      store,
      breaker: createBreaker(run.settings.provider.maxFailures),
      imageMaker: options.imageMaker,
      onFault,
      onStop: (failure, itemId, failures) => {
        stoppedBy ??= { error: failure.toCallError(), item: getItem(db, itemId)?.sourceId ?? String(itemId), failures }
      },
    })
    try {
      await scheduleCalls({
        items: itemIds,
        concurrency: run.settings.provider.concurrency,
        signal,
        ...(options.backoff ? { backoff: options.backoff } : {}),
        attempt: async (itemId, number, isProbe) => {
          try {
            const outcome = await ask(itemId, number, isProbe)
            if (outcome.kind === 'settled') progress.count()
            return outcome
          } catch (fault) {
            onFault(fault)
            throw fault
          }
        },
      })
      await store(() => undefined)
      faults.signal.throwIfAborted()
      clearInterval(heartbeat) // a heartbeat in the same transaction, after the end, would undo it
      await store(() => endRun(db, run.id, stateAtEnd(requireRun(db, run.id), options.signal, stoppedBy !== null), stoppedBy))
    } finally {
      clearInterval(heartbeat)
      progress.end()
    }
  } catch (fault) {
    endAfterFault(db, run.id)
    throw toProblem(fault, directory)
  }
  const ended = requireRun(db, run.id)
  options.onProgress?.(describeIdle(ended))
  return { run: ended, stoppedBy }
}

/** Creates the embedder of a run; null if no embedding model chooses the exemplars. */
function createEmbedder(
  db: WritableDb,
  run: Run,
  { provider, itemIds, signal, store }: { provider: Provider; itemIds: readonly number[]; signal: AbortSignal; store: GroupWrite },
) {
  const model = embeddingModelFor(run.settings.generation.exemplars, run.settings.provider)
  if (model === null || !provider.embed) return null
  const storeOwned = (work: () => void) =>
    store(() => {
      requireLease(db, run.id)
      work()
    })
  return createItemEmbedder(db, provider.embed, { model, upcoming: itemIds, signal, store: storeOwned })
}

/** Reports the progress until `end` is called. */
function watchProgress(
  db: ReadableDb,
  runId: number,
  items: number,
  { onProgress, onWaiting }: GenerationOptions,
  onFault: (fault: unknown) => void,
): { count: () => void; setWaiting: (waiting: boolean) => void; end: () => void } {
  const meter = createRateMeter()
  let left = items
  let waitsForLock = false
  const report = throttle(() => {
    try {
      onProgress?.(describeProgress(requireRun(db, runId), { rate: meter.rate(), left, waitsForLock }))
    } catch (fault) {
      onFault(fault)
    }
  }, progressMs)
  const regularly = setInterval(report.request, heartbeatMs)
  report.request()
  return {
    count: () => {
      left--
      meter.count()
      report.request()
    },
    setWaiting: (waiting) => {
      waitsForLock = waiting
      onWaiting?.(waiting)
      report.request()
    },
    end: () => {
      clearInterval(regularly)
      report.cancel()
    },
  }
}

function stateAtEnd(run: Run, signal: AbortSignal | undefined, stopped: boolean): Exclude<RunState, 'running'> {
  if (run.done === run.items) return 'finished'
  if (signal?.aborted) return signal.reason === programEnds ? 'interrupted' : 'cancelled'
  // Items of other runs were left out.
  return stopped || run.done + run.failed < run.items ? 'interrupted' : 'finished'
}

/** Ends a run after an error. On a full disk this may fail too, which is ignored: the run can be claimed again whatever it last wrote. */
function endAfterFault(db: WritableDb, runId: number): void {
  try {
    withBusyTimeout(db, 0, () => endRun(db, runId, 'interrupted'))
  } catch {
    return
  }
}

function requirePrompt(db: ReadableDb, run: Run): PromptVersion {
  const prompt = getPromptVersion(db, run.promptVersionId)
  if (!prompt)
    throw new Problem('damaged-project', message('generation.promptMissing', { runId: run.id }), message('problem.restoreBackup'))
  return prompt
}

/** Returns the number of items in each live run, the oldest run first. @param taken item ids → run ids */
export function countByRun(itemIds: readonly number[], taken: ReadonlyMap<number, number>): { runId: number; items: number }[] {
  const counts = new Map<number, number>()
  for (const id of itemIds) {
    const runId = taken.get(id)
    if (runId !== undefined) counts.set(runId, (counts.get(runId) ?? 0) + 1)
  }
  return [...counts].map(([runId, items]) => ({ runId, items })).toSorted((one, other) => one.runId - other.runId)
}

/** Creates the Problem for a run without items because other runs have all of them. */
export function takenByOtherRuns(itemIds: readonly number[], taken: ReadonlyMap<number, number>): Problem {
  const runs = countByRun(itemIds, taken).map(({ runId }) => runId)
  const names = runs.join(', ')
  return new Problem(
    'busy',
    runs.length === 1 ? message('generation.runDraftsItems', { runs: names }) : message('generation.runsDraftItems', { runs: names }),
    message('generation.waitUntilDrafted'),
    { item: `run ${names}` },
  )
}
