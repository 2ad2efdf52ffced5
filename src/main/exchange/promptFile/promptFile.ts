import { jsonrepair } from 'jsonrepair'
import { z } from 'zod'
import { cleanValue } from '../../../shared/text/cleanText'
import type { LintFinding } from '../../../shared/contract'
import type { FileExemplar, PromptText } from '../../../shared/domain'
import { message, type Message } from '../../../shared/messages/message'
import { findJson } from '../../generation/reply/findJson'
import { findJsonFault } from '../import/json/jsonFault'
import { formatAssistantTurn, readAssistantTurn } from './promptFileTurn'

/** A parsed Syphus prompt file: its usable content and its problems. */
export interface PromptFile {
  /** Prompt text; null if the file cannot be used at all. */
  readonly text: PromptText | null
  /** Exemplars that can be used unchanged; with `repair`, also those that could be repaired. */
  readonly exemplars: readonly FileExemplar[]
  readonly findings: readonly LintFinding[]
  /** The whole repaired file; null if repair was not requested or is not possible. */
  readonly repaired: string | null
}

const fileSchema = z.looseObject({ system_message: z.unknown().optional(), in_context: z.unknown().optional() })
const turnSchema = z.looseObject({ role: z.string(), content: z.unknown().optional() })

/**
 * Reads a prompt file of Syphus (Luodian/Otter, mimic-it/syphus): `system_message`, and `in_context` with user turns (annotation) and
 * assistant turns (pairs: lines `Key: text`, or a list of objects). Reports identical exemplars, missing and empty turns, assistant turns
 * without pairs, and the position of invalid JSON. A file that is truncated, or has neither a message nor examples, cannot be used.
 * @param base provides the template and the output form, which a prompt file does not contain
 * @param options.repair also returns the repaired file, and reads what could be repaired
 */
export function readPromptFile(content: string, base: PromptText, { repair = false }: { repair?: boolean } = {}): PromptFile {
  const { value, finding } = readJson(content.replace(/^\uFEFF/, ''), repair)
  const findings: LintFinding[] = finding ? [finding] : []
  const file = fileSchema.safeParse(value)
  if (!file.success || Array.isArray(value)) {
    if (!finding) findings.push(noMessage(message('promptFile.notObject'), null))
    return { text: null, exemplars: [], findings, repaired: null }
  }
  const systemMessage = systemMessageOf(file.data.system_message)
  const { in_context: turns } = file.data
  const inTurns: LintFinding[] = []
  const exemplars = readTurns(turns, { findings: inTurns, repair })
  if (systemMessage === null && readTurns(turns, { findings: [], repair: true }).length === 0) {
    findings.push(noMessage(message('promptFile.nothingUsable'), null))
    return { text: null, exemplars: [], findings: Array.isArray(turns) ? [...findings, ...inTurns] : findings, repaired: null }
  }
  if (systemMessage === null) findings.push(noMessage(message('promptFile.noSystemMessage'), message('promptFile.keepSystemMessage')))
  findings.push(...inTurns)
  const text = { ...base, systemMessage: systemMessage ?? base.systemMessage }
  return { text, exemplars, findings, repaired: repair ? formatPromptFile(text.systemMessage, exemplars) : null }
}

/** Formats a prompt file. Pairs are written as objects, so that answers with colons and line breaks are read back unchanged. */
export function formatPromptFile(systemMessage: string, exemplars: readonly FileExemplar[]): string {
  const in_context = exemplars.flatMap(({ annotation, pairs }) => [
    { role: 'user', content: annotation },
    { role: 'assistant', content: formatAssistantTurn(pairs) },
  ])
  return `${JSON.stringify({ system_message: systemMessage, in_context }, null, 2)}\n`
}

const noMessage = (fault: Message, repair: Message | null): LintFinding => ({
  kind: 'no-system-message',
  at: null,
  message: fault,
  repair,
})

function readJson(content: string, repair: boolean): { value: unknown; finding: LintFinding | null } {
  try {
    return { value: cleanValue(JSON.parse(content)), finding: null }
  } catch {
    const fault = findJsonFault(content)
    const unfinished = findJson(content).fault?.kind === 'unclosed'
    const place = fault ? message('promptFile.atLineColumn', { line: fault.line, column: fault.column, reason: fault.reason }) : ''
    const end = unfinished ? message('promptFile.endsInMiddle') : ''
    const fixed = unfinished ? undefined : tryRepair(content)
    const finding: LintFinding = {
      kind: 'invalid-json',
      at: fault?.line ?? null,
      message: message('promptFile.notValidJson', { place, end }),
      repair: fixed === undefined ? null : message('promptFile.correctPunctuation'),
    }
    return { value: repair ? cleanValue(fixed) : undefined, finding }
  }
}

