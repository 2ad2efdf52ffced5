import type { Box, Context } from '../../../../../shared/domain'
import { lastPart, namesToTry } from '../../annotationFiles'
import type { ImportRow } from '../../row/entry'
import { toContext } from '../../row/shapes'

const captionKeys = new Set(['caption', 'captions', 'description', 'title'])

/** Converts the attributes of an image to a context: captions, and all others by name. */
export function contextOfFile(attributes: readonly (readonly [string, string])[], boxes: readonly Box[]): Context {
  const isCaption = (key: string) => captionKeys.has(key.toLowerCase())
  return toContext({
    captions: attributes.flatMap(([key, text]) => (isCaption(key) ? [text] : [])),
    boxes,
    attributes: attributes.some(([key]) => !isCaption(key)) ? Object.fromEntries(attributes.filter(([key]) => !isCaption(key))) : undefined,
  })
}

/** Creates the row of a file that VIA identifies by name, path or URL. */
export function rowOf(file: string, line: number | null, fileName: string, context: Context): ImportRow {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(fileName) ? lastPart(fileName.replace(/[?#].*$/, '')) : fileName
  const [wanted, ...others] = namesToTry(address, lastPart(address))
  return { kind: 'row', file, line, id: wanted, mediaNames: [wanted], otherNames: [others], boxesDrawnOn: [null], context }
}
