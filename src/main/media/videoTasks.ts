import { z } from 'zod'
import { frameRuleSchema } from '../../shared/domain'
import { problemSchema } from '../../shared/problem'
import { rawFrameSchema } from '../../shared/rawFrame'

/** What was found in a video, whether it can be decoded or not. */
export const videoFactsSchema = z.object({
  width: z.number().nullable(),
  height: z.number().nullable(),
  durationMs: z.number().nullable(),
  /** why it cannot be decoded, with the codec's name and what to do */
  problem: z.string().nullable(),
})
export type VideoFacts = z.infer<typeof videoFactsSchema>

export const frameFileSchema = z.object({ file: z.string().regex(/^\d{4,}\.jpg$/), timeMs: z.number(), sha256: z.string() })

/**
 * What is done with the bytes of a video: never where the window or a command runs, but in a process of its own (docs/adr/0005). Name →
 * what goes in, what comes out. `name` is what people know the file as.
 */
export const videoTasks = {
  probe: { input: z.object({ file: z.string(), name: z.string() }), output: videoFactsSchema },
  /** frames as JPEG files in `folder` */
  frames: {
    input: z.object({
      file: z.string(),
      name: z.string(),
      folder: z.string(),
      rule: frameRuleSchema,
      startMs: z.number().optional(),
      endMs: z.number().optional(),
    }),
    output: z.array(frameFileSchema),
  },
  /** seconds at which each frame is shown, rising */
  frameTimes: { input: z.object({ file: z.string(), name: z.string() }), output: z.array(z.number()) },
  /** one frame by its number; those around it are decoded ahead, for whoever asks the same process */
  exactFrame: { input: z.object({ file: z.string(), name: z.string(), index: z.number() }), output: rawFrameSchema },
  /** has the frames around one decoded, and answers at once */
  prepareFrame: { input: z.object({ file: z.string(), name: z.string(), index: z.number() }), output: z.null() },
  /** the first frame, or the one shown at `seconds`, as WebP of at most `size` pixels a side, in base64 */
  firstFrame: {
    input: z.object({ file: z.string(), name: z.string(), size: z.number(), quality: z.number(), seconds: z.number().optional() }),
    output: z.string(),
  },
} as const

export type VideoTask = keyof typeof videoTasks
export type VideoInput<N extends VideoTask> = z.output<(typeof videoTasks)[N]['input']>
export type VideoOutput<N extends VideoTask> = z.output<(typeof videoTasks)[N]['output']>

/** What goes to the process, one at a time. */
export const videoRequestSchema = z.object({ task: z.enum(Object.keys(videoTasks) as [VideoTask, ...VideoTask[]]), input: z.unknown() })
export type VideoRequest = z.infer<typeof videoRequestSchema>

/** What comes back: `ready` once, `alive` as often as a step is done, and one answer for each request. */
export const videoReplySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('alive') }),
  z.object({ type: z.literal('done'), value: z.unknown() }),
  z.object({ type: z.literal('failed'), problem: problemSchema }),
])
export type VideoReply = z.infer<typeof videoReplySchema>