/** Accepts only a repair that results in an object of this form: nearly any text can be turned into some JSON. */
function tryRepair(content: string): unknown {
  try {
    const value: unknown = JSON.parse(jsonrepair(content))
    return fileSchema.safeParse(value).success && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Returns the system message. Some published files contain a list of turns or lines. */
function systemMessageOf(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value
  if (Array.isArray(value) && value.length > 0 && value.every((line) => typeof line === 'string')) return value.join('\n')
  return null
}

/** A user turn with the annotation of one item, and the pairs of its assistant turn. */
interface Draft {
  readonly at: number
  readonly annotation: string
  readonly pairs: FileExemplar['pairs']
}

type AddFinding = (kind: LintFinding['kind'], at: number | null, message: Message, remedy: Message) => void

function readTurns(value: unknown, { findings, repair }: { findings: LintFinding[]; repair: boolean }): FileExemplar[] {
  const add: AddFinding = (kind, at, fault, remedy) => void findings.push({ kind, at, message: fault, repair: remedy })
  const turns: readonly unknown[] = Array.isArray(value) ? value : []
  if (!Array.isArray(value)) add('no-in-context', null, message('promptFile.noExamples'), message('promptFile.takeMessageOnly'))
  const drafts: Draft[] = []
  /** User turn that waits for its assistant turn; its text is null if it is empty. */
  let user: { readonly at: number; readonly text: string | null } | null = null
  /** Whether an assistant turn without a user turn continues the previous example; false if another turn is between them. */
  let goesOn = false
  const closeUser = () => {
    if (typeof user?.text === 'string')
      add('unparsable-assistant-turn', user.at, message('promptFile.noAssistantTurn'), message('promptFile.leaveUserTurnOut'))
  }
  for (const [at, raw] of turns.entries()) {
    const turn = turnSchema.safeParse(raw)
    if (turn.success && turn.data.role === 'user') {
      closeUser()
      user = { at, text: textOf(turn.data.content) }
      if (user.text === null) add('missing-user-turn', at, message('promptFile.emptyUserTurn'), message('promptFile.leaveExampleOut'))
      continue
    }
    if (!turn.success || turn.data.role !== 'assistant') {
      add('unparsable-assistant-turn', at, message('promptFile.unknownRole'), message('promptFile.leaveTurnOut'))
      goesOn = false
      continue
    }
    const { pairs, complete } = readAssistantTurn(turn.data.content)
    if (!complete)
      add(
        'unparsable-assistant-turn',
        at,
        pairs.length > 0 ? message('promptFile.notAllPairs') : message('promptFile.noPair'),
        pairs.length > 0 ? message('promptFile.keepPairs') : message('promptFile.leaveExampleOut'),
      )
    const usable = complete || repair ? pairs : []
    if (user === null) {
      const last = goesOn ? drafts.at(-1) : undefined
      const remedy = last ? message('promptFile.joinToPrevious') : message('promptFile.leaveTurnOut')
      add('missing-user-turn', at, message('promptFile.noUserTurn'), remedy)
      if (repair && last) drafts.splice(-1, 1, { ...last, pairs: [...last.pairs, ...usable] })
    } else {
      if (user.text !== null) drafts.push({ at, annotation: user.text, pairs: usable })
      goesOn = user.text !== null
    }
    user = null
  }
  closeUser()
  return withoutRepeats(drafts, add, repair)
}

function withoutRepeats(drafts: readonly Draft[], add: AddFinding, repair: boolean): FileExemplar[] {
  const seen = new Map<string, number>()
  return drafts.flatMap(({ at, annotation, pairs }) => {
    if (pairs.length === 0) return []
    const key = JSON.stringify([annotation.trim(), pairs])
    const before = seen.get(key)
    if (before === undefined) seen.set(key, at)
    else add('identical-exemplars', at, message('promptFile.identicalExample', { turn: before }), message('promptFile.leaveSecondOut'))
    return before !== undefined && repair ? [] : [{ annotation, pairs }]
  })
}

/** Returns the text of a turn; null if it is empty. An annotation that is not text is converted to JSON, so that it is not lost. */
function textOf(content: unknown): string | null {
  if (typeof content === 'string') return content.trim() === '' ? null : content
  if (content === undefined || content === null) return null
  return Object.keys(content).length === 0 && typeof content === 'object' ? null : JSON.stringify(content)
}
