import path from 'node:path'
import readline from 'node:readline/promises'
import { showHidden } from '../../shared/text/hiddenCharacters'
import { message, type Message, type Text } from '../../shared/messages/message'
import { Problem, problemCodeSchema, toProblem } from '../../shared/problem'
import { toEnglish } from '../../shared/messages/translate'
import { programEnds } from '../generation/run/runProgress'
import { backUpBefore, type BackupOccasion } from '../project/backups'
import { closeProject, openProject, type Project, type ReadProject } from '../project/project'
import type { OpenOptions } from '../store/sql/database'
import { findMissingRows } from '../store/recovery/doctor'

/** Exit codes of the command line, part of its public interface. */
export const exitCode = { done: 0, partFailed: 1, wrongUse: 2, unreadableProject: 3 } as const
export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

export function exitCodeOf({ code }: Problem): ExitCode {
  switch (code) {
    case 'wrong-use':
    case 'not-found':
    case 'exists':
    case 'no-key':
      return exitCode.wrongUse
    case 'unreadable-project':
    case 'newer-project':
    case 'older-project':
    case 'damaged-project':
      return exitCode.unreadableProject
    case 'read-only':
    case 'disk-full':
    case 'busy':
    case 'hidden':
    case 'bad-file':
    case 'bad-media':
    case 'bad-template':
    case 'provider':
    case 'conflict':
    case 'internal':
      return exitCode.partFailed
  }
}

/** Output, working directory and environment of a command; tests provide their own. */
export interface Terminal {
  readonly directory: string
  readonly environment: Readonly<Record<string, string | undefined>>
  out(line: string): void
  error(line: string): void
  /** aborted on Ctrl-C: stored data stays, the command ends regularly */
  readonly signal: AbortSignal
  /** asks the person at the terminal; missing if the terminal is not interactive */
  ask?(question: string): Promise<string>
}

async function askPerson(question: string): Promise<string> {
  const lines = readline.createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await lines.question(question)
  } finally {
    lines.close()
  }
}

/** Minimum time after which a second Ctrl-C ends the program immediately. */
const interruptAgainMs = 500

/** Returns the terminal of this process. npm changes the working directory to the package's; INIT_CWD is the person's directory. */
export function processTerminal(): Terminal {
  const controller = new AbortController()
  let asked = 0
  process.on('SIGINT', () => {
    // A second signal may be a duplicate of the first, from a parent process and from the terminal.
    if (asked > 0 && Date.now() - asked > interruptAgainMs) process.exit(130)
    asked ||= Date.now()
    controller.abort('cancelled')
  })
  process.once('SIGTERM', () => controller.abort(programEnds))
  return {
    directory: process.env.INIT_CWD ?? process.cwd(),
    environment: process.env,
    out: (line) => void process.stdout.write(`${line}\n`),
    error: (line) => void process.stderr.write(`${line}\n`),
    signal: controller.signal,
    ...(process.stdin.isTTY && process.stderr.isTTY ? { ask: askPerson } : {}),
  }
}

/**
 * Returns a terminal that prints control characters as escapes, so that no text can send commands to the terminal. All output of commands
 * passes through here; the meaning of JSON stays the same.
 */
export const showingHidden = (terminal: Terminal): Terminal => ({
  ...terminal,
  out: (line) => terminal.out(showHidden(line)),
  error: (line) => terminal.error(showHidden(line)),
})

/** Joins values with tabs; tabs and line breaks within a value become spaces. */
export const toRow = (...values: readonly unknown[]): string => values.map((value) => String(value).replace(/[\t\r\n]+/g, ' ')).join('\t')

export const resolveIn = (terminal: Terminal, file: string) => path.resolve(terminal.directory, file)

export const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

/** Prints a problem on one line: what happened, and what to do. */
export function printProblem(terminal: Terminal, error: unknown): Problem {
  const problem = toProblem(error)
  terminal.error(`error: ${oneLine(problem.message)} → ${oneLine(problem.remedy)}`)
  if (problem.code === problemCodeSchema.enum.internal && terminal.environment.EXEMPLAR_DEBUG && error instanceof Error)
    terminal.error(error.stack ?? '')
  return problem
}

