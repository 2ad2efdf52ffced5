import type { WritableDb } from '../../src/main/store/sql/types'
import { readStacks } from '../../src/main/store/decisions/decisionStacks'
import type { CallInput } from '../../src/shared/contract'
import { stateAfter, type CandidateState, type Pair } from '../../src/shared/domain'

/** What a reviewer's window sends while one types and decides. */
export type Request =
  | { readonly name: 'draft.save'; readonly input: CallInput<'draft.save'> }
  | { readonly name: 'decision.add'; readonly input: CallInput<'decision.add'> }
  | { readonly name: 'decision.undo' | 'decision.redo'; readonly input: CallInput<'decision.undo'> }

interface Standing {
  readonly state: CandidateState
  readonly text: Pair
}
interface Step {
  readonly id: number
  readonly before: Standing
  readonly after: Standing
  /** what was typed and not decided on when it was carried out */
  readonly kept: Pair | undefined
}

/** All that a project holds of a reviewer's work, as plain values. */
export interface World {
  readonly pairs: Readonly<Record<number, Standing>>
  readonly drafts: Readonly<Record<number, Pair>>
  /** the last step first */
  readonly undo: readonly Step[]
  readonly redo: readonly Step[]
  readonly decisions: number
}

const cleaned = ({ instruction, response }: Pair): Pair => ({ instruction: instruction.trim(), response: response.trim() })
const same = (a: Pair, b: Pair) => a.instruction === b.instruction && a.response === b.response

/** The rules of the store, said once more: the world after a request was carried out. @param drafted what the model wrote */
export function carryOut(world: World, request: Request, drafted: Readonly<Record<number, Pair>>): World {
  const settle = (step: Step, rest: Pick<World, 'undo' | 'redo'>, standing: Standing, draft?: Pair): World => {
    const { [step.id]: _, ...others } = world.drafts
    const drafts = draft ? { ...others, [step.id]: draft } : others
    return { ...rest, drafts, decisions: world.decisions + 1, pairs: { ...world.pairs, [step.id]: standing } }
  }
  const keptBeside = (id: number, text: Pair) => {
    const draft = world.drafts[id]
    return draft && !same(cleaned(draft), text) ? draft : undefined
  }
  switch (request.name) {
    case 'draft.save': {
      const { candidateId, ...text } = request.input
      return { ...world, drafts: { ...world.drafts, [candidateId]: text } }
    }
    case 'decision.add': {
      const { candidateId: id, verdict, pair } = request.input
      const before = world.pairs[id]
      const draft = drafted[id]
      if (!before || !draft) throw new Error(`There is no pair ${id}.`)
      const text = verdict === 'edit' && pair ? pair : before.text
      const approves = verdict === 'accept' || verdict === 'edit'
      const state: CandidateState = approves ? (same(text, draft) ? 'accepted' : 'edited') : stateAfter[verdict]
      const step = { id, before, after: { state, text }, kept: same(text, before.text) ? keptBeside(id, text) : undefined }
      return settle(step, { undo: [step, ...world.undo], redo: [] }, step.after)
    }
    case 'decision.undo': {
      const [step, ...undo] = world.undo
      return step ? settle(step, { undo, redo: [step, ...world.redo] }, step.before, world.drafts[step.id] ?? step.kept) : world
    }
    case 'decision.redo': {
      const [undone, ...redo] = world.redo
      if (!undone) return world
      const step = { ...undone, kept: keptBeside(undone.id, undone.after.text) }
      return settle(step, { undo: [step, ...world.undo], redo }, step.after)
    }
  }
}

/** What can be compared: the stacks by the pairs that they lead back to. */
export const visible = ({ pairs, drafts, undo, redo, decisions }: World) => ({
  pairs,
  drafts,
  undo: undo.map(({ id }) => id),
  redo: redo.map(({ id }) => id),
  decisions,
})

type PairRow = { id: number; state: CandidateState } & Pair

/** The same, read from a project's file. */
export function readVisible(db: WritableDb, reviewer: string): ReturnType<typeof visible> {
  const rows = (sql: string) => db.prepare(sql).all() as PairRow[]
  const textOf = ({ instruction, response }: Pair): Pair => ({ instruction, response })
  const stacks = readStacks(db, reviewer)
  const chain = (top: number | null, below: 'undo_below' | 'redo_below', of: string) =>
    db
      .prepare(
        `WITH RECURSIVE stack (id, depth) AS (SELECT ?, 0 UNION ALL
           SELECT decision.${below}, depth + 1 FROM stack JOIN decision ON decision.id = stack.id)
         SELECT ${of} FROM stack JOIN decision ON decision.id = stack.id ORDER BY depth`,
      )
      .pluck()
      .all(top) as number[]
  return {
    pairs: Object.fromEntries(
      rows(`SELECT id, state, instruction, response FROM candidate JOIN pair ON candidate_id = id`).map((row) => [
        row.id,
        { state: row.state, text: textOf(row) },
      ]),
    ),
    drafts: Object.fromEntries(rows(`SELECT candidate_id AS id, instruction, response FROM draft`).map((row) => [row.id, textOf(row)])),
    undo: chain(stacks.undo, 'undo_below', 'candidate_id'),
    redo: chain(stacks.redo, 'redo_below', 'candidate_id'),
    decisions: Number(db.prepare(`SELECT count(*) FROM decision`).pluck().get()),
  }
}
