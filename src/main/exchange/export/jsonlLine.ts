import type { Media, ProviderSettings } from '../../../shared/domain'
import type { ApprovedPair } from '../../store/approved'
import { isDemo } from './setSummary'

/**
 * One line of the plain JSONL export: a pair and all that it came from. `exemplars` are ids of candidates, `prompt.fileExemplars` the examples
 * of a prompt file that stood before them. What a person wrote has an author, and no model, prompt and run. Times are ISO 8601, UTC.
 */
export function toJsonlLine(pair: ApprovedPair) {
  const { candidate, run, promptVersion, decision } = pair
  return {
    id: candidate.id,
    item: pair.itemSourceId,
    media: pair.media.map(toMediaReference),
    context: pair.context,
    instruction: candidate.instruction,
    response: candidate.response,
    kind: candidate.kind,
    conversation: candidate.conversation,
    conversationCall: candidate.conversation === null ? null : candidate.conversationCallId,
    turn: candidate.turn,
    rationale: candidate.rationale,
    state: candidate.state,
    draft: candidate.draft,
    origin: candidate.author === null ? 'model' : 'human',
    author: candidate.author,
    splitFrom: candidate.splitFrom,
    provider: candidate.provider,
    model: candidate.model,
    demo: isDemo(pair),
    prompt: promptVersion && {
      version: promptVersion.id,
      outputForm: promptVersion.outputForm,
      systemMessage: promptVersion.systemMessage,
      contextTemplate: promptVersion.contextTemplate,
      fileExemplars: pair.fileExemplars,
    },
    run: run && {
      id: run.id,
      settings: { ...run.settings, provider: { ...run.settings.provider, baseUrl: publicAddress(run.settings.provider) } },
      createdAt: new Date(run.createdAt).toISOString(),
    },
    exemplars: pair.exemplarIds,
    decision: {
      verdict: decision.verdict,
      reviewer: decision.reviewer,
      decidedAt: new Date(decision.decidedAt).toISOString(),
      seconds: decision.seconds,
    },
  }
}

/** JSON on one line, also for readers to whom U+0085, U+2028 and U+2029 end a line. */
export function oneLine(value: unknown): string {
  return JSON.stringify(value).replace(/[\u0085\u2028\u2029]/g, (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** `name` is the last part of what it was imported under: folders of the machine stay out. */
function toMediaReference({ storedName, fileName, sha256, mime, width, height }: Media) {
  return { file: `media/${storedName}`, name: fileName.split(/[\\/]/).at(-1) ?? fileName, sha256, mime, width, height }
}

/** The address without name, password, query and fragment, any of which may hold a key. */
export function publicAddress({ baseUrl }: Pick<ProviderSettings, 'baseUrl'>): string {
  const url = new URL(baseUrl)
  url.username = ''
  url.password = ''
  url.search = ''
  url.hash = ''
  return url.href
}
