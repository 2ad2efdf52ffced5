import { z } from 'zod'
import {
  anyFormatSchema,
  anyReportSchema,
  exportPlanSchema,
  exportRecordSchema,
  trainingChoicesSchema,
  idSchema,
  importFormatSchema,
  importReportSchema,
  itemSchema,
  mediaSchema,
  recipeIdSchema,
  standingSchema,
} from '../domain'
import { textOrMessageSchema } from '../messages/message'
import { problemSchema } from '../problem'
import { rawFrameSchema } from '../video'
import { call, nothing } from './call'

const itemSummarySchema = z.object({
  id: idSchema,
  sourceId: z.string(),
  media: z.array(mediaSchema.pick({ id: true, kind: true, fileName: true })),
  standing: standingSchema,
  /** first words of the context */
  excerpt: z.string(),
  candidates: z.number().int(),
  pending: z.number().int(),
  approved: z.number().int(),
})
export type ItemSummary = z.infer<typeof itemSummarySchema>

export const itemFilterSchema = z.object({
  /** `all` includes excluded items; only `deleted` finds deleted items */
  state: z.enum(['all', 'undrafted', 'pending', 'reviewed', 'excluded', 'deleted']),
  query: z.string().max(400).optional(),
})
export type ItemFilter = z.infer<typeof itemFilterSchema>

export const itemSortSchema = z.enum(['import', 'newest', 'name', 'state', 'pending'])
export type ItemSort = z.infer<typeof itemSortSchema>

/** Thumbnail size of the library. */
export const librarySizeSchema = z.enum(['small', 'medium', 'large'])
export type LibrarySize = z.infer<typeof librarySizeSchema>

/** Number of items per state that match a search. */
export const itemCountsSchema = z.record(itemFilterSchema.shape.state, z.number().int())
export type ItemCounts = z.infer<typeof itemCountsSchema>

/** The sorted ids of the items that match a filter, and the counts of its search. */
export const foundItemsSchema = z.object({ ids: z.array(idSchema), counts: itemCountsSchema })

const standingChangeSchema = z.object({ items: z.number().int(), standing: standingSchema })

/** Import settings. Paths come from the system dialogs; `media` may be the folder of the file itself. */
export const importRequestSchema = z.object({
  format: importFormatSchema,
  file: z.string().optional(),
  captions: z.string().optional(),
  instances: z.string().optional(),
  /** JSON that maps source ids to a media name or a list of names, for formats that contain only ids */
  files: z.string().optional(),
  /** activities, one per line (scanrefer) */
  activities: z.string().optional(),
  /** encoding of text files that are not UTF-8, by its name in the WHATWG Encoding Standard; detected from the bytes if missing */
  encoding: z.string().optional(),
  /** text of VIST's stories: tokenized with names replaced (`text`, the default), or as written (`original_text`) */
  text: z.enum(['normalized', 'original']).optional(),
  mediaDirectory: z.string(),
  /**
   * imports the pairs as candidates, either accepted by the importing reviewer or pending; by default they become context if the format
   * allows it
   */
  pairs: z.enum(['accepted', 'pending']).optional(),
  /** replaces context and media of existing items; otherwise they are left unchanged */
  update: z.boolean().optional(),
})
export type ImportRequest = z.infer<typeof importRequestSchema>

/** Result of inspecting dropped files: what an import would read. */
export const inspectedSourceSchema = z.object({
  request: importRequestSchema,
  /** the annotation files, or only the folder of media */
  files: z.array(z.string()),
  /** number of images and videos in the media folder */
  media: z.number().int(),
  /** the recipe that fits best if a new project is created for the files */
  recipe: recipeIdSchema,
})
export type InspectedSource = z.infer<typeof inspectedSourceSchema>

export const inspectionSchema = z.object({
  sources: z.array(inspectedSourceSchema),
  unsupported: z.array(z.object({ path: z.string(), reason: textOrMessageSchema, remedy: textOrMessageSchema })),
})
export type Inspection = z.infer<typeof inspectionSchema>

