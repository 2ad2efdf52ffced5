import { toProblem } from '../shared/problem'
import { openDecoderPage, prepareDecoderPage } from './electron/decoderPage'
import { videoRequestSchema, type TimedImage, type VideoReply } from './media/video/videoTasks'
import { createVideoWork } from './media/video/videoWork'

// The process that reads videos, one at a time, for its parent process (src/main/media/video/videoProcess.ts).

const reply = (message: VideoReply) => process.send?.(message)

if (!process.send) process.exit(2)
const end = prepareDecoderPage()
process.on('disconnect', end)
process.on('unhandledRejection', end)
const decoder = openDecoderPage(() => reply({ type: 'alive' }), end)
let work = decoder.then(createVideoWork)
void decoder.then(() => reply({ type: 'ready' }))

process.on('message', (message) => void answer(message))

let taken: () => void = () => undefined
const sendPart = (value: TimedImage) =>
  new Promise<void>((resolve) => {
    taken = resolve
    reply({ type: 'part', value })
  })

async function answer(message: unknown): Promise<void> {
  const doVideoTask = await work
  try {
    const request = videoRequestSchema.parse(message)
    if (request.type === 'next') return taken()
    reply({ type: 'done', value: await doVideoTask(request.task, request.input, sendPart) })
  } catch (error) {
    const opened = await decoder
    await opened.reset() // a failed decoder may still be working
    work = Promise.resolve(createVideoWork(opened))
    reply({ type: 'failed', problem: toProblem(error).toData() })
  }
}
