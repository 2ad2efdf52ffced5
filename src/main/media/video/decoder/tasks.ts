import { z } from 'zod'
import { problemSchema } from '../../../../shared/problem'
import { rawFrameSchema } from '../../../../shared/video'
import { chosenFramesSchema, imageSchema, videoFactsSchema } from '../videoTasks'

/** A video as the page knows it: `id` is the number under which it asks for the bytes, `name` what people know the file as. */
const videoFileSchema = z.object({ id: z.number(), size: z.number(), name: z.string() })
export type VideoFile = z.infer<typeof videoFileSchema>

const oneFrame = videoFileSchema.extend({
  index: z.number(),
  /** bytes of pixels that are kept decoded */
  budget: z.number(),
})

/** What the hidden page of the video process does (docs/adr/0016). Name → what goes in, what comes out. */
export const decoderTasks = {
  probe: { input: videoFileSchema, output: videoFactsSchema },
  /** seconds at which each frame is shown, rising */
  frameTimes: { input: videoFileSchema, output: z.array(z.number()) },
  exactFrame: { input: oneFrame, output: rawFrameSchema },
  prepareFrame: { input: oneFrame, output: z.null() },
  /** chooses frames; their times in milliseconds */
  startImages: {
    input: videoFileSchema.extend(chosenFramesSchema.shape),
    output: z.array(z.number()),
  },
  /** the next of the frames that were chosen; null after the last */
  nextImage: { input: z.null(), output: imageSchema.nullable() },
} as const

export type DecoderTask = keyof typeof decoderTasks
export type DecoderInput<N extends DecoderTask> = z.output<(typeof decoderTasks)[N]['input']>
export type DecoderOutput<N extends DecoderTask> = z.output<(typeof decoderTasks)[N]['output']>

/** What the page answers: an error cannot cross to another process as it is. */
export const decoderReplySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('done'), value: z.unknown() }),
  z.object({ type: z.literal('failed'), problem: problemSchema }),
])
export type DecoderReply = z.infer<typeof decoderReplySchema>
