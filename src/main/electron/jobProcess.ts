import { app, utilityProcess, type UtilityProcess } from 'electron'
import { builtFile } from './schemes'
import { Problem, type ProblemData } from '../../shared/problem'
import { message } from '../../shared/messages/message'
import { videoSwitches } from '../media/video/videoProcess'
import { type JobInput, type JobName, type JobOutput, jobReplySchema, type JobRequest, jobs } from '../jobs/contract'

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
  readonly onProgress: (progress: unknown) => void
}

/** Runs jobs in a worker process, which is started with the first job, and again after a crash. */
export interface JobProcess {
  run<N extends JobName>(
    name: N,
    input: JobInput<N>,
    options?: { onProgress?: (progress: unknown) => void; signal?: AbortSignal },
  ): Promise<JobOutput<N>>
  stop(): void
}

/** Returns the command that starts this program as the video process; see `src/main/index.ts`. */
export function videoCommand(): string[] {
  const own = app.isPackaged ? [] : [app.getAppPath()]
  return [process.execPath, ...videoSwitches, ...own, ...(app.commandLine.hasSwitch('no-sandbox') ? ['--no-sandbox'] : []), '--video']
}

/** Milliseconds without a job after which the background process ends. */
const REST_MS = 10_000

interface JobProcessOptions {
  /** runs at a low priority, since nobody waits for its jobs, and ends when it is idle */
  readonly background?: boolean
  /** called with the reason why an import or a step over many pairs runs without a backup */
  readonly onBackupFailed?: (problem: ProblemData) => void
}

export function createJobProcess({ background = false, onBackupFailed }: JobProcessOptions = {}): JobProcess {
  let child: UtilityProcess | undefined
  let lastId = 0
  let resting: NodeJS.Timeout | undefined
  const waiting = new Map<number, Waiting>()

  function stop(): void {
    const stopped = child
    child = undefined
    stopped?.kill()
    ended()
  }
  const rest = () => {
    if (background && waiting.size === 0) resting = setTimeout(stop, REST_MS).unref()
  }

  const receive = (word: unknown) => {
    const reply = jobReplySchema.parse(word)
    const job = waiting.get(reply.id)
    if (!job) return
    if (reply.type === 'progress') return job.onProgress(reply.progress)
    if (reply.type === 'backupFailed') return onBackupFailed?.(reply.problem)
    waiting.delete(reply.id)
    rest()
    if (reply.type === 'done') return job.resolve(reply.value)
    job.reject(Problem.fromData(reply.problem))
  }

  const ended = () => {
    child = undefined
    for (const job of waiting.values())
      job.reject(new Problem('internal', message('app.helperProcessStopped'), message('app.retryStoredIsSafe')))
    waiting.clear()
  }

  const start = (): UtilityProcess => {
    const started = utilityProcess.fork(builtFile('main/worker.js'), [background ? 'upkeep' : 'jobs', ...videoCommand()], {
      serviceName: background ? 'Exemplar upkeep' : 'Exemplar jobs',
      stdio: 'inherit',
    })
    started.on('message', receive)
    started.on('exit', () => {
      if (child === started) ended()
    })
    return started
  }

  return {
    run(name, input, options = {}) {
      clearTimeout(resting)
      child ??= start()
      const process = child
      const id = ++lastId
      const post = (request: JobRequest) => process.postMessage(request)
      return new Promise((resolve, reject) => {
        waiting.set(id, {
          resolve: (value) => resolve(jobs[name].output.parse(value) as JobOutput<typeof name>),
          reject,
          onProgress: options.onProgress ?? (() => undefined),
        })
        options.signal?.addEventListener('abort', () => post({ type: 'cancel', id }), { once: true })
        post({ type: 'start', id, name, input })
      })
    },
    stop,
  }
}
