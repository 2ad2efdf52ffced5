import { publicAddress } from '../../../../shared/domain'
import type { ApprovedPair } from '../../../store/candidates/approved'
import type { PairTrace } from '../../../store/candidates/traces'
import { isDemo } from '../exportJob'
import type { SourcePair } from './records'

/** Converts the second reviews of a pair to the form used in exports. Times are ISO 8601, UTC. */
export const describeSecondReviews = (reviews: PairTrace['secondReviews']) =>
  reviews.map(({ outcome, verdict, reviewer, reason, instruction, response, decidedAt }) => ({
    ...{ outcome, verdict, reviewer, at: new Date(decidedAt).toISOString() },
    ...(reason === null ? {} : { reason }),
    ...(verdict === 'edit' ? { instruction, response } : {}),
  }))

interface TracerOptions {
  /** Whether the provenance includes the text of replies. */
  readonly rawReplies: boolean
  /** Numbers of attention checks that reviewers caught and missed, by reviewer name. */
  readonly checks: ReadonlyMap<string, { readonly caught: number; readonly missed: number }>
}

/** Returns the provenance of a pair for the side file, and the part that a card counts. */
export type TracePair = (pair: ApprovedPair) => Pick<SourcePair, 'provenance' | 'origin'>

const toTime = (milliseconds: number) => new Date(milliseconds).toISOString()

const noTrace: PairTrace = { reply: null, steps: [], secondReviews: [], language: null }

/** Creates a function that describes the provenance of pairs whose traces were read. Times are ISO 8601, UTC. */
export function createPairTracer(traces: ReadonlyMap<number, PairTrace>, { rawReplies, checks }: TracerOptions): TracePair {
  return (pair) => {
    const { candidate, run, promptVersion, exemplarIds, decision } = pair
    const { id, state, provider, model, author, importedFrom } = candidate
    const { reply, steps, secondReviews, language } = traces.get(id) ?? noTrace
    const seconds = secondReviews.map(({ reviewer }) => reviewer)
    const reviewers = [...new Set([...steps.map(({ reviewer }) => reviewer), ...seconds])]
    return {
      origin: {
        ...{ author, model, language, reviewers: [...new Set([decision.reviewer, ...seconds])] },
        promptVersion: promptVersion && { id: promptVersion.id, name: promptVersion.name ?? null },
      },
      provenance: {
        ...{ candidate: id, state, author, importedFrom, provider, model, demo: isDemo(pair) },
        // The demo generator contacts no server.
        server: run && provider !== 'demo' ? publicAddress(run.settings.provider) : null,
        ...{ run: run?.id ?? null, promptVersion: promptVersion?.id ?? null, exemplars: exemplarIds },
        fileExemplars: pair.fileExemplars.length,
        reply: reply && {
          ...{ call: reply.call, attempt: reply.attempt, calledAt: toTime(reply.calledAt), sha256: reply.sha256 },
          ...{ promptTokens: reply.promptTokens, completionTokens: reply.completionTokens },
          ...(rawReplies ? { text: reply.text } : {}),
        },
        language,
        ...{ reviewer: decision.reviewer, verdict: decision.verdict, decidedAt: decision.decidedAt },
        draft: candidate.draft,
        history: steps.map(({ kind, verdict, reason, reviewer, instruction, response, seconds: spent, guidelineVersion, decidedAt }) => ({
          ...{ kind, verdict, reviewer, at: toTime(decidedAt), seconds: spent, guidelines: guidelineVersion },
          ...(reason === null ? {} : { reason }),
          ...(instruction === null || response === null ? {} : { instruction, response }),
        })),
        secondReviews: describeSecondReviews(secondReviews),
        attentionChecks: Object.fromEntries(reviewers.flatMap((name) => (checks.has(name) ? [[name, checks.get(name)]] : []))),
      },
    }
  }
}
