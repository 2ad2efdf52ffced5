import fs from 'node:fs'
import readline from 'node:readline'
import { z } from 'zod'
import { idSchema, pairSchema, verdictSchema } from '../../shared/domain'
import { Problem, messageOf, toProblem } from '../../shared/problem'
import type { Project } from '../project/project'
import { requireCandidate } from '../store/candidates'
import { judge } from '../store/secondLooks'
import { exitCode, type ExitCode } from './exitCode'
import { count, resolveIn, tellFailure, withProject, type Terminal } from './terminal'

const lineSchema = z.strictObject({
  candidate: idSchema,
  verdict: verdictSchema,
  instruction: pairSchema.shape.instruction.optional(),
  response: pairSchema.shape.response.optional(),
  reason: z.string().trim().min(1).optional(),
  reviewer: z.string().trim().min(1),
})

/** @throws Problem or ZodError that says what is wrong with the line */
function decideLine(project: Project, text: string): void {
  const { candidate: candidateId, instruction, response, ...line } = lineSchema.parse(JSON.parse(text))
  const hasText = instruction !== undefined || response !== undefined
  if (line.verdict === 'edit' && !hasText) throw new Problem('wrong-use', 'an edit needs an instruction or a response', 'add one')
  if (line.verdict !== 'edit' && hasText)
    throw new Problem('wrong-use', `${line.verdict} takes no text`, 'use the verdict edit to change it')
  const current = requireCandidate(project.db, candidateId)
  const pair = hasText ? { instruction: instruction ?? current.instruction, response: response ?? current.response } : undefined
  judge(project.db, { candidateId, verdict: line.verdict, reviewer: line.reviewer, reason: line.reason, pair })
}

function explain(error: unknown): string {
  const correct = '→ Correct the line and carry it out again.'
  if (error instanceof z.ZodError)
    return `${error.issues.map(({ path, message }) => `${path.join('.') || 'line'}: ${message}`).join('; ')} ${correct}`
  if (error instanceof SyntaxError) return `not JSON (${messageOf(error)}) ${correct}`
  const problem = toProblem(error)
  return `${problem.message} → ${problem.remedy}`
}

/** Good lines are carried out, bad ones are named; each line is durable before the next is read. */
export function decideCommand(terminal: Terminal, given: string, options: { file: string }): Promise<ExitCode> {
  const file = options.file === '-' ? null : resolveIn(terminal, options.file)
  if (file !== null && !fs.existsSync(file))
    throw new Problem('not-found', `${file} is not there.`, 'Check the path after --file.', { item: file })
  if (file !== null && fs.statSync(file).isDirectory())
    throw new Problem('wrong-use', `${file} is a folder.`, 'Name the file with the decisions after --file.', { item: file })
  return withProject(terminal, given, async (project) => {
    const input = file === null ? process.stdin : fs.createReadStream(file)
    const lines = readline.createInterface({ input, crlfDelay: Infinity, signal: terminal.signal })
    let number = 0
    let decided = 0
    let failed = 0
    for await (const line of lines) {
      if (terminal.signal.aborted) break
      number += 1
      const text = line.replace(/^\uFEFF/, '').trim()
      if (text === '') continue
      try {
        decideLine(project, text)
        decided += 1
      } catch (error) {
        const problem = toProblem(error)
        if (
          problem.code === 'disk-full' ||
          problem.code === 'read-only' ||
          problem.code === 'damaged-project' ||
          problem.code === 'unreadable-project'
        )
          throw problem
        failed += 1
        tellFailure(terminal, `${options.file}:${number}: ${explain(error)}`)
      }
    }
    const stopped = terminal.signal.aborted
    terminal.out(`${count(decided, 'decision')} carried out, ${failed} failed${stopped ? ', cancelled' : ''}`)
    return failed > 0 || stopped ? exitCode.partFailed : exitCode.done
  })
}
