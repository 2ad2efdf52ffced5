import type { Candidate, Context, Decision, FileExemplar, Item, Media, PromptVersion, Run, RunSettings } from '../../shared/domain'
import { Problem } from '../../shared/problem'
import { inEnglish, type Said, say } from '../../shared/say'
import { exemplarIds, listCandidates } from './candidates'
import type { Database } from './database'
import { listDecisions } from './decisions'
import { getItem } from './items'
import { getPromptVersion, listPromptExemplars } from './prompts'
import { requireRun } from './runs'
import { isSettled } from './secondLooks'

/** An approved pair with all that it came from. */
export interface ApprovedPair {
  readonly candidate: Candidate
  readonly itemId: number
  readonly itemSourceId: string
  readonly media: readonly Media[]
  /** media that its item still waits for */
  readonly missing: Item['missing']
  readonly context: Context
  /** null where a person wrote it, as is the prompt version */
  readonly run: { readonly id: number; readonly settings: RunSettings; readonly createdAt: number } | null
  readonly promptVersion: PromptVersion | null
  /** examples from a prompt file that stood in its prompt */
  readonly fileExemplars: readonly FileExemplar[]
  /** candidates that stood in its prompt */
  readonly exemplarIds: readonly number[]
  /** the last one, moves of a turn left out */
  readonly decision: Decision
}

const remember = <V>(read: (id: number) => V) => {
  const kept = new Map<number, V>()
  return (id: number): V => {
    let value = kept.get(id)
    if (value === undefined) kept.set(id, (value = read(id)))
    return value
  }
}

const missing = (what: Said): Problem =>
  new Problem('damaged-project', say`${what} is missing in the project file.`, say`Run \`npm run exemplar -- doctor <project>\`.`, {
    item: inEnglish(what),
  })

/** Whether more was decided than a turn's place in its conversation. */
const decides = ({ moved, change, before, after }: Decision) => moved === null || change !== null || before !== after

/**
 * Accepted and edited pairs by item, then by age, without those whose second look is still to come (docs/adr/0009). Pages behind the
 * scenes, so that the connection stays free for others.
 */
export function* listApproved(db: Database): IterableIterator<ApprovedPair> {
  const runOf = remember((id): Run => requireRun(db, id))
  const promptOf = remember((id): PromptVersion => {
    const version = getPromptVersion(db, id)
    if (!version) throw missing(say`prompt version ${id}`)
    return version
  })
  const fileExemplarsOf = remember((id) => listPromptExemplars(db, id))
  let cursor: { itemId: number; id: number } | null = null
  let item: ReturnType<typeof getItem>
  do {
    const page = listCandidates(db, { states: ['accepted', 'edited'] }, cursor, 200)
    for (const candidate of page.candidates) {
      if (!isSettled(db, candidate.id)) continue
      if (item?.id !== candidate.itemId) item = getItem(db, candidate.itemId)
      if (!item) throw missing(say`item ${candidate.itemSourceId}`)
      const decision = listDecisions(db, candidate.id).findLast(decides)
      if (!decision) throw missing(say`the decision on candidate ${candidate.id}`)
      const { runId, promptVersionId } = candidate
      const run = runId === null ? null : runOf(runId)
      yield {
        candidate,
        itemId: item.id,
        itemSourceId: item.sourceId,
        media: item.media,
        missing: item.missing,
        context: item.context,
        run: run && { id: run.id, settings: run.settings, createdAt: run.createdAt },
        promptVersion: promptVersionId === null ? null : promptOf(promptVersionId),
        fileExemplars: promptVersionId === null ? [] : fileExemplarsOf(promptVersionId),
        exemplarIds: exemplarIds(db, candidate.callId),
        decision,
      }
    }
    cursor = page.next
  } while (cursor)
}
