import { SaxesParser } from 'saxes'
import { type Message, message } from '../../../../../shared/messages/message'

/** An element with its own text and its child elements in order. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: XmlElement[]
  text: string
}

const maxLevels = 50
const maxElements = 500_000

class Stop extends Error {
  constructor(readonly reason: Message) {
    super('stop')
  }
}

/**
 * Parses an XML document. Only the five predefined entities are replaced, and no external content is read: document types are skipped.
 * Returns a Message with the line number if the document is invalid.
 */
export function parseXml(text: string): XmlElement | Message {
  const parser = new SaxesParser({ position: true, xmlns: false })
  const open: XmlElement[] = []
  let root: XmlElement | null = null
  let count = 0
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length >= maxLevels || ++count > maxElements) throw new Stop(message('import.voc.tooManyElements', { line: parser.line }))
    const element: XmlElement = { name, attributes: { ...attributes } as Record<string, string>, children: [], text: '' }
    open.at(-1)?.children.push(element)
    root ??= element
    open.push(element)
  })
  const addText = (more: string) => {
    const element = open.at(-1)
    if (element) element.text += more
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => open.pop())
  parser.on('error', (error) => {
    throw new Stop(message('import.voc.faultInLine', { line: parser.line, reason: error.message.replace(/^\d+:\d+: /, '').slice(0, 100) }))
  })
  try {
    parser.write(text).close()
  } catch (error) {
    if (error instanceof Stop) return message('import.voc.invalidXml', { reason: error.reason })
    throw error
  }
  return root ?? message('import.voc.emptyXml')
}

/** Returns the first child with a name. */
export const childOf = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element?.children.find((child) => child.name === name)

/** Returns the trimmed text of the first child with a name; empty if there is none. */
export const textIn = (element: XmlElement | undefined, name: string): string => childOf(element, name)?.text.trim() ?? ''

/** Decodes an XML file in its declared encoding; null if the text is invalid in it or the encoding is unknown. */
export function decodeXml(bytes: Buffer): string | null {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  const declared = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(
    bytes.toString('latin1', 0, 200).replace(/^ï»¿/, ''),
  )?.[1]
  const encoding = isUtf16 ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : (declared ?? 'utf-8')
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
