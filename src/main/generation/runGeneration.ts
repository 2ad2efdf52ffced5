import type { RunProgress } from '../../shared/contract'
import type { CallError, PromptVersion, Run, RunState } from '../../shared/domain'
import { Problem, toProblem } from '../../shared/problem'
import { say } from '../../shared/say'
import type { Database } from '../store/database'
import { getItem } from '../store/items'
import { getPromptVersion } from '../store/prompts'
import { claimRun, endRun, listRemainingItemIds, requireRun, touchRun } from '../store/runs'
import { createAsker } from './askItem'
import { createItemEmbedder, embeddingModelFor } from './embedItems'
import { programEnds } from './programEnds'
import { createProvider } from './providers/createProvider'
import type { Provider } from './providers/provider'
import type { PictureMaker } from './readPicture'
import { createRateMeter, describeProgress, throttle } from './runProgress'
import { scheduleCalls, type Backoff } from './scheduleCalls'

const heartbeatMs = 2_000
const progressMs = 100

export interface ProjectPlace {
  readonly db: Database
  /** the project's folder, which holds `media/` */
  readonly directory: string
}

export interface GenerationOptions {
  /** the key saved for the run's address; kept in memory alone */
  readonly apiKey: string | null
  /** at most ten times a second, and once at the end */
  readonly onProgress?: (progress: RunProgress) => void
  readonly signal?: AbortSignal
  /** in place of the one that the run's settings name */
  readonly provider?: Provider
  readonly backoff?: Backoff
  /** for a process that must not load the picture library: has pictures made elsewhere */
  readonly pictureMaker?: PictureMaker
}

export interface GenerationResult {
  readonly run: Run
  /** what ended the run before its last item, since every further call would meet it too; with the item it happened to */
  readonly stoppedBy: { readonly error: CallError; readonly item: string } | null
}

/** Runs that this process carries out, by file and number. The store keeps other processes away. */
const underWay = new Set<string>()

/**
 * Carries out a planned run, or goes on with one: asks for every item without an answer, never twice at once. A call is stored before it
 * is sent, and its pairs in the transaction that ends it, so that a kill at any moment loses nothing stored and resuming asks only what
 * has no answer. Ends early, `interrupted`, on what every further call would meet too: a wrong key, an unknown model, no server.
 * @throws Problem busy, not-found; disk-full and others of the store, which leave the run `interrupted`
 */
export async function runGeneration(project: ProjectPlace, runId: number, options: GenerationOptions): Promise<GenerationResult> {
  const place = `${project.db.name}#${runId}`
  if (underWay.has(place))
    throw new Problem('busy', say`Run ${runId} is under way already.`, say`Wait for it, or cancel it.`, { item: `run ${runId}` })
  underWay.add(place)
  try {
    claimRun(project.db, runId)
    return await carryOut(project, requireRun(project.db, runId), options)
  } finally {
    underWay.delete(place)
  }
}

async function carryOut({ db, directory }: ProjectPlace, run: Run, options: GenerationOptions): Promise<GenerationResult> {
  const faults = new AbortController()
  const signal = options.signal ? AbortSignal.any([options.signal, faults.signal]) : faults.signal
  let stoppedBy: GenerationResult['stoppedBy'] = null
  try {
    const itemIds = listRemainingItemIds(db, run.id)
    const progress = watchProgress(db, run.id, itemIds.length, options.onProgress, (fault) => faults.abort(fault))
    const provider = options.provider ?? createProvider(run.settings.provider, options.apiKey)
    const model = embeddingModelFor(run.settings.generation.exemplars, run.settings.provider)
    const { ask, stored } = createAsker({
      db,
      directory,
      run,
      prompt: requirePrompt(db, run),
      provider,
      embedder: model !== null && provider.embed ? createItemEmbedder(db, provider.embed, { model, upcoming: itemIds, signal }) : null,
      signal,
      pictureMaker: options.pictureMaker,
      onFault: (fault) => faults.abort(fault),
      onStop: (failure, itemId) => {
        stoppedBy ??= { error: failure.toCallError(), item: getItem(db, itemId)?.sourceId ?? String(itemId) }
      },
    })
    try {
      await scheduleCalls({
        items: itemIds,
        concurrency: run.settings.provider.concurrency,
        signal,
        ...(options.backoff ? { backoff: options.backoff } : {}),
        attempt: async (itemId, number) => {
          try {
            const outcome = await ask(itemId, number)
            if (outcome.kind === 'settled') progress.count()
            return outcome
          } catch (fault) {
            faults.abort(fault)
            throw fault
          }
        },
      })
    } finally {
      progress.end()
      await stored()
    }
    faults.signal.throwIfAborted()
  } catch (fault) {
    endAfterFault(db, run.id)
    throw toProblem(fault, directory)
  }
  endRun(db, run.id, stateAtEnd(requireRun(db, run.id), options.signal, stoppedBy !== null))
  const ended = requireRun(db, run.id)
  options.onProgress?.(describeProgress(ended, null, 0, false))
  return { run: ended, stoppedBy }
}

/** Heartbeat and progress, until `end`. */
function watchProgress(
  db: Database,
  runId: number,
  items: number,
  onProgress: GenerationOptions['onProgress'],
  onFault: (fault: unknown) => void,
): { count: () => void; end: () => void } {
  const meter = createRateMeter()
  let left = items
  const guarded = (work: () => void) => () => {
    try {
      work()
    } catch (fault) {
      onFault(fault)
    }
  }
  const report = throttle(
    guarded(() => onProgress?.(describeProgress(requireRun(db, runId), meter.rate(), left, true))),
    progressMs,
  )
  const heartbeat = setInterval(() => {
    guarded(() => touchRun(db, runId))()
    report.request()
  }, heartbeatMs)
  report.request()
  return {
    count: () => {
      left--
      meter.count()
      report.request()
    },
    end: () => {
      clearInterval(heartbeat)
      report.cancel()
    },
  }
}

function stateAtEnd(run: Run, signal: AbortSignal | undefined, stopped: boolean): Exclude<RunState, 'running'> {
  if (run.done === run.items) return 'finished'
  if (signal?.aborted) return signal.reason === programEnds ? 'interrupted' : 'cancelled'
  return stopped ? 'interrupted' : 'finished'
}

/** On a full disk this may fail too. The fault itself matters more: the run can be claimed again whatever it last wrote. */
function endAfterFault(db: Database, runId: number): void {
  try {
    endRun(db, runId, 'interrupted')
  } catch {
    return
  }
}

function requirePrompt(db: Database, run: Run): PromptVersion {
  const prompt = getPromptVersion(db, run.promptVersionId)
  if (!prompt)
    throw new Problem('damaged-project', say`The prompt of run ${run.id} is missing.`, say`Restore a copy from the backups folder.`)
  return prompt
}
