import { basename, posix } from 'node:path'
import { z } from 'zod'
import type { ImportRequest } from '../../../../../shared/contract'
import type { Box } from '../../../../../shared/domain'
import { Problem } from '../../../../../shared/problem'
import { message, type Message } from '../../../../../shared/messages/message'
import { lastPart, listAnnotationFiles, namesToTry, readWholeFile } from '../../annotationFiles'
import { faultCode, type ImportEntry, problemEntry, requireImportFile, schemaFault } from '../../row/entry'
import { trimAll } from '../../text/fileFault'
import { keysOf, LeftOut } from '../../row/leftOut'
import { type Area, areaAround, areaOfEllipse, describeAttributes, type Point, toContext } from '../../row/shapes'

const pointSchema = z.tuple([z.number(), z.number()]).rest(z.number())
const shapeSchema = z.looseObject({
  label: z.union([z.string(), z.number()], { error: faultCode('import.expectedText') }).transform((label) => String(label).trim()),
  points: z.array(pointSchema),
  shape_type: z.string().nullish(),
  description: z.string().nullish(),
  text: z.string().nullish(),
  flags: z.unknown().optional(),
  attributes: z.unknown().optional(),
})
const fileSchema = z.looseObject({
  shapes: z.array(z.unknown(), { error: faultCode('import.labelme.expectedShapes') }),
  imagePath: z.string().nullish(),
  imageData: z.string().nullish(),
  imageWidth: z.number().positive().nullish(),
  imageHeight: z.number().positive().nullish(),
  flags: z.record(z.string(), z.unknown()).nullish(),
  description: z.string().nullish(),
  imageDescription: z.string().nullish(),
})
type Shape = z.infer<typeof shapeSchema>

const shapeKeys = keysOf('label points shape_type description text flags attributes line_color fill_color')
const fileKeys = keysOf('version shapes imagePath imageData imageWidth imageHeight flags description imageDescription lineColor fillColor')

/** Returns the bounding box of a shape. A circle is defined by its centre and a point on its edge. */
function areaOf({ points, shape_type: type }: Shape): Area | null {
  const corners = points.map(([x, y]): Point => [x, y])
  const [centre, edge] = corners
  if (type !== 'circle' || centre === undefined || edge === undefined) return areaAround(corners)
  const radius = Math.hypot(edge[0] - centre[0], edge[1] - centre[1])
  return areaOfEllipse(centre, radius, radius)
}

/** Converts a shape to a box; returns a Message if it has none. */
function toBox(shape: Shape): Box | Message {
  if (shape.label === '') return message('import.labelme.emptyLabel')
  const area = areaOf(shape)
  return area === null
    ? message('import.labelme.shapeWithoutArea', { label: shape.label, type: shape.shape_type ?? 'polygon' })
    : { label: shape.label, ...area, media: 0 }
}

function* readFile(name: string, text: string, leftOut: LeftOut): Generator<ImportEntry, void, undefined> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return yield problemEntry(name, null, null, message('import.labelme.notValidJson'))
  }
  const parsed = fileSchema.safeParse(value)
  if (!parsed.success)
    return yield problemEntry(name, null, null, message('import.labelme.notLabelmeFile', { reason: schemaFault(parsed.error, '') }))
  const { shapes, imagePath, imageData, imageWidth, imageHeight, flags, description, imageDescription } = parsed.data
  const folder = posix.dirname(name)
  const stem = name.replace(/\.[^./]*$/, '')
  const path = imagePath?.replaceAll('\\', '/')
  const image = path ?? undefined
  const [wanted, ...others] = namesToTry(
    image === undefined ? undefined : posix.join(folder, image),
    image === undefined ? undefined : posix.join(folder, lastPart(image)),
    image === undefined ? undefined : lastPart(image),
    stem,
    lastPart(stem),
  )
  const boxes: Box[] = []
  const texts: string[] = []
  for (const [index, each] of shapes.entries()) {
    const shape = shapeSchema.safeParse(each)
    if (!shape.success) {
      yield problemEntry(
        name,
        null,
        wanted,
        message('import.labelme.shapeLeftOut', { number: index + 1, reason: schemaFault(shape.error, '') }),
      )
      continue
    }
    leftOut.addKeys(shape.data, shapeKeys, wanted)
    const said = (shape.data.description ?? shape.data.text ?? '').trim()
    if (said !== '') texts.push(shape.data.label === '' ? said : `${shape.data.label}: ${said}`)
    for (const attributes of [shape.data.flags, shape.data.attributes]) {
      const about = describeAttributes(shape.data.label, attributes)
      if (about !== null) texts.push(about)
    }
    const box = toBox(shape.data)
    if ('label' in box) {
      boxes.push(box)
      if (shape.data.shape_type !== 'rectangle') leftOut.add('outline', wanted)
    } else yield problemEntry(name, null, wanted, message('import.labelme.shapeFault', { number: index + 1, reason: box }))
  }
  leftOut.addKeys(parsed.data, fileKeys, wanted)
  const labels = Object.keys(flags ?? {}).flatMap((flag) => describeAttributes('', { [flag]: flags?.[flag] }) ?? [])
  const captions = trimAll([description ?? '', imageDescription ?? ''])
  const size = imageWidth && imageHeight ? { width: imageWidth, height: imageHeight } : null
  yield {
    kind: 'row',
    file: name,
    line: null,
    id: wanted,
    mediaNames: [wanted],
    otherNames: [others],
    ...(imageData ? { embedded: [imageData] } : {}),
    boxesDrawnOn: [size],
    context: toContext({ captions, boxes, labels, texts }),
  }
}

/**
 * Reads labelme (https://github.com/wkentaro/labelme) and compatible tools such as AnyLabeling: one JSON file per image, or a folder of
 * them. A shape becomes its bounding box; its description and flags are texts, the flags of the image are labels. The id is the path of the
 * image.
 */
export async function* readLabelme(request: ImportRequest): AsyncGenerator<ImportEntry, void, undefined> {
  const files = await listAnnotationFiles(requireImportFile(request), (name) => /\.json$/i.test(name), message('import.jsonFiles'))
  yield { kind: 'total', total: files.length }
  const leftOut = new LeftOut()
  for (const { path, name } of files) {
    try {
      yield* readFile(name, await readWholeFile(path, 64), leftOut)
    } catch (error) {
      if (files.length === 1 || !(error instanceof Problem)) throw error
      yield problemEntry(name, null, null, error.text)
    }
  }
  yield* leftOut.notes(basename(requireImportFile(request)))
}
