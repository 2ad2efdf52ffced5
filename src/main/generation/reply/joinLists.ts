import { message } from '../../../shared/messages/message'
import { type Group, type RawPair, UnclearShape } from './rawPair'

/** Content of one JSON value of a reply, and the text before it. */
export interface FoundList {
  readonly groups: readonly Group[]
  /** Whether it is a single pair, as in JSON Lines; after other pairs it is always part of the answer. */
  readonly isSingle: boolean
  /** Name of the XML element that contains only this value; null if there is none. */
  readonly element: string | null
  readonly before: string
}

/**
 * Joins the pairs of all JSON values in a reply: the lines of JSON Lines and the parts of an answer are concatenated, without duplicates.
 * Two versions of one answer cannot be joined, since it is unknown which one was meant.
 * @param wanted number of requested pairs: a later list with as many pairs is a new version of the earlier ones
 * @throws UnclearShape for two versions
 */
export function joinLists(lists: readonly FoundList[], wanted: number | null): readonly Group[] {
  const known = new Set<string>()
  const joined: Group[] = []
  const answers: FoundList[] = []
  for (const list of lists) {
    const fresh = list.groups.flatMap((group) => {
      const pairs = group.isConversation
        ? group.pairs.every((pair) => known.has(keyOf(pair)))
          ? []
          : group.pairs
        : group.pairs.filter((pair) => !known.has(keyOf(pair)))
      return pairs.length > 0 ? [{ ...group, pairs }] : []
    })
    if (answers.length > 0) {
      if (isRevision(list, answers) && (fresh.length > 0 || countPairs(list.groups) < known.size)) throw twoVersions()
      if (fresh.length > 0 && answers.some((answer) => answer.element !== list.element || contradict(answer, list, wanted)))
        throw twoVersions()
    }
    if (fresh.length > 0) answers.push(list)
    for (const pair of pairsOf(list.groups)) known.add(keyOf(pair))
    joined.push(...fresh)
  }
  return joined
}

const twoVersions = () => new UnclearShape(message('reply.twoVersions'))

/** Rounds of different conversations may ask the same, so only plain pairs are compared. */
const plainPairsOf = ({ groups }: FoundList) => pairsOf(groups.filter(({ isConversation }) => !isConversation))
const pairsOf = (groups: readonly Group[]) => groups.flatMap(({ pairs }) => pairs)
const countPairs = (groups: readonly Group[]) => pairsOf(groups).length
const keyOf = ({ instruction, response }: RawPair) => JSON.stringify([instruction, response])

/** Text that announces a replacement for what precedes it. */
const revision = new RegExp(
  [
    String.raw`\b(?:(?:alternative|better|good|new|after|option \w|your turn)\s*:|(?:alternatively|I avoid(?:ed)?|(?:did|do) not (?:use|include|ask|write|add))\b)`,
    String.raw`\b(?:drafts?|revis(?:ed?|ing|ion)|rewrit(?:e|ten|ing)|rephras(?:ed?|ing)|correct(?:ed|ion)|improved?|improving|refined?|polished|redo(?:ne|ing)?)\b`,
    String.raw`\b(?:replac(?:ed?|es|ing|ement)|updated|fixed|instead|actually|wait|scratch that|oops|apologi[sz]e|my mistake|on (?:reflection|second thought))\b`,
    String.raw`\b(?:skipped|rejected|discarded|excluded|left out|another version|version \d|try(?:ing)? (?:this |that |it )?again|(?:second|another|new) (?:attempt|try))\b`,
    String.raw`\b(?:better|cleaner|clearer|stronger|newer|shorter|longer|final) (?:answer|version|list|pairs?|json|output|reply|response|set)\b`,
    String.raw`\bmore \w+ (?:version|set|list)\b|\bfinal\s*:|^\W*or\W*$`,
  ].join('|'),
  'i',
)
/** A new turn of a chat: the text before it was repeated from the prompt, or another request follows. */
const chatTurn = /<\|(?:im_start|start_header_id|user|assistant)\|>|<start_of_turn>|\[\/?INST\]/
/** Text that announces an example: the JSON after it on the line is repeated, or shows the form. */
const example = /\b(?:examples?|for instance|such as|e\.g)\b[^\n]*[\s`]*(?:json)?\s*$/i

const isRevision = ({ before, isSingle }: FoundList, earlier: readonly FoundList[]) =>
  revision.test(before) ||
  chatTurn.test(before) ||
  earlier.some((each) => /\b(?:draft|thinking|reasoning|brainstorm|(?:bad|wrong|old|before)\s*:)/i.test(each.before)) ||
  (!isSingle && !example.test(before) && earlier.some((each) => example.test(each.before)))

/** Returns whether two lists share some pairs but neither contains the other, or the later list is a complete answer by itself. */
function contradict(one: FoundList, other: FoundList, wanted: number | null): boolean {
  const known = new Map(plainPairsOf(one).map((pair) => [plainText(pair.instruction), keyOf(pair)]))
  if (plainPairsOf(other).some((pair) => (known.get(plainText(pair.instruction)) ?? keyOf(pair)) !== keyOf(pair))) return true
  if (other.isSingle) return false
  const [ours, theirs] = [one, other].map(({ groups }) => new Set(pairsOf(groups).map(keyOf)))
  if (!ours || !theirs) return false
  const shared = [...ours].filter((pair) => theirs.has(pair)).length
  if (shared > 0) return shared < Math.min(ours.size, theirs.size)
  const answers = new Set(pairsOf(one.groups).flatMap(({ response }) => tellingText(response)))
  if (pairsOf(other.groups).some(({ response }) => tellingText(response).some((text) => answers.has(text)))) return true
  // A single pair before a list was an example or a draft.
  return one.isSingle || (wanted !== null && theirs.size >= wanted)
}

/** Returns a text in lower case and without punctuation. */
export const plainText = (value: RawPair['instruction']) =>
  typeof value === 'string'
    ? value
        .toLowerCase()
        .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
        .trim() || value
    : (JSON.stringify(value) ?? '')

/** Returns the text of a distinctive response, or an empty list: “Yes” answers many questions, a sentence answers one. */
function tellingText(response: RawPair['response']): readonly string[] {
  const text = plainText(response)
  return text.length >= 20 ? [text] : []
}
