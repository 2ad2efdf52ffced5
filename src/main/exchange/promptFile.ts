import { jsonrepair } from 'jsonrepair'
import { z } from 'zod'
import type { LintFinding } from '../../shared/contract'
import type { FileExemplar, PromptText } from '../../shared/domain'
import { findJsonFault } from './import/jsonFault'
import { formatAssistantTurn, readAssistantTurn } from './promptFileTurn'

/** A Syphus prompt file as read: what of it can be used, and what is wrong with it. */
export interface PromptFile {
  /** null: the file cannot be used at all */
  readonly text: PromptText | null
  /** those that can be used as they stand; with `repair`, also those that could be put right */
  readonly exemplars: readonly FileExemplar[]
  readonly findings: readonly LintFinding[]
  /** the whole file put right; null where nothing was asked for, or nothing can be done */
  readonly repaired: string | null
}

const fileSchema = z.looseObject({ system_message: z.unknown().optional(), in_context: z.unknown().optional() })
const turnSchema = z.looseObject({ role: z.string(), content: z.unknown() })

/**
 * Reads the prompt file of Syphus (Luodian/Otter, mimic-it/syphus): `system_message`, and `in_context` with user turns (annotation) and
 * assistant turns (pairs: lines `Key: text`, or a list of objects). Names identical exemplars, missing turns, assistant turns that hold no
 * pairs, and invalid JSON with its place.
 * @param base its template and output form go with the message, since a prompt file has none
 * @param options.repair also gives the file put right, and reads what could be put right
 */
export function readPromptFile(content: string, base: PromptText, { repair = false }: { repair?: boolean } = {}): PromptFile {
  const { value, finding } = readJson(content.replace(/^\uFEFF/, ''), repair)
  const findings: LintFinding[] = finding ? [finding] : []
  const file = fileSchema.safeParse(value)
  if (!file.success || Array.isArray(value)) {
    if (!finding) findings.push(noMessage('The file is not an object with “system_message” and “in_context”.', null))
    return { text: null, exemplars: [], findings, repaired: null }
  }
  const message = systemMessageOf(file.data.system_message)
  if (message === null) findings.push(noMessage('There is no “system_message”.', 'Keep the system message of the project.'))
  const exemplars = readTurns(file.data.in_context, findings, repair)
  const text = { ...base, systemMessage: message ?? base.systemMessage }
  return { text, exemplars, findings, repaired: repair ? formatPromptFile(text.systemMessage, exemplars) : null }
}

/** The text of a prompt file. Pairs stand as objects, so that answers with colons and new lines come back as they were. */
export function formatPromptFile(systemMessage: string, exemplars: readonly FileExemplar[]): string {
  const in_context = exemplars.flatMap(({ annotation, pairs }) => [
    { role: 'user', content: annotation },
    { role: 'assistant', content: formatAssistantTurn(pairs) },
  ])
  return `${JSON.stringify({ system_message: systemMessage, in_context }, null, 2)}\n`
}

const noMessage = (message: string, repair: string | null): LintFinding => ({ kind: 'no-system-message', at: null, message, repair })

function readJson(content: string, repair: boolean): { value: unknown; finding: LintFinding | null } {
  try {
    return { value: JSON.parse(content), finding: null }
  } catch {
    const fault = findJsonFault(content)
    const fixed = tryRepair(content)
    const finding: LintFinding = {
      kind: 'invalid-json',
      at: fault?.line ?? null,
      message: `Not valid JSON${fault ? ` at line ${fault.line}, column ${fault.column}: ${fault.reason}` : ''}.`,
      repair: fixed === undefined ? null : 'Correct the punctuation.',
    }
    return { value: repair ? fixed : undefined, finding }
  }
}

/** Only what then is an object of this form counts: nearly any text can be made JSON of some kind. */
function tryRepair(content: string): unknown {
  try {
    const value: unknown = JSON.parse(jsonrepair(content))
    return fileSchema.safeParse(value).success && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Some published files hold a list of turns, or of lines. */
function systemMessageOf(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value
  if (Array.isArray(value) && value.length > 0 && value.every((line) => typeof line === 'string')) return value.join('\n')
  return null
}

/** Turns that belong together: what people see of one item, and what an assistant said about it. */
interface Draft {
  readonly at: number
  readonly annotation: string
  readonly pairs: FileExemplar['pairs']
}

function readTurns(value: unknown, findings: LintFinding[], repair: boolean): FileExemplar[] {
  const add = (kind: LintFinding['kind'], at: number, message: string, remedy: string) =>
    findings.push({ kind, at, message, repair: remedy })
  const turns: readonly unknown[] = Array.isArray(value) ? value : []
  const drafts: Draft[] = []
  let annotation: { readonly at: number; readonly text: string } | null = null
  const closeUser = () => {
    if (annotation) add('unparsable-assistant-turn', annotation.at, 'No assistant turn follows this user turn.', 'Leave the user turn out.')
  }
  for (const [at, raw] of turns.entries()) {
    const turn = turnSchema.safeParse(raw)
    if (turn.success && turn.data.role === 'user') {
      closeUser()
      annotation = { at, text: textOf(turn.data.content) }
      continue
    }
    if (!turn.success || turn.data.role !== 'assistant') {
      add('unparsable-assistant-turn', at, 'This turn has neither the role user nor assistant.', 'Leave the turn out.')
      continue
    }
    const { pairs, complete } = readAssistantTurn(turn.data.content)
    if (!complete)
      add(
        'unparsable-assistant-turn',
        at,
        pairs.length > 0 ? 'Not every part of this assistant turn is a pair.' : 'No pair can be read from this assistant turn.',
        pairs.length > 0 ? 'Keep the pairs that can be read.' : 'Leave the example out.',
      )
    const usable = complete || repair ? pairs : []
    const last = drafts.at(-1)
    if (annotation) drafts.push({ at, annotation: annotation.text, pairs: usable })
    else {
      add(
        'missing-user-turn',
        at,
        'No user turn stands before this assistant turn.',
        last ? 'Join it to the example before.' : 'Leave the turn out.',
      )
      if (repair && last) drafts.splice(-1, 1, { ...last, pairs: [...last.pairs, ...usable] })
    }
    annotation = null
  }
  closeUser()
  return withoutRepeats(drafts, add, repair)
}

function withoutRepeats(
  drafts: readonly Draft[],
  add: (kind: LintFinding['kind'], at: number, message: string, remedy: string) => void,
  repair: boolean,
): FileExemplar[] {
  const seen = new Map<string, number>()
  return drafts.flatMap(({ at, annotation, pairs }) => {
    if (pairs.length === 0) return []
    const key = JSON.stringify([annotation.trim(), pairs])
    const before = seen.get(key)
    if (before === undefined) seen.set(key, at)
    else add('identical-exemplars', at, `This example is identical to the one at turn ${before}.`, 'Leave the second one out.')
    return before !== undefined && repair ? [] : [{ annotation, pairs }]
  })
}

/** An annotation that is not text is shown as JSON, rather than lost. */
function textOf(content: unknown): string {
  return typeof content === 'string' ? content : JSON.stringify(content ?? '')
}
