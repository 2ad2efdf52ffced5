import { message } from '../../../shared/messages/message'
import { Problem } from '../../../shared/problem'
import type { PromptText, SideName } from '../../../shared/domain'
import { requireComparison } from '../../store/comparisons/comparisons'
import { requireSentPrompt } from '../../store/comparisons/trialReplies'
import { listPromptVersions, savePromptVersion } from '../../store/project/prompts'
import { finishCall, startCall } from '../../store/runs/calls'
import { createRun, endRun } from '../../store/runs/runs'
import { releaseLease } from '../../store/runs/lease'
import { write } from '../../store/sql/transaction'
import type { WritableDb } from '../../store/sql/types'

/**
 * Creates candidates from the pairs of one side of a comparison: a finished run of its prompt version, with its calls as they were sent. A
 * text that was not saved becomes a version.
 * @throws Problem wrong-use if the side has no pairs
 */
export function keepSide(db: WritableDb, id: number, side: SideName): { runId: number; pairs: number } {
  return write(db, () => {
    const comparison = requireComparison(db, id, '')
    const answered = comparison.items.flatMap((item) => {
      const reply = item[side]
      return reply && reply.pairs.length > 0 ? [{ itemId: item.itemId, reply }] : []
    })
    if (answered.length === 0) throw new Problem('wrong-use', message('compare.noPairsToKeep'), message('compare.finishFirst'))
    const promptVersionId = comparison[side].versionId ?? versionOf(db, comparison[side])
    const { id: runId } = createRun(db, { promptVersionId, settings: comparison.settings, itemIds: answered.map(({ itemId }) => itemId) })
    let pairs = 0
    for (const { itemId, reply } of answered) {
      const sent = requireSentPrompt(db, { comparisonId: id, itemId, side })
      const callId = startCall(db, { runId, itemId, attempt: 1, messages: sent.messages, exemplarIds: sent.exemplarIds })
      const { promptTokens, completionTokens } = reply
      const result = {
        reply: reply.reply ?? '',
        promptTokens: promptTokens ?? 0,
        completionTokens: completionTokens ?? 0,
        pairs: reply.pairs,
        unusedFields: reply.unusedFields,
      }
      pairs += finishCall(db, callId, result).length
    }
    endRun(db, runId, 'finished')
    releaseLease(db, runId)
    return { runId, pairs }
  })
}

function versionOf(db: WritableDb, { outputForm, systemMessage, contextTemplate }: PromptText): number {
  const text = { outputForm, systemMessage, contextTemplate }
  const isSame = (one: PromptText) =>
    one.systemMessage === systemMessage && one.contextTemplate === contextTemplate && one.outputForm === outputForm
  return (listPromptVersions(db).find(isSame) ?? savePromptVersion(db, text)).id
}
