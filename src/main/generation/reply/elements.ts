import type { FoundValue } from './findJson'
import { stemOf } from './keyNames'

interface Tag {
  readonly name: string
  readonly isEnd: boolean
}

const tagPattern = /<(\/?)([a-z][\w:-]{0,40})(?:\s[^<>]{0,200})?>/gi

/**
 * Returns the names of the XML elements around JSON values, such as `<examples>` and `<output>`, without their numbers: pairs in different
 * elements are not one answer. null if another tag is closer to the value.
 */
export function elementsAround(text: string, values: readonly FoundValue[]): readonly (string | null)[] {
  const gaps = [...values, { start: text.length }].map(({ start }, at) => outermostTags(text.slice(values[at - 1]?.end ?? 0, start)))
  const closings: (Tag | null)[] = []
  for (let at = gaps.length - 1, next: Tag | null = null; at >= 0; at--) closings[at] = next = gaps[at]?.first ?? next
  let opening: Tag | null = null
  return values.map((_, at) => {
    opening = gaps[at]?.last ?? opening
    const closing = closings[at + 1]
    return opening && closing && !opening.isEnd && closing.isEnd && opening.name === closing.name ? opening.name : null
  })
}

function outermostTags(text: string): { readonly first: Tag | null; readonly last: Tag | null } {
  let first: Tag | null = null
  let last: Tag | null = null
  for (const { 1: slash, 2: name = '' } of text.matchAll(tagPattern)) {
    last = { name: stemOf(name), isEnd: slash === '/' }
    first ??= last
  }
  return { first, last }
}