/** Calls about items, media, imports and exports. */
const exportOfSchema = z.object({
  format: anyFormatSchema,
  /** only for training formats */
  choices: trainingChoicesSchema.optional(),
  snapshotId: idSchema.optional(),
})
export const exportRequestSchema = exportOfSchema.extend({ directory: z.string(), itemIds: z.array(idSchema).optional() })
export const exportPlanRequestSchema = exportOfSchema.extend({ directory: z.string().nullable() })

export const libraryCalls = {
  'item.page': call(
    z.object({ filter: itemFilterSchema, after: z.number().int().nonnegative(), limit: z.number().int().min(1).max(200) }),
    z.object({ items: z.array(itemSummarySchema), total: z.number().int() }),
    'own',
    { reads: ['items', 'pairs'] },
  ),
  'item.ids': call(z.object({ filter: itemFilterSchema, sort: itemSortSchema }), foundItemsSchema, 'own', { reads: ['items', 'pairs'] }),
  /** in the order of the ids; missing items are left out */
  'item.list': call(z.object({ ids: z.array(idSchema).max(200) }), z.array(itemSummarySchema), 'own', { reads: ['items', 'pairs'] }),
  /** excludes, deletes or includes items in one step that `item.undo` reverts; returns the number of changed items */
  'item.setStanding': call(z.object({ ids: z.array(idSchema), standing: standingSchema }), z.number().int(), 'lead', {
    changes: ['items', 'pairs', 'coldStart'],
  }),
  /** undoes the person's last step over items; null if there is none */
  'item.undo': call(nothing, standingChangeSchema.nullable(), 'lead', { changes: ['items', 'pairs', 'coldStart'] }),
  'item.redo': call(nothing, standingChangeSchema.nullable(), 'lead', { changes: ['items', 'pairs', 'coldStart'] }),
  'item.get': call(z.object({ id: idSchema }), itemSchema, 'shared', { reads: ['items'] }),
  /** timestamps of all frames of a video in seconds, ascending; empty if they cannot be read */
  'media.frameTimes': call(z.object({ id: idSchema }), z.array(z.number()), 'shared', {}),
  /** the frame of a video with an index, from 0, ready to be drawn */
  'media.frame': call(z.object({ id: idSchema, index: z.number().int().nonnegative() }), rawFrameSchema, 'shared', {}),
  /** decodes the frames around an index in advance, since they may be requested next */
  'media.prepareFrame': call(z.object({ id: idSchema, index: z.number().int().nonnegative() }), z.null(), 'shared', {}),
  /** why a medium cannot be shown, as far as its file reveals, and what to do; null if the file is unchanged since its import */
  'media.fault': call(z.object({ id: idSchema }), problemSchema.nullable(), 'shared', { reads: ['items'] }),
  /** called only by the preload script, with the paths of files that a person dropped on the window */
  'import.drop': call(z.object({ paths: z.array(z.string()).max(500) }), z.array(z.string()), 'shared', {}),
  /** describes dropped files and folders; changes nothing */
  'import.inspect': call(z.object({ paths: z.array(z.string()).max(500) }), inspectionSchema, 'shared', {}),
  'import.start': call(importRequestSchema, importReportSchema, 'shared', { changes: ['items', 'pairs', 'coldStart'] }),
  'import.cancel': call(nothing, z.null(), 'shared', {}),
  /** null if it was cancelled; `itemIds`: only these items; `snapshotId`: the pairs of a snapshot, as they were when it was created */
  'export.start': call(exportRequestSchema, anyReportSchema.nullable(), 'lead', { changes: ['exports'] }),
  /** what an export would write, and whether the folder has room for it */
  'export.plan': call(exportPlanRequestSchema, exportPlanSchema, 'lead', { reads: ['items', 'pairs', 'recipe', 'snapshots'] }),
  /** the exports of the open project on this computer, newest first; `exists`: the folder exists */
  'export.history': call(nothing, z.array(exportRecordSchema.extend({ exists: z.boolean() })), 'lead', { reads: ['exports'] }),
  'export.cancel': call(nothing, z.null(), 'shared', {}),
} as const
