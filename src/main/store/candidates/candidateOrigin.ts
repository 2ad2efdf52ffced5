import { publicAddress, sourceOf, type Candidate, type CandidateOrigin } from '../../../shared/domain'
import { readItems } from '../library/items'
import { getPromptVersion } from '../project/prompts'
import { requireRun } from '../runs/runs'
import { readUnusedFields } from '../runs/unusedFields'
import type { ReadableDb } from '../sql/types'
import { readTraces } from './traces'

/** Reads where a pair comes from, including the reply that it was parsed from. */
export function readOrigin(db: ReadableDb, candidate: Candidate): CandidateOrigin {
  const { id, itemId, callId, runId, provider, model, promptVersionId } = candidate
  const item = readItems(db, [itemId]).get(itemId)
  const reply = readTraces(db, [{ id, callId }]).get(id)?.reply ?? null
  const version = promptVersionId === null ? undefined : getPromptVersion(db, promptVersionId)
  return {
    media: (item?.media ?? []).map(({ fileName, kind, sha256 }) => ({ fileName, kind, sha256 })),
    source: item ? sourceOf(item.context) : null,
    call:
      reply === null || runId === null || provider === null || model === null
        ? null
        : {
            ...{ id: reply.call, runId, provider, model, calledAt: reply.calledAt, replyHash: reply.sha256, reply: reply.text },
            unusedFields: readUnusedFields(db, reply.call),
            server: publicAddress(requireRun(db, runId).settings.provider),
            promptVersion: version ? { id: version.id, name: version.name ?? null } : null,
          },
  }
}
