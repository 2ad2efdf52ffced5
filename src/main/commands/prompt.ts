import type { LintFinding } from '../../shared/contract'
import { defaultProviderSettings, type PromptText } from '../../shared/domain'
import { Problem } from '../../shared/problem'
import { message } from '../../shared/messages/message'
import { toEnglish } from '../../shared/messages/translate'
import { textOf } from '../generation/prompt/buildPrompt'
import { previewPrompt } from '../generation/prompt/preparePrompt'
import type { ReadProject } from '../project/project'
import { exportPromptFile, importPromptFile, openPromptFile } from '../exchange/promptFile/promptFiles'
import { findItemId } from '../store/library/items'
import { listItemIds } from '../store/library/itemList'
import { getGenerationSettings } from '../store/project/project'
import { currentPromptVersion, listPromptExemplars } from '../store/project/prompts'
import {
  count,
  exitCode,
  type ExitCode,
  noSuchItem,
  printError,
  reportFailure,
  resolveIn,
  type Terminal,
  withProject,
  withReadProject,
} from './terminal'

function itemIdOf({ db }: ReadProject, sourceId: string | undefined): number {
  const id = sourceId === undefined ? listItemIds(db, { limit: 1 })[0] : findItemId(db, sourceId)
  if (id !== undefined) return id
  if (sourceId === undefined) throw new Problem('wrong-use', message('command.noItems'), message('command.importFirst'))
  throw noSuchItem(sourceId)
}

/** Prints the messages that would be sent now for an item, by default the first one. */
export function promptShowCommand(
  terminal: Terminal,
  given: string,
  options: { item?: string; model?: string; json?: boolean },
): Promise<ExitCode> {
  return withReadProject(terminal, given, async (project) => {
    const { db } = project
    const request = { itemId: itemIdOf(project, options.item), text: currentPromptVersion(db), settings: getGenerationSettings(db) }
    const provider = { kind: 'openai', model: options.model ?? defaultProviderSettings.model } as const
    const { messages, tokens, price, exemplars } = await previewPrompt(db, request, provider)
    if (options.json) {
      const shown = { promptVersion: request.text.id, messages, exemplars, tokens, model: provider.model, price }
      terminal.out(JSON.stringify(shown, null, 2))
      return exitCode.done
    }
    for (const sent of messages) {
      const images = sent.content.flatMap((part) => (part.type === 'image' ? [`[${part.fileName}]`] : []))
      terminal.out(`— ${sent.role} —\n${[...images, textOf(sent)].join('\n')}\n`)
    }
    const cost = price === null ? `price of ${provider.model} not known` : `about $${price.toPrecision(2)} with ${provider.model}`
    terminal.out(`prompt version ${request.text.id}, ${count(tokens, 'token')}, ${count(exemplars.length, 'exemplar')}, ${cost}`)
    return exitCode.done
  })
}

/**
 * Saves the message and examples of a Syphus prompt file as a new version. Errors in the file are reported, and repaired only on request.
 */
export function promptImportCommand(terminal: Terminal, given: string, options: { file: string; repair?: boolean }): Promise<ExitCode> {
  return withProject(terminal, given, async ({ db }) => {
    const file = resolveIn(terminal, options.file)
    if (!options.repair) {
      const { findings } = await openPromptFile(file, currentPromptVersion(db), { repair: false })
      reportFindings(terminal, options.file, findings)
      if (findings.length > 0) {
        printError(terminal, message('command.promptFileNotImported', { file: options.file }))
        return exitCode.partFailed
      }
    }
    const { findings } = await importPromptFile(db, file, { repair: options.repair ?? false })
    const { id } = currentPromptVersion(db)
    const repaired = findings.length > 0 ? `, ${count(findings.length, 'issue')} repaired` : ''
    terminal.out(`prompt version ${id}, ${count(listPromptExemplars(db, id).length, 'example')}${repaired}`)
    return exitCode.done
  })
}

export function promptExportCommand(terminal: Terminal, given: string, options: { file: string }): Promise<ExitCode> {
  return withReadProject(terminal, given, async ({ db }) => {
    const examples = await exportPromptFile(db, resolveIn(terminal, options.file))
    terminal.out(`${options.file}: prompt version ${currentPromptVersion(db).id}, ${count(examples, 'example')}`)
    return exitCode.done
  })
}

const noText: PromptText = { outputForm: 'pairs', systemMessage: '', contextTemplate: '' }

export async function promptLintCommand(terminal: Terminal, options: { file: string }): Promise<ExitCode> {
  const { findings, exemplars } = await openPromptFile(resolveIn(terminal, options.file), noText, { repair: false })
  reportFindings(terminal, options.file, findings)
  if (findings.length === 0) terminal.out(`${options.file}: ${count(exemplars.length, 'example')}, nothing found`)
  return findings.length > 0 ? exitCode.partFailed : exitCode.done
}

/** Reports findings, one per line, with a remedy. */
function reportFindings(terminal: Terminal, file: string, findings: readonly LintFinding[]): void {
  for (const { kind, at, message: text, repair } of findings) {
    const place = at === null ? '' : kind === 'invalid-json' ? `:${at}` : ` (turn ${at})`
    reportFailure(terminal, `${file}${place}: ${kind}: ${toEnglish(text)} → ${toEnglish(repair ?? message('command.correctByHand'))}`)
  }
}
