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
import { attributeTexts, readRegion } from './viaRegion'
import { contextOfFile, rowOf } from './viaRow'

/** The regions are a list (VIA 2), or an object by number (VIA 1). */
const regionsOf = (regions: unknown): unknown[] => (Array.isArray(regions) ? regions : isKeyed(regions) ? Object.values(regions) : [])

function* readFileEntry(name: string, line: number, value: unknown): Generator<ImportEntry, void, undefined> {
  if (!isKeyed(value) || typeof value.filename !== 'string' || value.filename === '')
    return yield problemEntry(name, line, null, message('import.via.fileNameMissing'))
  const boxes: Box[] = []
  for (const [index, region] of regionsOf(value.regions).entries()) {
    const box = readRegion(region)
    if (box instanceof Message)
      yield problemEntry(name, line, value.filename, message('import.via.numberedRegionLeftOut', { number: index + 1, reason: box }))
    else boxes.push(box)
  }
  const embedded = typeof value.base64_img_data === 'string' && value.base64_img_data !== '' ? { embedded: [value.base64_img_data] } : {}
  yield { ...rowOf(name, line, value.filename, contextOfFile(attributeTexts(value.file_attributes), boxes)), ...embedded }
}

const ofVia2 = '_via_img_metadata'
const ofVia3 = ['attribute', 'file', 'metadata', 'view']

async function* readJson(path: string, name: string): AsyncGenerator<ImportEntry, void, undefined> {
  const scratch = openScratch()
  try {
    const via3 = readVia3(name, scratch)
    let isVia = false
    for await (const { key, parent, line, value } of readJsonEntries(path, undefined, ofVia2, ...ofVia3)) {
      if (key === null) break
      if (parent === ofVia2 || key === 'project' || key.startsWith('_via_')) isVia = true
      if (parent !== undefined && parent !== ofVia2) via3.add(parent, key, line, value)
      else if (parent !== undefined || (isKeyed(value) && 'filename' in value)) {
        isVia = true
        yield* readFileEntry(name, line, value)
      }
    }
    if (!isVia && !via3.hasFiles()) throw badFile(path, message('import.via.notViaFile'))
    yield* via3.read()
  } finally {
    scratch.close()
  }
}

/**
 * VGG Image Annotator (https://www.robots.ox.ac.uk/~vgg/software/via/): a project or an annotation file of version 1, 2 or 3 as JSON, or the
 * annotations of version 1 and 2 as CSV; or a folder of them. A region is the box around it, named by its attributes; the attributes of an
 * image are captions, by their name, or `attributes`. The item's id is the image's name.
 */
export async function* readVia(request: ImportRequest): AsyncGenerator<ImportEntry, void, undefined> {
  const files = await listAnnotationFiles(requireImportFile(request), (name) => /\.(json|csv)$/i.test(name), message('import.via.files'))
  for (const { path, name } of files) yield* /\.csv$/i.test(name) ? readViaCsv(path, basename(path)) : readJson(path, name)
}
