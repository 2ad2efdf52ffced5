import { z } from 'zod'
import { frameRuleSchema } from '../../../shared/domain'
import { textOrMessageSchema } from '../../../shared/messages/message'
import { problemSchema } from '../../../shared/problem'
import { rawFrameSchema } from '../../../shared/video'

/** Properties of a video, whether it can be decoded or not. */
export const videoFactsSchema = z.object({
  width: z.number().nullable(),
  height: z.number().nullable(),
  durationMs: z.number().nullable(),
  /** Reason why it cannot be decoded, with the codec's name and a remedy. */
  problem: textOrMessageSchema.nullable(),
})
export type VideoFacts = z.infer<typeof videoFactsSchema>

/** A frame with RGBX pixels, before its rotation (degrees, clockwise) and pixel aspect ratio are applied. */
export const imageSchema = z.object({
  width: z.number(),
  height: z.number(),
  squareWidth: z.number(),
  squareHeight: z.number(),
  rotation: z.number(),
  pixels: z.instanceof(Uint8Array),
})
export type Image = z.infer<typeof imageSchema>

/** Frames selected by a rule, from a part of the video or all of it; without a rule, the frame shown at `seconds`, or the first. */
export const chosenFramesSchema = z.object({
  rule: frameRuleSchema.optional(),
  startMs: z.number().optional(),
  endMs: z.number().optional(),
  seconds: z.number().optional(),
})

/** A selected frame, and the requested time. */
const timedImageSchema = z.object({ timeMs: z.number(), image: imageSchema })
export type TimedImage = z.infer<typeof timedImageSchema>

/**
 * Tasks that read a video. They run in a process of their own, never in that of the window or a command (docs/adr/0005, 0016). Name → input
 * and output. `name` is the file name that users know.
 */
export const videoTasks = {
  probe: { input: z.object({ file: z.string(), name: z.string() }), output: videoFactsSchema },
  /** Sends the selected frames as parts, in the order of the video; returns their number. */
  images: { input: z.object({ file: z.string(), name: z.string(), ...chosenFramesSchema.shape }), output: z.number() },
  /** Returns the time in seconds at which each frame is shown, in ascending order. */
  frameTimes: { input: z.object({ file: z.string(), name: z.string() }), output: z.array(z.number()) },
  /** Returns one frame by its index; the frames around it are decoded in advance, for later requests to the same process. */
  exactFrame: { input: z.object({ file: z.string(), name: z.string(), index: z.number() }), output: rawFrameSchema },
  /** Starts decoding the frames around one, and returns immediately. */
  prepareFrame: { input: z.object({ file: z.string(), name: z.string(), index: z.number() }), output: z.null() },
} as const

export type VideoTask = keyof typeof videoTasks
export type VideoInput<N extends VideoTask> = z.output<(typeof videoTasks)[N]['input']>
export type VideoOutput<N extends VideoTask> = z.output<(typeof videoTasks)[N]['output']>

/** Messages to the process: one task at a time, and `next` after each received part of its answer. */
export const videoRequestSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('do'), task: z.enum(Object.keys(videoTasks) as [VideoTask, ...VideoTask[]]), input: z.unknown() }),
  z.object({ type: z.literal('next') }),
])
export type VideoRequest = z.infer<typeof videoRequestSchema>

/** Messages from the process: `ready` once, `alive` after each step, parts of an answer, and one answer for each request. */
export const videoReplySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('alive') }),
  z.object({ type: z.literal('part'), value: timedImageSchema }),
  z.object({ type: z.literal('done'), value: z.unknown() }),
  z.object({ type: z.literal('failed'), problem: problemSchema }),
])
export type VideoReply = z.infer<typeof videoReplySchema>
