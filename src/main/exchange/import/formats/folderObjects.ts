import { z } from 'zod'
import type { Box } from '../../../../shared/domain'
import { message, type Message } from '../../../../shared/messages/message'
import { faultCode, schemaFault } from '../row/entry'
import { isKeyed, type Keyed } from '../row/shapes'

const boxSchema = z.tuple([z.number(), z.number(), z.number(), z.number()], { error: faultCode('import.coco.expectedBox') })
const classesSchema = z.array(z.union([z.string(), z.number()], { error: faultCode('import.expectedText') }))
const objectsSchema = z.object({ bbox: z.array(boxSchema) })
const classKeys = ['categories', 'category', 'labels', 'label']

const readKeys = new Set(['bbox', 'id', 'area', 'image_id', 'bbox_id'])

const saysNothing = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === 0 ||
  value === false ||
  value === '' ||
  (Array.isArray(value) && value.every(saysNothing))

/** Returns the keys of `objects` that are not read although they have a meaningful value. */
export const listUnreadKeys = (objects: Keyed): string[] => {
  const classes = classKeys.find((key) => key in objects)
  return Object.keys(objects).filter((key) => key !== classes && !readKeys.has(key) && !saysNothing(objects[key]))
}

/** Checks whether a value is the `objects` of an image in an image folder. */
export const isFolderObjects = (value: unknown): value is { readonly bbox: unknown } => isKeyed(value) && 'bbox' in value

/**
 * Reads the objects of an image (https://huggingface.co/docs/datasets/image_dataset#object-detection): a list of boxes in pixels, and a
 * list of their classes, by name or number. Returns a Message if they are invalid.
 */
export function readFolderObjects(value: Readonly<Record<string, unknown>>): Box[] | Message {
  const objects = objectsSchema.safeParse(value)
  if (!objects.success) return schemaFault(objects.error, 'objects')
  const key = classKeys.find((each) => each in value)
  if (key === undefined) return message('import.folderObjects.categoriesMissing')
  const classes = classesSchema.safeParse(value[key])
  if (!classes.success) return schemaFault(classes.error, `objects.${key}`)
  const { bbox } = objects.data
  if (classes.data.length !== bbox.length)
    return message('import.folderObjects.countsDiffer', { boxes: bbox.length, classes: classes.data.length })
  return bbox.map(([x, y, width, height], index) => {
    const name = classes.data[index] ?? ''
    return { label: typeof name === 'number' ? `category ${name}` : name, x, y, width, height, media: 0 }
  })
}
