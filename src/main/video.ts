import { Worker } from 'node:worker_threads'
import { toProblem } from '../shared/problem'
import { doVideoTask } from './media/videoWork'
import { videoRequestSchema, type VideoReply } from './media/videoTasks'

// The process that reads videos, one at a time, for whoever has started it (src/main/media/videoProcess.ts).

const reply = (message: VideoReply) => process.send?.(message)

async function answer(message: unknown): Promise<void> {
  try {
    const { task, input } = videoRequestSchema.parse(message)
    reply({ type: 'done', value: await doVideoTask(task, input, () => reply({ type: 'alive' })) })
  } catch (error) {
    reply({ type: 'failed', problem: toProblem(error).toData() })
  }
}

// It goes with the one that it works for, even while a damaged video keeps this thread busy and no message is read.
const watch = `setInterval(() => {
  try { process.kill(${process.ppid}, 0) } catch { process.kill(process.pid, 'SIGKILL') }
}, 1000)`
new Worker(watch, { eval: true }).unref()
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
// A decoder that was given up may still throw.
process.on('unhandledRejection', () => undefined)
process.on('message', (message) => void answer(message))
if (process.send) reply({ type: 'ready' })
else process.exit(2)
