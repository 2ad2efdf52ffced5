import type { Box } from '../../../../../shared/domain'
import { message, Message } from '../../../../../shared/messages/message'
import { openScratch } from '../../../../store/sql/scratch'
import { readRecords } from '../../csv/csvRecords'
import { type ImportEntry, problemEntry } from '../../row/entry'
import { badFile, readLines } from '../../text/readLines'
import type { LeftOut } from '../../row/leftOut'
import { attributeTexts, isOutline, readRegion } from './viaRegion'
import { contextOfFile, rowOf } from './viaRow'

const columns = ['filename', 'file_attributes', 'region_shape_attributes', 'region_attributes'] as const

/** Checks whether a first line is the header of VIA annotations in CSV. */
export const isViaHeader = (line: string): boolean => columns.every((column) => line.includes(column))

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text || '{}')
  } catch {
    return null
  }
}

/** Reads VIA annotations in CSV: one region per line, with JSON in its cells; an image without regions has one line with an empty shape. */
export async function* readViaCsv(path: string, name: string, leftOut: LeftOut): AsyncGenerator<ImportEntry, void, undefined> {
  const scratch = openScratch()
  try {
    const images = scratch.gather<{ line: number; attributes: [string, string][] }, Box>()
    const attributesOf = new Map<number, string>()
    let places: readonly number[] | null = null
    for await (const { line, cells, fault } of readRecords(readLines(path), ',')) {
      if (cells === null) {
        yield problemEntry(name, line, null, fault ?? message('import.lineUnreadable'))
        continue
      }
      if (places === null) {
        // The header of VIA 1 starts with “#”.
        const header = cells.map((cell) => cell.trim().replace(/^#/, ''))
        places = columns.map((column) => header.indexOf(column))
        if (places.includes(-1)) throw badFile(path, message('import.via.notViaCsv', { column: columns[places.indexOf(-1)] }))
        continue
      }
      const [fileName = '', ofFile = '', shape = '', ofRegion = ''] = places.map((place) => cells[place] ?? '')
      if (fileName === '') {
        yield problemEntry(name, line, null, message('import.via.fileNameMissing'))
        continue
      }
      const about = parse(ofFile)
      if (about === null) yield problemEntry(name, line, fileName, message('import.via.fileAttributesUnreadable'))
      const attributes = attributeTexts(about)
      const { place } = images.put(fileName, { line, attributes })
      // Every line of an image repeats its attributes.
      const known = attributesOf.get(place) ?? JSON.stringify(attributes)
      attributesOf.set(place, known)
      if (about !== null && attributes.length > 0 && known !== JSON.stringify(attributes))
        yield problemEntry(name, line, fileName, message('import.via.otherFileAttributes'))
      if (/^\s*(\{\s*\})?\s*$/.test(shape)) continue
      const region = { shape_attributes: parse(shape), region_attributes: parse(ofRegion) }
      const box = readRegion(region)
      if (box instanceof Message) yield problemEntry(name, line, fileName, message('import.via.regionLeftOut', { reason: box }))
      else {
        images.push(place, box)
        if (isOutline(region)) leftOut.add('outline', fileName)
      }
    }
    for (const { id, head, parts } of images.read()) yield rowOf(name, head.line, id, contextOfFile(head.attributes, parts))
  } finally {
    scratch.close()
  }
}
