import { z } from 'zod'
import type { Box } from '../../../../../shared/domain'
import { message, type Message } from '../../../../../shared/messages/message'
import { faultCode, schemaFault } from '../../row/entry'

export const cocoIdSchema = z.union([z.number().int(), z.string().min(1)], { error: faultCode('import.coco.expectedNumber') })
const captionSchema = z.looseObject({ image_id: cocoIdSchema, caption: z.string() })
const instanceSchema = z.looseObject({
  image_id: cocoIdSchema,
  category_id: cocoIdSchema,
  bbox: z.array(z.number()).length(4, { error: faultCode('import.coco.expectedBox') }),
  /** Box mode of Detectron2: 0 for two corners, 1 for a corner and the size. */
  bbox_mode: z.literal([0, 1], { error: faultCode('import.coco.expectedBox') }).nullish(),
})
const polygonsSchema = z.union([
  z.array(z.array(z.number()).min(4)).min(1),
  z
    .array(z.number())
    .min(4)
    .transform((flat) => [flat]),
])

/** Content of a document. */
export type DocumentKind = 'captions' | 'instances'

type Keyed = Readonly<Record<string, unknown>>
export const isKeyed = (value: unknown): value is Keyed => typeof value === 'object' && value !== null

/** Caption or box of an annotation, or its fault; `imageId` is null if it could not be read. */
type Parsed = { readonly imageId: string | null; readonly part: string | Box | Message }

function parseCaption(value: unknown): Parsed {
  const annotation = captionSchema.safeParse(value)
  if (!annotation.success) return { imageId: null, part: schemaFault(annotation.error, '') }
  const caption = annotation.data.caption.trim()
  return { imageId: String(annotation.data.image_id), part: caption === '' ? message('import.coco.captionEmpty') : caption }
}

const isMissing = (bbox: unknown) => bbox == null || (Array.isArray(bbox) && bbox.length === 0)

/** Returns the bounding box of the polygons of a segmentation; undefined if it has none. */
function boxAround(segmentation: unknown): number[] | undefined {
  const polygons = polygonsSchema.safeParse(segmentation)
  if (!polygons.success) return undefined
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const polygon of polygons.data)
    for (const [index, value] of polygon.entries()) {
      if (index % 2 === 0) [left, right] = [Math.min(left, value), Math.max(right, value)]
      else [top, bottom] = [Math.min(top, value), Math.max(bottom, value)]
    }
  // Removes floating-point noise from the differences.
  return [left, top, Number((right - left).toPrecision(12)), Number((bottom - top).toPrecision(12))]
}

function parseBox(value: unknown, labels: ReadonlyMap<string, string>): Parsed {
  const around = isKeyed(value) && isMissing(value.bbox) ? boxAround(value.segmentation) : undefined
  const annotation = instanceSchema.safeParse(around && isKeyed(value) ? { ...value, bbox: around } : value)
  if (!annotation.success) return { imageId: null, part: schemaFault(annotation.error, '') }
  const { image_id: image, category_id: category, bbox } = annotation.data
  const [x = 0, y = 0, third = 0, fourth = 0] = bbox
  const [width, height] = annotation.data.bbox_mode === 0 ? [third - x, fourth - y] : [third, fourth]
  const imageId = String(image)
  const label = labels.get(String(category))
  if (label === undefined) return { imageId, part: message('import.coco.noCategory', { category }) }
  if (width < 0 || height < 0) return { imageId, part: message('import.coco.negativeBox') }
  return { imageId, part: { label, x, y, width, height, media: 0 } }
}

/** Returns the segments of a panoptic annotation, each with its category and box (https://cocodataset.org/#format-data). */
const segmentsOf = (value: unknown): readonly unknown[] | undefined =>
  isKeyed(value) && Array.isArray(value.segments_info)
    ? value.segments_info.map((segment: unknown) => (isKeyed(segment) ? { ...segment, image_id: value.image_id } : segment))
    : undefined

/**
 * Returns the captions and boxes of an annotation. A list may contain captions, boxes, and annotations with both; an annotation without the
 * keys of either is read as the kind of its document.
 */
export function parseAnnotation(value: unknown, kind: DocumentKind, labels: ReadonlyMap<string, string>): Parsed[] {
  const segments = segmentsOf(value)
  if (segments) return segments.map((segment) => parseBox(segment, labels))
  const has = (key: string) => isKeyed(value) && key in value
  const hasCaption = has('caption')
  // The area that a caption describes is not a box with a category.
  const hasBox = has('category_id') || ((has('bbox') || has('segmentation')) && !(hasCaption && kind === 'captions'))
  return [
    ...(hasCaption || (kind === 'captions' && !hasBox) ? [parseCaption(value)] : []),
    ...(hasBox || (kind === 'instances' && !hasCaption) ? [parseBox(value, labels)] : []),
  ]
}
