import { z } from 'zod'
import { problemSchema } from '../../../../shared/problem'
import { rawFrameSchema } from '../../../../shared/video'
import { chosenFramesSchema, imageSchema, videoFactsSchema } from '../videoTasks'

/** A video as the page identifies it: `id` is the number for requests of its bytes, `name` the file name that users know. */
const videoFileSchema = z.object({ id: z.number(), size: z.number(), name: z.string() })
export type VideoFile = z.infer<typeof videoFileSchema>

const oneFrame = videoFileSchema.extend({
  index: z.number(),
  /** Maximum number of bytes of decoded pixels that are kept. */
  budget: z.number(),
})

/** Tasks of the hidden page of the video process (docs/adr/0016). Name → input and output. */
export const decoderTasks = {
  probe: { input: videoFileSchema, output: videoFactsSchema },
  /** Returns the time in seconds at which each frame is shown, in ascending order. */
  frameTimes: { input: videoFileSchema, output: z.array(z.number()) },
  exactFrame: { input: oneFrame, output: rawFrameSchema },
  prepareFrame: { input: oneFrame, output: z.null() },
  /** Selects frames, and returns their times in milliseconds. */
  startImages: {
    input: videoFileSchema.extend(chosenFramesSchema.shape),
    output: z.array(z.number()),
  },
  /** Returns the next selected frame; null after the last. */
  nextImage: { input: z.null(), output: imageSchema.nullable() },
} as const

export type DecoderTask = keyof typeof decoderTasks
export type DecoderInput<N extends DecoderTask> = z.output<(typeof decoderTasks)[N]['input']>
export type DecoderOutput<N extends DecoderTask> = z.output<(typeof decoderTasks)[N]['output']>

/** Replies of the page: an error is sent as data, since it cannot be passed to another process. */
export const decoderReplySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('done'), value: z.unknown() }),
  z.object({ type: z.literal('failed'), problem: problemSchema }),
])
export type DecoderReply = z.infer<typeof decoderReplySchema>
