import { message, type Text } from './messages/message'

const patterns = new Map<string, RegExp>()

function patternOf(id: string): RegExp {
  const known = patterns.get(id)
  if (known) return known
  const parts = id.split(/\{\d+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const pattern = new RegExp(`^${parts.join('([^]+?)')}$`)
  patterns.set(id, pattern)
  return pattern
}

/**
 * What had been said, of a text that was stored in English: a project keeps no more than that.
 * @param ids of what may have been said, each with words of its own
 * @returns the text itself where it is none of those
 */
export function recall(text: string, ids: readonly string[]): Text {
  for (const id of ids) {
    const match = patternOf(id).exec(text)
    if (match) return { id, values: match.slice(1).map((value) => recall(value, ids)) }
  }
  return text
}

/** The same, where it may have been said of something by its name: `<name>: <reason>.` */
export function recallNamed(text: string, ids: readonly string[]): Text {
  const whole = recall(text, ids)
  const [, name, words = ''] = /^([^]+?): ([^]+)\.$/.exec(text) ?? []
  const reason = recall(words, ids)
  return typeof whole === 'string' && typeof reason === 'object' ? message('common.aboutItem', { item: name, reason }) : whole
}
