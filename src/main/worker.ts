import os from 'node:os'
import { type Problem, toProblem } from '../shared/problem'
import { type JobReply, type JobRequest, jobRequestSchema } from './jobs/contract'
import { runJob } from './jobs/runJob'
import { configureVideoProcess } from './media/video/videoProcess'
import { logSlowQueries } from './store/sql/statement'

// The worker process (Electron's utilityProcess). Its port is typed here, so that Electron does not have to be imported.
interface ParentPort {
  on(event: 'message', listener: (message: { data: unknown }) => void): void
  postMessage(message: JobReply): void
}

const [purpose, ...videoCommand] = process.argv.slice(2)
// Background work must not slow down work that a person waits for.
if (purpose === 'upkeep') lowerPriority()
configureVideoProcess({ command: videoCommand })
logSlowQueries((line) => console.warn(line))

function lowerPriority(): void {
  const low = os.constants.priority.PRIORITY_BELOW_NORMAL
  try {
    if (os.getPriority() < low) os.setPriority(low)
  } catch {
    // then it runs at the priority of the others
  }
}

const port = (process as unknown as { parentPort: ParentPort }).parentPort
const running = new Map<number, AbortController>()
const progressEveryMs = 100

async function start({ id, name, input }: Extract<JobRequest, { type: 'start' }>): Promise<void> {
  const controller = new AbortController()
  running.set(id, controller)
  let lastProgress = 0
  const onProgress = (progress: unknown) => {
    if (Date.now() - lastProgress < progressEveryMs) return
    lastProgress = Date.now()
    port.postMessage({ type: 'progress', id, progress })
  }
  const onBackupFailed = (problem: Problem) => port.postMessage({ type: 'backupFailed', id, problem: problem.toData() })
  try {
    const value = await runJob(name, input, { onProgress, onBackupFailed, signal: controller.signal })
    port.postMessage({ type: 'done', id, value })
  } catch (error) {
    port.postMessage({ type: 'failed', id, problem: toProblem(error).toData() })
  } finally {
    running.delete(id)
  }
}

port.on('message', ({ data }) => {
  const request = jobRequestSchema.parse(data)
  if (request.type === 'cancel') running.get(request.id)?.abort()
  else void start(request)
})
