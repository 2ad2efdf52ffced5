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
  /** `all`: excluded ones too; deleted ones are found by `deleted` alone */
  state: z.enum(['all', 'undrafted', 'pending', 'reviewed', 'excluded', 'deleted']),
  query: z.string().max(400).optional(),
})
export type ItemFilter = z.infer<typeof itemFilterSchema>

export const itemSortSchema = z.enum(['import', 'newest', 'name', 'state', 'pending'])
export type ItemSort = z.infer<typeof itemSortSchema>

/** How large the library's images are. */
export const librarySizeSchema = z.enum(['small', 'medium', 'large'])
export type LibrarySize = z.infer<typeof librarySizeSchema>

/** How many items of a search each state of the filter finds. */
export const itemCountsSchema = z.record(itemFilterSchema.shape.state, z.number().int())
export type ItemCounts = z.infer<typeof itemCountsSchema>

/** The ids of the items that a filter finds, sorted, and the counts of its search. */
export const foundItemsSchema = z.object({ ids: z.array(idSchema), counts: itemCountsSchema })

const standingChangeSchema = z.object({ items: z.number().int(), standing: standingSchema })

/** Paths come from the system's own dialogs. `media` may be the folder of the file itself. */
export const importRequestSchema = z.object({
  format: importFormatSchema,
  file: z.string().optional(),
  captions: z.string().optional(),
  instances: z.string().optional(),
  /** JSON from source ids to a media name or a list of names, for formats that know only ids */
  files: z.string().optional(),
  /** activities, one a line (scanrefer) */
  activities: z.string().optional(),
  /** of text files that are not UTF-8, by a name of the WHATWG Encoding Standard; told by their bytes where it is left out */
  encoding: z.string().optional(),
  /** of VIST's stories: with names replaced and words apart (`text`, the default), or as they were written (`original_text`) */
  text: z.enum(['normalized', 'original']).optional(),
  mediaDirectory: z.string(),
  /** has its pairs come in as candidates, accepted by who imports them or to be reviewed; by default they are context, where the format can be */
  pairs: z.enum(['accepted', 'pending']).optional(),
  /** replaces context and media of an item that is there; it is left as it is otherwise */
  update: z.boolean().optional(),
})
export type ImportRequest = z.infer<typeof importRequestSchema>

/** What an import of dropped files would read. */
export const inspectedSourceSchema = z.object({
  request: importRequestSchema,
  /** the annotation files, or the folder of media alone */
  files: z.array(z.string()),
  /** how many images and videos lie in the folder of the media itself */
  media: z.number().int(),
  /** the recipe that fits best where a project is made for it */
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
  /** of a training format alone */
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
  /** in the order of the ids; one that is not there is left out */
  'item.list': call(z.object({ ids: z.array(idSchema).max(200) }), z.array(itemSummarySchema), 'own', { reads: ['items', 'pairs'] }),
  /** excludes, deletes or includes items, in one step that `item.undo` takes back; answers how many it changed */
  'item.setStanding': call(z.object({ ids: z.array(idSchema), standing: standingSchema }), z.number().int(), 'lead', {
    changes: ['items', 'pairs', 'coldStart'],
  }),
  /** takes back the person's last step over items; null where there is none */
  'item.undo': call(nothing, standingChangeSchema.nullable(), 'lead', { changes: ['items', 'pairs', 'coldStart'] }),
  'item.redo': call(nothing, standingChangeSchema.nullable(), 'lead', { changes: ['items', 'pairs', 'coldStart'] }),
  'item.get': call(z.object({ id: idSchema }), itemSchema, 'shared', { reads: ['items'] }),
  /** seconds at which each frame of a video is shown, rising; empty where they cannot be read */
  'media.frameTimes': call(z.object({ id: idSchema }), z.array(z.number()), 'shared', {}),
  /** one frame of a video by its number, from 0, to be drawn */
  'media.frame': call(z.object({ id: idSchema, index: z.number().int().nonnegative() }), rawFrameSchema, 'shared', {}),
  /** has the frames around one decoded, since they may be asked for next */
  'media.prepareFrame': call(z.object({ id: idSchema, index: z.number().int().nonnegative() }), z.null(), 'shared', {}),
  /** why a medium cannot be shown, as far as its file tells, and what to do; null where the file is as it was imported */
  'media.fault': call(z.object({ id: idSchema }), problemSchema.nullable(), 'shared', { reads: ['items'] }),
  /** the preload script alone asks this, with the paths of files that a person dropped on the window */
  'import.drop': call(z.object({ paths: z.array(z.string()).max(500) }), z.array(z.string()), 'shared', {}),
  /** what dropped files and folders are; changes nothing */
  'import.inspect': call(z.object({ paths: z.array(z.string()).max(500) }), inspectionSchema, 'shared', {}),
  'import.start': call(importRequestSchema, importReportSchema, 'shared', { changes: ['items', 'pairs', 'coldStart'] }),
  'import.cancel': call(nothing, z.null(), 'shared', {}),
  /** null where it was stopped; `itemIds`: of these items alone; `snapshotId`: the pairs of a snapshot, as they were when it was created */
  'export.start': call(exportRequestSchema, anyReportSchema.nullable(), 'lead', { changes: ['exports'] }),
  /** what it would write, and whether the folder has room for it */
  'export.plan': call(exportPlanRequestSchema, exportPlanSchema, 'lead', { reads: ['items', 'pairs', 'recipe', 'snapshots'] }),
  /** the exports of the open project on this computer, newest first; `exists`: the folder is there */
  'export.history': call(nothing, z.array(exportRecordSchema.extend({ exists: z.boolean() })), 'lead', { reads: ['exports'] }),
  'export.cancel': call(nothing, z.null(), 'shared', {}),
} as const
