import type { ImportedConversation, ImportedPair } from '../../../store/candidates/importedPairs'
import type { GatheredRecord } from './gatherPairs'

/** Creates the key under which a later row of preference data finds its earlier turns; negative examples are not part of it. */
const keyOf = (system: string | null, pairs: readonly ImportedPair[]) =>
  JSON.stringify([system, pairs.flatMap(({ instruction, response, label }) => (label === false ? [] : [[instruction, response]]))])

const byTurn = (one: GatheredRecord, other: GatheredRecord) => (one.conversation?.turn ?? 0) - (other.conversation?.turn ?? 0)

interface Joined extends ImportedConversation {
  readonly pairs: ImportedPair[]
}

/**
 * Creates conversations from the records of an item. Rows of one conversation are joined in their order. A row of preference data repeats
 * the turns before its own, so it continues the conversation of another row.
 */
export function joinRecords(records: readonly GatheredRecord[]): ImportedConversation[] {
  const joined: Joined[] = []
  const start = ({ line, system, origin, pairs }: GatheredRecord, isConversation: boolean): Joined => {
    const made = { line, system, origin, isConversation, pairs: [...pairs] }
    joined.push(made)
    return made
  }
  const open = new Map<string, Joined>()
  const joinedKeys = new Set<string>()
  const groups = Map.groupBy(records, ({ conversation }) => conversation?.key)
  for (const record of records) {
    const { conversation, isPreference, pairs } = record
    if (conversation !== null) {
      if (joinedKeys.has(conversation.key)) continue
      const [first = record, ...others] = (groups.get(conversation.key) ?? []).toSorted(byTurn)
      joinedKeys.add(conversation.key)
      start(first, true).pairs.push(...others.flatMap((other) => other.pairs))
      continue
    }
    const before = pairs.slice(0, -1)
    const last = pairs.at(-1)
    const known = isPreference && before.length > 0 ? open.get(keyOf(record.system, before)) : undefined
    if (known && last) known.pairs.push(last)
    const into = known ?? start(record, false)
    if (isPreference) open.set(keyOf(record.system, into.pairs), into)
  }
  return joined
}
