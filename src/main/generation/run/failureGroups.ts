import type { FailureGroup } from '../../../shared/contract'
import { toEnglish } from '../../../shared/messages/translate'
import type { Failure } from '../../store/runs/calls'

const maxNames = 5

/** Returns what went wrong without the details that differ between calls: the item, numbers, and quoted text. */
function reasonOf({ error, itemSourceId }: Failure): string {
  const words = toEnglish(error.message)
    .replaceAll(itemSourceId, '…')
    .replace(/"[^"]*"|“[^”]*”|'[^']*'|`[^`]*`/g, '…')
    .replace(/\b[0-9a-f]{8,}\b|\d+/gi, '#')
    .replace(/\s+/g, ' ')
  return `${error.code} ${error.status ?? ''} ${words}`
}

/** Groups failed calls by what went wrong, the largest group first. */
export function groupFailures(failures: readonly Failure[]): FailureGroup[] {
  const groups = new Map<string, FailureGroup>()
  for (const failure of failures) {
    const reason = reasonOf(failure)
    const group = groups.get(reason) ?? { error: failure.error, callIds: [], itemIds: [], items: [] }
    groups.set(reason, group)
    group.callIds.push(failure.id)
    group.itemIds.push(failure.itemId)
    if (group.items.length < maxNames) group.items.push(failure.itemSourceId)
  }
  return [...groups.values()].toSorted((one, other) => other.callIds.length - one.callIds.length)
}
