import { toProblem } from '../shared/problem'
import { openDecoderPage, prepareDecoderPage } from './electron/decoderPage'
import { videoRequestSchema, type VideoReply } from './media/videoTasks'
import { createVideoWork } from './media/videoWork'

// The process that reads videos, one at a time, for whoever has started it (src/main/media/videoProcess.ts).

const reply = (message: VideoReply) => process.send?.(message)

if (!process.send) process.exit(2)
const end = prepareDecoderPage()
process.on('disconnect', end)
process.on('unhandledRejection', end)
const work = openDecoderPage(() => reply({ type: 'alive' }), end).then(createVideoWork)
void work.then(() => reply({ type: 'ready' }))

process.on('message', (message) => void answer(message))

async function answer(message: unknown): Promise<void> {
  const doVideoTask = await work
  try {
    const { task, input } = videoRequestSchema.parse(message)
    reply({ type: 'done', value: await doVideoTask(task, input) })
  } catch (error) {
    reply({ type: 'failed', problem: toProblem(error).toData() })
  }
}
