import { z } from 'zod'
import { frameRuleSchema } from '../../../shared/domain'
import { textOrMessageSchema } from '../../../shared/messages/message'
import { problemSchema } from '../../../shared/problem'
import { rawFrameSchema } from '../../../shared/video'

/** What was found in a video, whether it can be decoded or not. */
export const videoFactsSchema = z.object({
  width: z.number().nullable(),
  height: z.number().nullable(),
  durationMs: z.number().nullable(),
  /** why it cannot be decoded, with the codec's name and what to do */
  problem: textOrMessageSchema.nullable(),
})
export type VideoFacts = z.infer<typeof videoFactsSchema>

/** A frame with RGBX pixels, before it is turned (degrees, clockwise) and its pixels are made square. */
export const imageSchema = z.object({
  width: z.number(),
  height: z.number(),
  squareWidth: z.number(),
  squareHeight: z.number(),
  rotation: z.number(),
  pixels: z.instanceof(Uint8Array),
})
export type Image = z.infer<typeof imageSchema>

/** Frames that a rule takes, of a part of the video or all of it; without a rule the one shown at `seconds`, or the first. */
export const chosenFramesSchema = z.object({
  rule: frameRuleSchema.optional(),
  startMs: z.number().optional(),
  endMs: z.number().optional(),
  seconds: z.number().optional(),
})

/** A frame that was chosen, and the time that was asked for. */
const timedImageSchema = z.object({ timeMs: z.number(), image: imageSchema })
export type TimedImage = z.infer<typeof timedImageSchema>

/**
 * What is done with the bytes of a video: never where the window or a command runs, but in a process of its own (docs/adr/0005, 0016). Name →
 * what goes in, what comes out. `name` is what people know the file as.
 */
export const videoTasks = {
  probe: { input: z.object({ file: z.string(), name: z.string() }), output: videoFactsSchema },
  /** The frames that are chosen come as parts, in the order of the video; the answer is how many. */
  images: { input: z.object({ file: z.string(), name: z.string(), ...chosenFramesSchema.shape }), output: z.number() },
  /** seconds at which each frame is shown, rising */
  frameTimes: { input: z.object({ file: z.string(), name: z.string() }), output: z.array(z.number()) },
  /** one frame by its number; those around it are decoded ahead, for whoever asks the same process */
  exactFrame: { input: z.object({ file: z.string(), name: z.string(), index: z.number() }), output: rawFrameSchema },
  /** has the frames around one decoded, and answers at once */
  prepareFrame: { input: z.object({ file: z.string(), name: z.string(), index: z.number() }), output: z.null() },
} as const

export type VideoTask = keyof typeof videoTasks
export type VideoInput<N extends VideoTask> = z.output<(typeof videoTasks)[N]['input']>
export type VideoOutput<N extends VideoTask> = z.output<(typeof videoTasks)[N]['output']>

/** What goes to the process: one task at a time, and `next` once a part of its answer was taken. */
export const videoRequestSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('do'), task: z.enum(Object.keys(videoTasks) as [VideoTask, ...VideoTask[]]), input: z.unknown() }),
  z.object({ type: z.literal('next') }),
])
export type VideoRequest = z.infer<typeof videoRequestSchema>

/** What comes back: `ready` once, `alive` as often as a step is done, parts of an answer, and one answer for each request. */
export const videoReplySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('alive') }),
  z.object({ type: z.literal('part'), value: timedImageSchema }),
  z.object({ type: z.literal('done'), value: z.unknown() }),
  z.object({ type: z.literal('failed'), problem: problemSchema }),
])
export type VideoReply = z.infer<typeof videoReplySchema>
