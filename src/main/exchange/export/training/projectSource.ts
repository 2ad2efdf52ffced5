import { sourceOf, type Media, type TrainingKind } from '../../../../shared/domain'
import { mediaPath } from '../../../media/mediaPath'
import { ensureFrames } from '../../../media/video/frames'
import { spanOf } from '../../../media/video/frames'
import type { ApprovedPair } from '../../../store/candidates/approved'
import { groupByItem, inPages, isDemo, type ExportProject, type ItemPairs } from '../exportJob'
import type { PairSource } from '../pairSource'
import { createPairTracer, type TracePair } from './pairTrace'
import type { Conversation, SourceMedia, SourcePair } from './records'

export interface ReadOptions {
  readonly kind: TrainingKind
  readonly source: PairSource
  /** System text of each conversation; null keeps the system text of the file that the conversation was imported from, if any. */
  readonly system: string | null
  /** Whether to include rejected drafts of the item; only for `dpo`. */
  readonly itemDrafts?: boolean
  /** Whether the provenance includes the replies that pairs were parsed from, in addition to their hashes. */
  readonly rawReplies?: boolean
}

/**
 * Reads the decided pairs of a project, or of one of its snapshots, by conversation: the approved pairs and, for `kto`, also the rejected
 * pairs as negative examples.
 */
export async function* readConversations(
  project: Pick<ExportProject, 'directory'>,
  { kind, system, source, rawReplies = false, itemDrafts = false }: ReadOptions,
): AsyncGenerator<Conversation> {
  const withDrafts = kind === 'dpo' && itemDrafts
  const pairs = source.list({ withRejected: kind === 'kto' || withDrafts })
  const systemOf = (turns: readonly ApprovedPair[]) => {
    const imported = turns.find(({ candidate }) => candidate.importedFrom !== null)
    return system ?? (imported ? source.readSystem(imported.candidate.id) : null)
  }
  const options = { rawReplies, checks: source.countChecks() }
  for (const groups of inPages(groupByItem(pairs))) {
    const candidates = groups.flat().map(({ candidate }) => candidate)
    const tracePair = createPairTracer(source.readTraces(candidates), options)
    for (const group of groups) yield* conversationsOfItem(project, group, { systemOf, tracePair, withDrafts })
  }
}

interface ItemOptions {
  readonly systemOf: (turns: readonly ApprovedPair[]) => string | null
  readonly tracePair: TracePair
  /** Whether rejected pairs are returned as worse drafts instead of turns. */
  readonly withDrafts: boolean
}

function* conversationsOfItem(
  { directory }: Pick<ExportProject, 'directory'>,
  group: ItemPairs,
  { systemOf, tracePair, withDrafts }: ItemOptions,
): Generator<Conversation> {
  const [{ itemSourceId: item, media, missing, context, split }] = group
  const span = spanOf(context)
  const shared = {
    item,
    split,
    media: media.map((each) => toSource(directory, each, span)),
    missing: missing.map(({ name }) => name),
    boxes: context.boxes ?? [],
    source: sourceOf(context),
  }
  let isFirst = true
  // A pair that a person wrote and then withdrew is not a bad answer of a model.
  const decided = group.filter(({ candidate: { author, state } }) => author === null || state !== 'rejected')
  const toTraced = (pair: ApprovedPair) => toPair(pair, tracePair)
  const drafts = withDrafts ? { rejected: decided.filter(isWorseDraft).map(toTraced) } : {}
  const turns = withDrafts ? decided.filter(({ candidate: { state } }) => state !== 'rejected') : decided
  for (const conversation of conversationsOf(turns)) {
    yield { ...shared, system: systemOf(conversation), isFirst, pairs: conversation.map(toTraced), ...drafts }
    isFirst = false
  }
}

/**
 * Returns whether a pair is a worse draft: a duplicate is not worse than the pair it repeats, and a later turn depends on more than its
 * question.
 */
const isWorseDraft = ({ candidate: { state, reason, turn } }: ApprovedPair) =>
  state === 'rejected' && reason !== 'duplicate' && (turn ?? 0) === 0

/** Groups pairs by conversation. A pair outside of conversations becomes a conversation of one turn, at its own position. */
function conversationsOf(group: readonly ApprovedPair[]): Iterable<readonly ApprovedPair[]> {
  const keyOf = ({ candidate: { id, conversation, conversationCallId } }: ApprovedPair) =>
    conversation === null ? `pair ${id}` : `${conversationCallId}:${conversation}`
  return Map.groupBy(group, keyOf).values()
}

function toSource(directory: string, media: Media, { startMs, endMs }: ReturnType<typeof spanOf>): SourceMedia {
  const span = media.kind === 'video' && startMs !== undefined && endMs !== undefined ? { startMs, endMs } : null
  const { kind, fileName, sha256, width, height, problem, storedName } = media
  return {
    ...{ kind, storedName, fileName: fileName.split(/[\\/]/).at(-1) ?? fileName, sha256, width, height, problem, span },
    path: () => mediaPath(directory, storedName),
    frames: async (count, signal) =>
      (await ensureFrames({ directory }, media, { kind: 'even', count }, { ...span, signal, orElsewhere: true })).files,
  }
}

function toPair(pair: ApprovedPair, tracePair: TracePair): SourcePair {
  const { id, state, instruction, response, rationale, draft, reason } = pair.candidate
  return {
    ...{ candidateId: id, instruction, response, draft, reason, decidedAt: pair.decision.decidedAt, isDemo: isDemo(pair) },
    state: state === 'edited' || state === 'rejected' ? state : 'accepted',
    reasoning: rationale,
    ...tracePair(pair),
  }
}