/** Prints one line of a list of failures. */
export const reportFailure = (terminal: Terminal, text: Text) => terminal.error(`failed: ${oneLine(toEnglish(text))}`)

/** Prints one line of information; nothing failed. */
export const printNote = (terminal: Terminal, text: Text) => terminal.error(`note: ${oneLine(toEnglish(text))}`)

/** Prints one line with what was not done, and what to do. */
export const printError = (terminal: Terminal, text: Message) => terminal.error(`error: ${oneLine(toEnglish(text))}`)

export const noSuchItem = (item: string) =>
  new Problem('wrong-use', message('command.noSuchItem', { item }), message('command.listItems'), { item })

/** Returns a function that updates a progress line; it prints nothing if the output is not interactive. */
export function reportProgress(terminal: Terminal): (text: string) => void {
  if (!process.stderr.isTTY || terminal.environment.CI) return () => undefined
  return (text) => void process.stderr.write(`\r\x1b[2K${showHidden(text)}`)
}

/** Opens the project for a command. If that fails for any reason, the exit code is `unreadableProject`. */
export async function withProject(
  terminal: Terminal,
  given: string,
  work: (project: Project) => ExitCode | Promise<ExitCode>,
  options: Omit<OpenOptions, 'reading'> & { backUp?: BackupOccasion } = {},
): Promise<ExitCode> {
  return withOpen(
    terminal,
    () => openProject(resolveIn(terminal, given), options),
    (project) => {
      backUp(terminal, project, options.backUp ?? 'step')
      return work(project)
    },
  )
}

/** Opens the project for a command that changes nothing: the project's folder stays unchanged and may be read-only. */
export function withReadProject(
  terminal: Terminal,
  given: string,
  work: (project: ReadProject) => ExitCode | Promise<ExitCode>,
  options: Omit<OpenOptions, 'reading'> = {},
): Promise<ExitCode> {
  return withOpen(terminal, () => openProject(resolveIn(terminal, given), { ...options, reading: true }), work)
}

/** Opens the project for a command that changes nothing in it but stores derived data for later if it is writable. */
export function withReadableProject(
  terminal: Terminal,
  given: string,
  work: (project: ReadProject) => ExitCode | Promise<ExitCode>,
): Promise<ExitCode> {
  return withOpen(terminal, () => openProject(resolveIn(terminal, given), { readable: true }), work)
}

async function withOpen<P extends ReadProject>(
  terminal: Terminal,
  open: () => P,
  work: (project: P) => ExitCode | Promise<ExitCode>,
): Promise<ExitCode> {
  let project: P
  try {
    project = open()
  } catch (error) {
    printProblem(terminal, error)
    return exitCode.unreadableProject
  }
  if (project.info.readOnly) printNote(terminal, `${toEnglish(project.info.readOnly.message)} ${toEnglish(project.info.readOnly.remedy)}`)
  try {
    return await work(project)
  } finally {
    closeProject(project)
  }
}

/**
 * Backs up the project. If that fails, a command that deletes nothing continues: stored data is safe, and the disk may be full.
 */
function backUp(terminal: Terminal, { db, directory }: Project, what: BackupOccasion): void {
  try {
    backUpBefore(db, directory, what)
  } catch (error) {
    if (what === 'deletion') throw error
    const problem = toProblem(error)
    printNote(terminal, `${problem.message} → ${problem.remedy}`)
  }
}

/** Reports lost rows, which a list would silently skip. */
export function reportMissingRows(terminal: Terminal, db: ReadProject['db']): ExitCode {
  const findings = findMissingRows(db)
  for (const finding of findings) reportFailure(terminal, `damaged: ${toEnglish(finding.message)} → ${toEnglish(finding.remedy)}`)
  return findings.length > 0 ? exitCode.partFailed : exitCode.done
}

/** Formats a count: `1 pair`, `2 pairs` */
export const count = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`

/** Formats rows as the lines of a table with aligned columns. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

/** Formats a time as `2026-03-01 17:20:05 UTC`; a dash for none. @param time ms since 1970 */
export const describeTime = (time: number | null | undefined): string =>
  time === null || time === undefined ? '–' : `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`
