import { message, type Message } from '../../../../../shared/messages/message'
import { readJsonEntries } from '../../json/readJsonStream'
import type { DocumentKind } from './parseAnnotation'

export interface CocoDocument {
  readonly path: string
  readonly kind: DocumentKind
  readonly hasCategories: boolean
  /** Lists and values that are not read. */
  readonly others: readonly string[]
}

export interface Element {
  readonly line: number
  readonly index: number
  readonly value: unknown
  readonly fault: Message | undefined
}

/** Yields the elements of a list of a COCO document. */
export async function* readList(path: string, list: string): AsyncGenerator<Element, void, undefined> {
  for await (const { key, index, line, value, fault } of readJsonEntries(path, () => true))
    if (key === list && index !== null) yield { line, index, value, fault }
}

const kinds = {
  image: message('import.coco.image'),
  annotation: message('import.coco.annotation'),
  category: message('import.coco.category'),
} as const
export const nameOf = (kind: keyof typeof kinds, { value, index }: Element) => {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined
  return typeof id === 'number' || typeof id === 'string'
    ? message('common.joined', { first: kinds[kind], second: id })
    : message('import.coco.numberOfList', { kind: kinds[kind], number: index + 1 })
}
