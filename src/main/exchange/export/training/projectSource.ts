import type { Media, TrainingKind } from '../../../../shared/domain'
import { mediaPath } from '../../../media/mediaPath'
import { ensureFrames } from '../../../media/video/frames'
import { spanOf } from '../../../media/video/frames'
import type { ApprovedPair } from '../../../store/candidates/approved'
import type { ExportProject } from '../exportJob'
import type { PairSource } from '../pairSource'
import { publicAddress } from '../jsonl/jsonl'
import { groupByItem } from '../exportJob'
import { isDemo } from '../exportJob'
import type { Conversation, SourceMedia, SourcePair } from './records'

/**
 * Reads the decided pairs of a project, or of one of its snapshots, by conversation: approved ones, and for `kto` rejected ones too, which are its negative examples.
 * @param system what stands before each conversation; null = nothing
 */
export async function* readConversations(
  project: Pick<ExportProject, 'directory'>,
  { kind, system, source }: { readonly kind: TrainingKind; readonly system: string | null; readonly source: PairSource },
): AsyncGenerator<Conversation> {
  const pairs = source.list({ withRejected: kind === 'kto' })
  for (const group of groupByItem(pairs)) {
    const [{ itemSourceId: item, media, missing, context, split }] = group
    const span = spanOf(context)
    const shared = {
      item,
      split,
      system,
      media: media.map((each) => toSource(project.directory, each, span)),
      missing: missing.map(({ name }) => name),
      boxes: context.boxes ?? [],
    }
    let isFirst = true
    // What a person wrote and took back is no bad answer of a model.
    const decided = group.filter(({ candidate: { author, state } }) => author === null || state !== 'rejected')
    for (const conversation of conversationsOf(decided)) {
      yield { ...shared, isFirst, pairs: conversation.map(toPair) }
      isFirst = false
    }
  }
}

/** Pairs outside of conversations are conversations of one turn, in the place where they stand. */
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

function toPair(pair: ApprovedPair): SourcePair {
  const { candidate, run, promptVersion, exemplarIds, decision } = pair
  const { id, state, instruction, response, rationale, draft, reason, provider, model, author } = candidate
  return {
    ...{ candidateId: id, instruction, response, draft, reason, decidedAt: decision.decidedAt, isDemo: isDemo(pair) },
    state: state === 'edited' || state === 'rejected' ? state : 'accepted',
    reasoning: rationale,
    provenance: {
      ...{ candidate: id, state, author, provider, model, demo: isDemo(pair) },
      server: run && publicAddress(run.settings.provider),
      ...{ run: run?.id ?? null, promptVersion: promptVersion?.id ?? null, exemplars: exemplarIds },
      ...{ reviewer: decision.reviewer, verdict: decision.verdict, decidedAt: decision.decidedAt },
    },
  }
}
