import { type Call, defaultProviderSettings, listUnusedNames, type Run, type RunStop } from '../../shared/domain'
import { Problem } from '../../shared/problem'
import { message } from '../../shared/messages/message'
import { toEnglish } from '../../shared/messages/translate'
import { isCommon } from '../generation/run/askItem'
import { remedyFor } from '../generation/run/callFailure'
import { mayHaveEnvironmentKey } from '../generation/providers/http/checkKey'
import { runGeneration } from '../generation/run/runGeneration'
import { startRun } from '../generation/run/startRun'
import type { Project } from '../project/project'
import { listCalls } from '../store/runs/calls'
import { getGenerationSettings } from '../store/project/project'
import { claimRun, lastUnfinishedRun, listRuns, requireRun, saveRunProvider } from '../store/runs/runs'
import { readItemIds } from './itemIds'
import { providerOf, type ProviderOptions, readProfile } from './providerOptions'
import {
  count,
  exitCode,
  type ExitCode,
  printError,
  printNote,
  reportFailure,
  reportProgress,
  type Terminal,
  withProject,
} from './terminal'

interface Options extends ProviderOptions {
  items?: string
  limit?: number
  pairs?: number
  resume?: boolean
}

function newRun(terminal: Terminal, project: Project, options: Options): Run {
  const settings = getGenerationSettings(project.db)
  const itemIds = options.items === undefined ? undefined : readItemIds(project.db, options.items, '--items')
  const run = startRun(project.db, {
    ...(itemIds ? { itemIds } : {}),
    ...(options.limit === undefined ? {} : { limit: options.limit }),
    provider: providerOf(options, readProfile(terminal, options) ?? defaultProviderSettings),
    generation: { ...settings, pairsPerItem: options.pairs ?? settings.pairsPerItem },
  })
  for (const { runId, items } of run.leftOut) printNote(terminal, message('command.runHasItems', { runId, count: items, id: run.id }))
  return run
}

/** Returns the run to drive; null: every run is finished. A resumed run keeps its settings except address, concurrency and limits. */
function chooseRun(terminal: Terminal, project: Project, options: Options): Run | null {
  if (!options.resume || listRuns(project.db).length === 0) return newRun(terminal, project, options)
  const unfinished = lastUnfinishedRun(project.db)
  if (!unfinished) {
    const live = listRuns(project.db).find((run) => run.state === 'running')
    if (live) claimRun(project.db, live.id) // throws if another process drives it
    return null
  }
  const { provider } = unfinished.settings
  const profile = readProfile(terminal, options)
  refuseChanges(unfinished, { ...(profile ? { provider: profile.kind, model: profile.model } : {}), ...options })
  const changed = providerOf({ ...options, provider: provider.kind, model: provider.model }, profile ?? provider)
  claimRun(project.db, unfinished.id)
  saveRunProvider(project.db, unfinished.id, changed)
  return unfinished
}

function refuseChanges({ id, settings: { provider, generation } }: Run, { provider: kind, model, pairs }: Options): void {
  const refuse = (option: string, value: string | number) => {
    throw new Problem('wrong-use', message('command.runBegunWith', { id, option, value }), message('command.leaveOptionOut', { option }))
  }
  if (kind !== undefined && kind !== provider.kind) refuse('provider', provider.kind)
  if (model !== undefined && provider.kind === 'openai' && model !== provider.model) refuse('model', provider.model)
  if (pairs !== undefined && pairs !== generation.pairsPerItem) refuse('pairs', generation.pairsPerItem)
}

/** Reports why the run was paused; the failure and its remedy are repeated only if they were printed far above. */
function reportStop(terminal: Terminal, { error, item, failures }: RunStop): void {
  if (failures > 1) {
    const reason = `${error.code}: ${toEnglish(error.message)} → ${toEnglish(remedyFor(error.code))}`
    reportFailure(terminal, message('command.pausedByFailures', { failures, item, reason }))
  } else reportFailure(terminal, message('command.pausedByCommonFailure', { item, code: error.code }))
}

/** Reports each failed item with its remedy; a failure common to all items is reported once. */
function reportFailures(terminal: Terminal, project: Project, runId: number): void {
  const told = new Set<string>()
  let alike = 0
  for (let after: number | undefined = 0; after !== undefined;) {
    const calls: Call[] = listCalls(project.db, { runId, states: ['failed'], after, limit: 200 })
    for (const { itemSourceId, error } of calls) {
      if (!error) continue
      const text = `${error.code}: ${toEnglish(error.message)} → ${toEnglish(remedyFor(error.code))}`
      if (isCommon(error.code) && told.has(text)) alike++
      else reportFailure(terminal, `item ${itemSourceId}: ${text}`)
      told.add(text)
    }
    after = calls.length < 200 ? undefined : calls.at(-1)?.id
  }
  if (alike > 0) reportFailure(terminal, message('command.moreFailedAlike', { count: alike }))
}

/**
 * Returns the key for a run. The address of a resumed run comes from the project, which may be from someone else: it gets the key only if
 * it is also given here.
 */
function keyFor(terminal: Terminal, run: Run, options: Options): string | null {
  const key = terminal.environment.OPENAI_API_KEY || null
  const { kind, baseUrl } = run.settings.provider
  if (
    key === null ||
    kind === 'demo' ||
    !options.resume ||
    options.baseUrl !== undefined ||
    options.profile !== undefined ||
    mayHaveEnvironmentKey(baseUrl)
  )
    return key
  printNote(terminal, message('command.keyNotSent', { origin: new URL(baseUrl).origin }))
  return null
}

export function generateCommand(terminal: Terminal, given: string, options: Options): Promise<ExitCode> {
  return withProject(terminal, given, async (project) => {
    const chosen = chooseRun(terminal, project, options)
    if (!chosen) {
      terminal.out(toEnglish(message('command.nothingToResume')))
      return exitCode.done
    }
    const key = keyFor(terminal, chosen, options)
    const progress = reportProgress(terminal)
    const { stoppedBy } = await runGeneration(project, chosen.id, {
      apiKey: key,
      signal: terminal.signal,
      onWaiting: (waiting) => {
        if (waiting) printNote(terminal, message('command.projectBusy'))
      },
      onProgress: ({ run }) =>
        progress(`${run.done} of ${count(run.items, 'item')}, ${count(run.candidates, 'pair')}, ${run.failed} failed`),
    })
    progress('')
    const run = requireRun(project.db, chosen.id)
    reportFailures(terminal, project, run.id)
    if (stoppedBy) reportStop(terminal, stoppedBy)
    const left = run.items - run.done - run.failed
    terminal.out(
      `run ${run.id} ${run.state}: ${run.done} of ${count(run.items, 'item')} done, ${run.failed} failed, ${count(run.candidates, 'pair')}, ` +
        `${run.promptTokens} prompt tokens, ${run.completionTokens} completion tokens`,
    )
    if (run.unused.replies > 0)
      printNote(terminal, message('runs.unused', { count: run.unused.replies, names: listUnusedNames(run.unused.fields) }))
    if (left > 0) printError(terminal, message('command.notAsked', { count: left }))
    return run.done === run.items ? exitCode.done : exitCode.partFailed
  })
}
