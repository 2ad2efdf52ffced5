import { publicAddress, type Media } from '../../../../shared/domain'
import type { ApprovedPair } from '../../../store/candidates/approved'
import { readImportedSystem } from '../../../store/candidates/importedPairs'
import type { PairTrace } from '../../../store/candidates/traces'
import type { ReadableDb } from '../../../store/sql/types'
import { isDemo } from '../exportJob'
import { describeSecondReviews } from '../training/pairTrace'

/**
 * Creates a function that returns a line of the plain JSONL export: a pair and its provenance. `exemplars` are candidate ids; `prompt` and
 * `run` refer to the entries of `createSources`. Pairs written by people have an author, but no model, prompt or run; imported pairs have
 * the name of their file, but no prompt or run. Times are ISO 8601, UTC. The JSON of the item is created once for all its pairs, which are
 * consecutive.
 */
export function createLineWriter(db: ReadableDb): (pair: ApprovedPair, seconds: PairTrace['secondReviews']) => string {
  let [itemId, ofItem]: [number | null, string] = [null, '']
  return (pair, seconds) => {
    if (pair.itemId !== itemId) {
      itemId = pair.itemId
      ofItem = oneLine({ item: pair.itemSourceId, media: pair.media.map(toMediaReference), context: pair.context }).slice(1, -1)
    }
    return `{"id":${pair.candidate.id},${ofItem},${oneLine(contentOf(db, pair, seconds)).slice(1)}`
  }
}

const contentOf = (db: ReadableDb, pair: ApprovedPair, seconds: PairTrace['secondReviews']) => {
  const { candidate, promptVersion, run, exemplarIds, decision } = pair
  return {
    instruction: candidate.instruction,
    response: candidate.response,
    kind: candidate.kind,
    conversation: candidate.conversation,
    conversationCall: candidate.conversation === null ? null : candidate.conversationCallId,
    turn: candidate.turn,
    rationale: candidate.rationale,
    state: candidate.state,
    draft: candidate.draft,
    origin: candidate.importedFrom !== null ? 'import' : candidate.author === null ? 'model' : 'human',
    author: candidate.author,
    splitFrom: candidate.splitFrom,
    provider: candidate.provider,
    model: candidate.model,
    demo: isDemo(pair),
    ...importOf(db, candidate),
    prompt: promptVersion && { version: promptVersion.id },
    run: run && { id: run.id },
    exemplars: exemplarIds,
    decision: {
      verdict: decision.verdict,
      reviewer: decision.reviewer,
      decidedAt: new Date(decision.decidedAt).toISOString(),
      seconds: decision.seconds,
    },
    secondReviews: describeSecondReviews(seconds),
  }
}

const importOf = (db: ReadableDb, { id, importedFrom }: ApprovedPair['candidate']) =>
  importedFrom === null ? {} : { importedFrom, system: readImportedSystem(db, id) }

/** Converts a medium. `name` is only the last part of its imported name, so that no folders of the machine are exported. */
function toMediaReference({ storedName, fileName, sha256, mime, width, height }: Media) {
  return { file: `media/${storedName}`, name: fileName.split(/[\\/]/).at(-1) ?? fileName, sha256, mime, width, height }
}

/** Writes JSON on one line, even for readers that treat U+0085, U+2028 and U+2029 as line ends. */
export function oneLine(value: unknown): string {
  return JSON.stringify(value).replace(/[\u0085\u2028\u2029]/g, (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

const byId = <V>(known: ReadonlyMap<number, V>): V[] => [...known].toSorted(([a], [b]) => a - b).map(([, value]) => value)

/**
 * Collects the prompts and runs of pairs by id: thousands of pairs share each of them, and each is longer than a pair. `fileExemplars` are
 * the examples of a prompt file that preceded the `exemplars` of a line.
 */
export function createSources() {
  const prompts = new Map<number, object>()
  const runs = new Map<number, object>()
  return {
    add({ promptVersion, fileExemplars, run }: Pick<ApprovedPair, 'promptVersion' | 'fileExemplars' | 'run'>): void {
      if (promptVersion && !prompts.has(promptVersion.id)) {
        const { id: version, outputForm, systemMessage, contextTemplate } = promptVersion
        prompts.set(version, { version, outputForm, systemMessage, contextTemplate, fileExemplars })
      }
      if (run && !runs.has(run.id)) {
        const { id, settings, createdAt } = run
        const provider = { ...settings.provider, baseUrl: publicAddress(settings.provider) }
        runs.set(id, { id, settings: { ...settings, provider }, createdAt: new Date(createdAt).toISOString() })
      }
    },
    read: () => ({ prompts: byId(prompts), runs: byId(runs) }),
  }
}
