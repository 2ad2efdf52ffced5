import type { Pair } from '../../../../shared/domain'
import { shuffle } from '../../seededRandom'
import { fillWording, hasWording, kindOf, type DemoDraft, type DemoKind } from './draft'

/** Exemplars with responses of more words than this ask for longer responses. */
const longResponse = 18

/**
 * Picks drafts for a reply as a model would that has read the exemplars: kinds of questions that they ask come up more often, long
 * responses call for longer ones, and neither their instructions nor, where another is left, their wording is repeated.
 */
export function choosePairs(drafts: readonly DemoDraft[], exemplars: readonly Pair[], wanted: number, random: () => number): Pair[] {
  const instructions = exemplars.map(({ instruction }) => instruction)
  const liked = Map.groupBy(instructions, kindOf)
  const long =
    exemplars.length > 0 && exemplars.reduce((sum, { response }) => sum + countWords(response), 0) / exemplars.length > longResponse
  const used = new Map<DemoKind, number>()
  const taken = new Set(instructions.map((text) => text.toLowerCase()))
  const left = [...drafts]
  const pairs: Pair[] = []
  while (pairs.length < wanted && left.length > 0) {
    const weights = left.map(
      ({ kind }) => (1 + 3 * (liked.get(kind)?.length ?? 0)) / (1 + 4 * (used.get(kind) ?? 0)) / countKind(left, kind),
    )
    const [draft] = left.splice(weightedIndex(weights, random), 1)
    const instruction = draft && chooseInstruction(draft, instructions, taken, random)
    if (!draft || instruction === undefined) continue
    taken.add(instruction.toLowerCase())
    used.set(draft.kind, (used.get(draft.kind) ?? 0) + 1)
    pairs.push({ instruction, response: long && draft.more ? `${draft.response} ${draft.more}` : draft.response })
  }
  return pairs
}

const countWords = (text: string) => text.split(/\s+/).filter(Boolean).length

const countKind = (drafts: readonly DemoDraft[], kind: DemoKind) => drafts.filter((draft) => draft.kind === kind).length

function weightedIndex(weights: readonly number[], random: () => number): number {
  let rest = random() * weights.reduce((sum, weight) => sum + weight, 0)
  const index = weights.findIndex((weight) => (rest -= weight) < 0)
  return index < 0 ? weights.length - 1 : index
}

function chooseInstruction(
  draft: DemoDraft,
  instructions: readonly string[],
  taken: ReadonlySet<string>,
  random: () => number,
): string | undefined {
  const wordings = shuffle(draft.wordings, random)
  const fresh = wordings.filter((wording) => !instructions.some((instruction) => hasWording(instruction, wording)))
  return [...fresh, ...wordings].map((wording) => fillWording(wording, draft.words)).find((text) => !taken.has(text.toLowerCase()))
}
