import { basename } from 'node:path'
import type { ImportRequest } from '../../../../../shared/contract'
import type { Box } from '../../../../../shared/domain'
import { message, Message } from '../../../../../shared/messages/message'
import { openScratch } from '../../../../store/sql/scratch'
import { listAnnotationFiles } from '../../annotationFiles'
import { type ImportEntry, problemEntry, requireImportFile } from '../../row/entry'
import { readJsonEntries } from '../../json/readJsonStream'
import { badFile } from '../../text/readLines'
import { readViaCsv } from './readViaCsv'
import { readVia3 } from './readVia3'
import { isKeyed } from '../../row/shapes'
import { keysOf, LeftOut } from '../../row/leftOut'
import { attributeTexts, isOutline, type Options, readOptions, readRegion } from './viaRegion'
import { contextOfFile, rowOf } from './viaRow'

/** Returns the regions, which are a list (VIA 2) or an object by number (VIA 1). */
const regionsOf = (regions: unknown): unknown[] => (Array.isArray(regions) ? regions : isKeyed(regions) ? Object.values(regions) : [])

/** Attribute options of a project, and the parts left out. */
interface Reading {
  readonly name: string
  readonly region: Options
  readonly file: Options
  readonly leftOut: LeftOut
}

const fileKeys = keysOf('filename size regions file_attributes base64_img_data fileref')
const regionKeys = keysOf('shape_attributes region_attributes')

function* readFileEntry(
  { name, leftOut, ...options }: Reading,
  key: string,
  line: number,
  value: unknown,
): Generator<ImportEntry, void, undefined> {
  if (!isKeyed(value) || typeof value.filename !== 'string' || value.filename === '')
    return yield problemEntry(
      name,
      line,
      null,
      message('common.labelled', { label: `“${key}”`, text: message('import.via.fileNameMissing') }),
    )
  leftOut.addKeys(value, fileKeys, value.filename)
  const boxes: Box[] = []
  for (const [index, region] of regionsOf(value.regions).entries()) {
    if (isKeyed(region)) leftOut.addKeys(region, regionKeys, value.filename, 'regions.')
    const box = readRegion(region, options.region)
    if (box instanceof Message)
      yield problemEntry(name, line, value.filename, message('import.via.numberedRegionLeftOut', { number: index + 1, reason: box }))
    else {
      boxes.push(box)
      if (isOutline(region)) leftOut.add('outline', value.filename)
    }
  }
  const embedded = typeof value.base64_img_data === 'string' && value.base64_img_data !== '' ? { embedded: [value.base64_img_data] } : {}
  yield { ...rowOf(name, line, value.filename, contextOfFile(attributeTexts(value.file_attributes, options.file), boxes)), ...embedded }
}

const ofVia2 = '_via_img_metadata'
const ofVia3 = ['attribute', 'file', 'metadata', 'view']

/** Returns the option names of the attributes of a VIA 2 project, which follow the images in the file. */
async function findOptions(path: string): Promise<Pick<Reading, 'region' | 'file'>> {
  for await (const { key, value } of readJsonEntries(path, undefined, ofVia2))
    if (key === '_via_attributes' && isKeyed(value)) return { region: readOptions(value.region), file: readOptions(value.file) }
  return { region: {}, file: {} }
}

async function* readJson(path: string, name: string, leftOut: LeftOut): AsyncGenerator<ImportEntry, void, undefined> {
  const scratch = openScratch()
  try {
    const reading = { name, leftOut, ...(await findOptions(path)) }
    const via3 = readVia3(name, scratch, leftOut)
    let isVia = false
    for await (const { key, parent, line, value } of readJsonEntries(path, undefined, ofVia2, ...ofVia3)) {
      if (key === null) break
      if (parent === ofVia2 || key === 'project' || key.startsWith('_via_')) isVia = true
      if (parent !== undefined && parent !== ofVia2) via3.add(parent, key, line, value)
      else if (parent !== undefined || (isKeyed(value) && 'filename' in value)) {
        isVia = true
        yield* readFileEntry(reading, key, line, value)
      }
    }
    if (!isVia && !via3.hasFiles()) throw badFile(path, message('import.via.notViaFile'))
    yield* via3.read()
  } finally {
    scratch.close()
  }
}

/**
 * Reads VGG Image Annotator (https://www.robots.ox.ac.uk/~vgg/software/via/): a project or an annotation file of version 1, 2 or 3 as JSON,
 * the annotations of version 1 and 2 as CSV, or a folder of them. A region becomes its bounding box, labelled by its attributes; the
 * attributes of an image are captions (depending on their name) or `attributes`. The id of the item is the name of the image.
 */
export async function* readVia(request: ImportRequest): AsyncGenerator<ImportEntry, void, undefined> {
  const files = await listAnnotationFiles(requireImportFile(request), (name) => /\.(json|csv)$/i.test(name), message('import.via.files'))
  const leftOut = new LeftOut()
  for (const { path, name } of files)
    yield* /\.csv$/i.test(name) ? readViaCsv(path, basename(path), leftOut) : readJson(path, name, leftOut)
  yield* leftOut.notes(basename(requireImportFile(request)))
}
