import type { Media, ProviderSettings } from '../../../../shared/domain'
import type { ApprovedPair } from '../../../store/candidates/approved'
import { isDemo } from '../setSummary'

/**
 * Writes lines of the plain JSONL export: a pair and all that it came from. `exemplars` are ids of candidates, `prompt.fileExemplars` the
 * examples of a prompt file that stood before them. What a person wrote has an author, and no model, prompt and run. Times are ISO 8601, UTC.
 * Most of a line is its prompt and its run, which thousands of pairs share: those are put into JSON once.
 */
export function createLineWriter(): (pair: ApprovedPair) => string {
  const known = new Map<object, string>()
  const once = (shared: object | null, write: () => unknown): string => {
    if (shared === null) return 'null'
    let text = known.get(shared)
    if (text === undefined) known.set(shared, (text = oneLine(write())))
    return text
  }
  return (pair) => {
    const prompt = once(pair.promptVersion, () => promptOf(pair))
    const run = once(pair.run, () => runOf(pair))
    return `${oneLine(textOf(pair)).slice(0, -1)},"prompt":${prompt},"run":${run},${oneLine(decisionOf(pair)).slice(1)}`
  }
}

const textOf = ({ candidate, itemSourceId, media, context }: ApprovedPair) => ({
  id: candidate.id,
  item: itemSourceId,
  media: media.map(toMediaReference),
  context,
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
  demo: isDemo({ candidate }),
})

const promptOf = ({ promptVersion, fileExemplars }: ApprovedPair) =>
  promptVersion && {
    version: promptVersion.id,
    outputForm: promptVersion.outputForm,
    systemMessage: promptVersion.systemMessage,
    contextTemplate: promptVersion.contextTemplate,
    fileExemplars,
  }

const runOf = ({ run }: ApprovedPair) =>
  run && {
    id: run.id,
    settings: { ...run.settings, provider: { ...run.settings.provider, baseUrl: publicAddress(run.settings.provider) } },
    createdAt: new Date(run.createdAt).toISOString(),
  }

const decisionOf = ({ exemplarIds, decision }: ApprovedPair) => ({
  exemplars: exemplarIds,
  decision: {
    verdict: decision.verdict,
    reviewer: decision.reviewer,
    decidedAt: new Date(decision.decidedAt).toISOString(),
    seconds: decision.seconds,
  },
})

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
