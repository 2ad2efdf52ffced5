import { z } from 'zod'
import type { Box, TimedSentence } from '../../../../../shared/domain'
import { message } from '../../../../../shared/messages/message'
import type { Scratch } from '../../../../store/sql/scratch'
import { type ImportEntry, problemEntry } from '../../row/entry'
import { keysOf, type LeftOut } from '../../row/leftOut'
import { areaOfXy, isOutline3, labelOf } from './viaRegion'
import { contextOfFile, rowOf } from './viaRow'

const attributeSchema = z.looseObject({ aname: z.string(), options: z.record(z.string(), z.string()).optional() })
const fileSchema = z.looseObject({ fname: z.string().min(1), type: z.number().optional() })
const viewSchema = z.looseObject({ fid_list: z.array(z.union([z.string(), z.number()]).transform(String)).min(1) })
const metadataSchema = z.looseObject({
  vid: z.union([z.string(), z.number()]).transform(String),
  z: z.array(z.number()).default([]),
  xy: z.array(z.number()).default([]),
  av: z.record(z.string(), z.unknown()).default({}),
})
type Metadata = z.infer<typeof metadataSchema>
const videoType = 4
const metadataKeys = keysOf('vid flg z xy av')

/**
 * Gathers the parts of a VIA 3 project (https://gitlab.com/vgg/via/-/blob/master/via-3.x.y/CodeDoc.md), which may be in any order: files,
 * views of files, and metadata of views. Metadata with coordinates are boxes, with times sentences, otherwise attributes of the image.
 */
export function readVia3(name: string, scratch: Scratch, leftOut: LeftOut) {
  const attributes = new Map<string, z.infer<typeof attributeSchema>>()
  const views = new Map<string, string>()
  const files = scratch.gather<{ line: number; fileName: string; isVideo: boolean }, { line: number; metadata: Metadata }>()
  const waiting = scratch.list<{ line: number; member: string; value: unknown }>()
  const problems: ImportEntry[] = []

  const textsOf = ({ av }: Metadata) =>
    Object.entries(av).flatMap(([id, value]): [string, string][] => {
      const attribute = attributes.get(id)
      const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
      // A choice is stored as the key of its option; several are separated by commas.
      const options = text.split(',').map((each) => attribute?.options?.[each] ?? each)
      return text === '' ? [] : [[attribute?.aname ?? id, options.join(', ')]]
    })

  function* placeMetadata(): Generator<ImportEntry, void, undefined> {
    for (const { line, member, value } of waiting.read()) {
      const metadata = metadataSchema.safeParse(value)
      const file = metadata.success ? (views.get(metadata.data.vid) ?? metadata.data.vid) : undefined
      const place = file === undefined ? undefined : files.find(file)
      if (!metadata.success || place === undefined)
        yield problemEntry(name, line, null, message('import.via.metadataWithoutFile', { key: member }))
      else files.push(place, { line, metadata: metadata.data })
    }
  }

  return {
    hasFiles: () => files.size() > 0,

    add(key: string, member: string, line: number, value: unknown): void {
      if (key === 'attribute') {
        const attribute = attributeSchema.safeParse(value)
        if (attribute.success) attributes.set(member, attribute.data)
      } else if (key === 'file') {
        const file = fileSchema.safeParse(value)
        if (file.success) files.put(member, { line, fileName: file.data.fname, isVideo: file.data.type === videoType })
        else problems.push(problemEntry(name, line, null, message('import.via.fileWithoutName', { key: member })))
      } else if (key === 'view') {
        const view = viewSchema.safeParse(value)
        if (view.success) {
          const [first = '', ...others] = view.data.fid_list
          views.set(member, first)
          // Metadata of several files are assigned to the first.
          leftOut.addKey('fid_list', `view ${member}`, others.length > 0 ? 1 : 0)
        }
      } else waiting.push({ line, member, value })
    },

    *read(): Generator<ImportEntry, void, undefined> {
      yield* problems
      yield* placeMetadata()
      for (const { head, parts } of files.read()) {
        const boxes: Box[] = []
        const sentences: TimedSentence[] = []
        const ofFile: [string, string][] = []
        for (const { line, metadata } of parts) {
          const texts = textsOf(metadata)
          const label = labelOf(texts)
          leftOut.addKeys(metadata, metadataKeys, head.fileName, 'metadata.')
          const [start, end = start] = metadata.z
          if (metadata.xy.length > 0) {
            const area = areaOfXy(metadata.xy)
            if (area === null || label === null) yield problemEntry(name, line, head.fileName, message('import.via.regionWithoutArea'))
            else if (start !== undefined) yield problemEntry(name, line, head.fileName, message('import.via.regionOfMoment'))
            else {
              boxes.push({ label, ...area, media: 0 })
              if (isOutline3(metadata.xy)) leftOut.add('outline', head.fileName)
            }
          } else if (start !== undefined && end !== undefined) {
            if (label === null) leftOut.addKey('z', head.fileName)
            else sentences.push({ start: Math.min(start, end), end: Math.max(start, end), text: label })
          } else ofFile.push(...texts)
        }
        const context = contextOfFile(ofFile, boxes)
        const row = rowOf(name, head.line, head.fileName, sentences.length > 0 ? { ...context, sentences } : context)
        yield head.isVideo ? { ...row, mediaKind: 'video' } : row
      }
    },
  }
}
