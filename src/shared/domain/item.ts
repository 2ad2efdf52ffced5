import { z } from 'zod'
import { idSchema, timeSchema } from './base'
import { textOrMessageSchema } from '../messages/message'

/** Standing of an item: excluded items are visible in the library, deleted items are not; neither is drafted for, reviewed or exported. */
export const standingSchema = z.enum(['included', 'excluded', 'deleted'])
export type Standing = z.infer<typeof standingSchema>

export const boxSchema = z.object({
  label: z.string(),
  x: z.number(),
  y: z.number(),
  width: z.number().nonnegative(),
  height: z.number().nonnegative(),
  /** index of the item's image that contains the box */
  media: z.number().int().nonnegative().default(0),
})
export type Box = z.infer<typeof boxSchema>

/** Times are seconds from the start of the video. */
const timedSentenceSchema = z.object({ start: z.number().nonnegative(), end: z.number().nonnegative(), text: z.string() })
export type TimedSentence = z.infer<typeof timedSentenceSchema>

/** One step of the person who wears the camera, with the objects in view. Times are seconds from the start of the video. */
const narrationSchema = z.object({
  time: z.number().nonnegative(),
  text: z.string(),
  objects: z.array(z.string()).default([]),
})
export type Narration = z.infer<typeof narrationSchema>

/** Metadata of an album about one of its images. */
const albumImageSchema = z.object({
  title: z.string().default(''),
  tags: z.string().default(''),
  story: z.array(z.string()).default([]),
})
export type AlbumImage = z.infer<typeof albumImageSchema>

/**
 * Known facts about an item: the visual annotation in the terms of Syphus. Known keys are typed, others are kept unchanged. Keys by recipe:
 * la captions, boxes, conversation · cgd captionsOf (by image), boxes · sd differences · vst title, description, images · dc duration,
 * sentences · tvc descriptions, clip · sn objects, activities · e4d narrations.
 */
export const contextSchema = z
  .object({
    captions: z.array(z.string()).optional(),
    captionsOf: z.array(z.array(z.string())).optional(),
    boxes: z.array(boxSchema).optional(),
    conversation: z.array(z.object({ instruction: z.string(), response: z.string() })).optional(),
    differences: z.array(z.string()).optional(),
    title: z.string().optional(),
    description: z.string().optional(),
    images: z.array(albumImageSchema).optional(),
    duration: z.number().nonnegative().optional(),
    clip: z.object({ start: z.number().nonnegative(), end: z.number().nonnegative() }).optional(),
    sentences: z.array(timedSentenceSchema).optional(),
    descriptions: z.array(z.string()).optional(),
    objects: z.array(z.string()).optional(),
    activities: z.array(z.string()).optional(),
    narrations: z.array(narrationSchema).optional(),
  })
  .catchall(z.json())
export type Context = z.infer<typeof contextSchema>

export const mediaKindSchema = z.enum(['image', 'video'])
export type MediaKind = z.infer<typeof mediaKindSchema>
export const mediaSchema = z.object({
  id: idSchema,
  sha256: z.string().length(64),
  /** the original file name, for display */
  fileName: z.string(),
  /** the file name below `media/` of the project */
  storedName: z.string(),
  kind: mediaKindSchema,
  mime: z.string(),
  bytes: z.number().int().nonnegative(),
  /** pixels; null if not known */
  width: z.number().int().positive().nullable(),
  height: z.number().int().positive().nullable(),
  /** duration of a video; null if not known */
  durationMs: z.number().int().nonnegative().nullable().default(null),
  /** why it cannot be decoded here, with the codec's name; null if it can */
  problem: textOrMessageSchema.nullable().default(null),
})
export type Media = z.infer<typeof mediaSchema>

/**
 * Selects the frames that represent a video in prompts and in training: one every given number of seconds, or a number of evenly spaced
 * frames.
 */
export const frameRuleSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('every'), seconds: z.number().min(0.001) }).readonly(),
  z.object({ kind: z.literal('even'), count: z.number().int().min(1) }).readonly(),
])
export type FrameRule = z.infer<typeof frameRuleSchema>

export const itemSchema = z.object({
  id: idSchema,
  /** the id in the imported file */
  sourceId: z.string().min(1),
  media: z.array(mediaSchema),
  /** media that the imported file names but that were not found; they can be linked later */
  missing: z.array(z.object({ position: z.number().int().nonnegative(), name: z.string() })).default([]),
  context: contextSchema,
  createdAt: timeSchema,
})
export type Item = z.infer<typeof itemSchema>
