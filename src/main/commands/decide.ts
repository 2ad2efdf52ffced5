import fs from 'node:fs'
import { addAbortSignal } from 'node:stream'
import { z } from 'zod'
import { isCleanValue, textSchema } from '../../shared/text/cleanText'
import { idSchema, pairSchema, verdictSchema } from '../../shared/domain'
import { messageOf, Problem, toProblem } from '../../shared/problem'
import { message } from '../../shared/messages/message'
import { toEnglish } from '../../shared/messages/translate'
import { decodeUtf8 } from '../exchange/import/text/textEncoding'
import { findRepeatedKey } from '../exchange/repeatedKeys'
import type { Project } from '../project/project'
import { requireCandidate } from '../store/candidates/candidates'
import { storeVerdict } from '../store/quality/secondReviews'
import { write } from '../store/sql/transaction'
import { count, exitCode, type ExitCode, printNote, reportFailure, resolveIn, type Terminal, withProject } from './terminal'

const lineSchema = z.strictObject({
  candidate: idSchema,
  verdict: verdictSchema,
  instruction: pairSchema.shape.instruction.optional(),
  response: pairSchema.shape.response.optional(),
  reason: textSchema.trim().min(1).optional(),
  reviewer: textSchema.trim().min(1),
})

/**
 * Stores the decision of a line. @returns true if its texts were stored unchanged. @throws Problem or ZodError that describes the error in
 * the line
 */
function decideLine(project: Project, text: string | null): boolean {
  if (text === null) throw new Problem('wrong-use', message('import.lineNotUtf8'), message('import.saveAsUtf8'))
  const value: unknown = JSON.parse(text)
  const repeated = findRepeatedKey(text, value)
  if (repeated !== null) throw new Problem('wrong-use', message('command.repeatedKey', { key: repeated }), message('command.keepOne'))
  const { candidate: candidateId, instruction, response, ...line } = lineSchema.parse(value)
  const hasText = instruction !== undefined || response !== undefined
  if (line.verdict === 'edit' && !hasText) throw new Problem('wrong-use', message('command.editNeedsText'), message('command.addText'))
  if (line.verdict !== 'edit' && hasText)
    throw new Problem('wrong-use', message('command.verdictTakesNoText', { verdict: line.verdict }), message('command.useEdit'))
  const current = hasText ? requireCandidate(project.db, candidateId) : undefined
  const pair = current && { instruction: instruction ?? current.instruction, response: response ?? current.response }
  storeVerdict(project.db, { candidateId, verdict: line.verdict, reviewer: line.reviewer, reason: line.reason, pair })
  return isCleanValue(value)
}

function explain(error: unknown): string {
  const correct = `→ ${toEnglish(message('command.correctLine'))}`
  if (error instanceof z.ZodError)
    return `${error.issues.map((issue) => `${issue.path.join('.') || 'line'}: ${issue.message}`).join('; ')} ${correct}`
  if (error instanceof SyntaxError) return `${toEnglish(message('command.notJson', { reason: messageOf(error) }))} ${correct}`
  const problem = toProblem(error)
  return `${problem.message} → ${problem.remedy}`
}

interface GivenLine {
  /** 1-based */
  readonly number: number
  /** null if it is not UTF-8 */
  readonly text: string | null
}

/** Maximum number of lines per transaction: a separate disk write for each line would take a second per thousand lines. */
const maxLinesAtOnce = 2000

/**
 * Yields lines in the groups in which they are received, so that a program that sends one line at a time has each stored before the next
 * is read.
 */
async function* readLineGroups(input: AsyncIterable<Buffer>): AsyncGenerator<readonly GivenLine[], void, undefined> {
  let rest = ''
  let number = 0
  const toLines = (texts: readonly string[]) =>
    texts
      .map((bytes) => ({ number: ++number, text: decodeUtf8(Buffer.from(bytes, 'latin1'))?.trim() ?? null }))
      .filter(({ text }) => text !== '')
  for await (const chunk of input) {
    // One character per byte; a CR at the end may be the first half of CRLF.
    const parts = (rest + chunk.toString('latin1')).split(/\r\n|\n|\r(?!$)/)
    rest = parts.pop() ?? ''
    const lines = toLines(parts)
    for (let from = 0; from < lines.length; from += maxLinesAtOnce) yield lines.slice(from, from + maxLinesAtOnce)
  }
  const last = toLines([rest])
  if (last.length > 0) yield last
}

/** Returns true if the project is not writable, so that later lines would fail too. */
function isFatal(error: unknown): boolean {
  return ['disk-full', 'read-only', 'damaged-project', 'unreadable-project'].includes(toProblem(error).code)
}

/** A line that failed, or (`error` is null) whose texts had to be cleaned. */
interface ToldLine {
  readonly number: number
  readonly error: unknown
}

/** Stores lines in one durable transaction. @returns lines with an error or a note; all others are stored unchanged */
function decideGroup(project: Project, lines: readonly GivenLine[]): ToldLine[] {
  try {
    return write(project.db, () =>
      lines.flatMap(({ number, text }): ToldLine[] => {
        try {
          return decideLine(project, text) ? [] : [{ number, error: null }]
        } catch (error) {
          if (isFatal(error)) throw error
          return [{ number, error }]
        }
      }),
    )
  } catch (error) {
    if (isFatal(error)) throw error
    return lines.map(({ number }) => ({ number, error }))
  }
}

/**
 * Stores valid lines and reports invalid ones. Lines received together are stored together, and each group is durable before the next is
 * read: reported decisions stay stored, even if the program is killed.
 */
export function decideCommand(terminal: Terminal, given: string, options: { file: string }): Promise<ExitCode> {
  const file = options.file === '-' ? null : resolveIn(terminal, options.file)
  if (file !== null && !fs.existsSync(file))
    throw new Problem('not-found', message('command.fileMissing', { file }), message('command.checkFilePath'), { item: file })
  if (file !== null && fs.statSync(file).isDirectory())
    throw new Problem('wrong-use', message('command.isFolder', { file }), message('command.nameDecisionFile'), { item: file })
  return withProject(terminal, given, async (project) => {
    const input = file === null ? process.stdin : fs.createReadStream(file, { highWaterMark: 256 * 1024 })
    let decided = 0
    let failed = 0
    try {
      for await (const lines of readLineGroups(addAbortSignal(terminal.signal, input))) {
        if (terminal.signal.aborted) break
        const reported = decideGroup(project, lines)
        for (const { number, error } of reported) {
          const place = `${options.file}:${number}`
          if (error === null) printNote(terminal, message('common.labelled', { label: place, text: message('import.textsCleaned') }))
          else reportFailure(terminal, `${place}: ${explain(error)}`)
        }
        const failures = reported.filter(({ error }) => error !== null).length
        failed += failures
        decided += lines.length - failures
      }
    } catch (error) {
      if (!(error instanceof Error && error.name === 'AbortError')) throw error
    }
    const stopped = terminal.signal.aborted
    terminal.out(`${count(decided, 'decision')} carried out, ${failed} failed${stopped ? ', cancelled' : ''}`)
    return failed > 0 || stopped ? exitCode.partFailed : exitCode.done
  })
}
