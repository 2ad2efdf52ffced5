import { sideNames, maxComparedItems, type Comparison, type ComparisonSide, type ItemChoice, type SideName } from '../../shared/domain'
import { defaultProviderSettings } from '../../shared/domain'
import type { ComparisonPlan, ComparisonRequest } from '../../shared/contract'
import { countRequests, countVotes, sumSide } from '../../shared/comparison'
import { message } from '../../shared/messages/message'
import { toEnglish } from '../../shared/messages/translate'
import { Problem } from '../../shared/problem'
import { planComparison } from '../generation/compare/planComparison'
import { runComparison } from '../generation/compare/runComparison'
import { describeComparison, startComparison } from '../generation/compare/startComparison'
import { remedyFor } from '../generation/run/callFailure'
import type { ReadProject } from '../project/project'
import { requireComparison } from '../store/comparisons/comparisons'
import { getGenerationSettings } from '../store/project/project'
import { listPromptVersions } from '../store/project/prompts'
import { readItemIds } from './itemIds'
import { providerOf, readProfile, type ProviderOptions } from './providerOptions'
import {
  count,
  exitCode,
  type ExitCode,
  oneLine,
  reportFailure,
  reportProgress,
  type Terminal,
  toRow,
  withProject,
  withReadProject,
} from './terminal'

interface Options extends ProviderOptions {
  versions?: string
  items?: number
  random?: number
  ids?: string
  pairs?: number
  plan?: boolean
  json?: boolean
}

/**
 * Compares two prompt versions on the same items, and prints their results side by side. Requests that were answered before are not
 * repeated.
 */
export function compareCommand(terminal: Terminal, given: string, options: Options): Promise<ExitCode> {
  if (options.plan)
    return withReadProject(terminal, given, async (project) => {
      const { plan } = await readPlan(terminal, project, options)
      if (options.json) terminal.out(JSON.stringify(plan, null, 2))
      return exitCode.done
    })
  return withProject(terminal, given, async (project) => {
    const { db } = project
    const { request, provider } = await readPlan(terminal, project, options)
    const id = startComparison(db, request, provider)
    const progress = reportProgress(terminal)
    const stoppedBy = await runComparison(project, id, {
      apiKey: terminal.environment.OPENAI_API_KEY || null,
      signal: terminal.signal,
      onReply: () => {
        const { done, total } = countRequests(requireComparison(db, id, '').items)
        progress(`${done} of ${count(total, 'request')}`)
      },
    })
    progress('')
    const comparison = requireComparison(db, id, '')
    if (options.json) terminal.out(JSON.stringify(describeComparison(comparison, false), null, 2))
    else printComparison(terminal, comparison)
    if (stoppedBy)
      reportFailure(
        terminal,
        message('command.comparisonStopped', {
          reason: `${stoppedBy.code}: ${toEnglish(stoppedBy.text)} → ${toEnglish(remedyFor(stoppedBy.code))}`,
        }),
      )
    const { done, failed, total } = countRequests(comparison.items)
    return done === total && failed === 0 ? exitCode.done : exitCode.partFailed
  })
}

/** Reads the plan of a comparison, and prints the number of requests that will be sent. */
async function readPlan(terminal: Terminal, project: ReadProject, options: Options) {
  const { db } = project
  const [first, second] = versionsOf(project, options.versions)
  const generation = getGenerationSettings(db)
  const provider = providerOf(options, readProfile(terminal, options) ?? defaultProviderSettings)
  const request: ComparisonRequest = {
    first: { versionId: first },
    second: { versionId: second },
    items: choiceOf(project, options),
    settings: { ...generation, pairsPerItem: options.pairs ?? generation.pairsPerItem },
    blind: false,
  }
  const plan = await planComparison(db, request, provider)
  terminal.error(describePlan(plan, provider.kind === 'demo' ? 'demo' : provider.model))
  return { request, provider, plan }
}

/** Returns two versions; the newest two if none are given. */
function versionsOf({ db }: ReadProject, given: string | undefined): [number, number] {
  const ids = given === undefined ? newestTwo(db) : given.split(',').map((part) => Number(part.trim()))
  const [first, second] = ids
  if (ids.length !== 2 || first === undefined || second === undefined || !ids.every((id) => Number.isInteger(id) && id > 0))
    throw new Problem('wrong-use', message('command.versionsNeedsTwo'), message('command.giveVersions'))
  if (first === second) throw new Problem('wrong-use', message('command.sameVersions'), message('command.nameOtherVersion'))
  return [first, second]
}

function newestTwo(db: ReadProject['db']): number[] {
  const [last, before] = listPromptVersions(db)
  if (last && before) return [before.id, last.id]
  throw new Problem('wrong-use', message('command.oneVersion'), message('command.saveVersion'))
}

function choiceOf({ db }: ReadProject, { items, random, ids }: Options): ItemChoice {
  if (items !== undefined && items > maxComparedItems)
    throw new Problem('wrong-use', message('command.itemsAtMost', { max: maxComparedItems }), message('command.askForFewer'))
  if (ids !== undefined) {
    if (items !== undefined || random !== undefined)
      throw new Problem('wrong-use', message('command.idsNameItems'), message('command.leaveItemsOut'))
    const itemIds = readItemIds(db, ids, '--ids')
    if (itemIds.length > maxComparedItems)
      throw new Problem(
        'wrong-use',
        message('command.idsAtMost', { count: itemIds.length, max: maxComparedItems }),
        message('command.nameFewer'),
      )
    return { kind: 'picked', itemIds }
  }
  const size = items ?? maxComparedItems
  return random === undefined ? { kind: 'first', count: size } : { kind: 'random', count: size, seed: random }
}

function describePlan({ items, calls, kept, promptTokens, completionTokens, price }: ComparisonPlan, model: string): string {
  const cost = price === null ? `price of ${model} not known` : price === 0 ? 'free' : `about $${price.toPrecision(2)}`
  return (
    `plan: ${count(items, 'item')}, ${count(calls, 'request')} to send, ${kept} kept; about ${promptTokens} tokens in, ` +
    `${completionTokens} out; ${cost} with ${model}`
  )
}

const nameOf = ({ versionId, name }: ComparisonSide) => `version ${versionId ?? 'unsaved'}${name ? ` · ${name}` : ''}`

function printComparison(terminal: Terminal, comparison: Comparison): void {
  for (const [at, item] of comparison.items.entries()) {
    terminal.out(`— item ${item.sourceId} (${at + 1} of ${comparison.items.length}) —`)
    for (const side of sideNames) {
      const reply = item[side]
      terminal.out(`${nameOf(comparison[side])}: ${reply === null ? 'not asked' : count(reply.pairs.length, 'pair')}`)
      if (reply?.error)
        reportFailure(
          terminal,
          `item ${item.sourceId}, ${nameOf(comparison[side])}: ${reply.error.code}: ${toEnglish(reply.error.message)} → ${toEnglish(remedyFor(reply.error.code))}`,
        )
      for (const { instruction, response } of reply?.pairs ?? []) terminal.out(`  ${oneLine(instruction)}\n    ${oneLine(response)}`)
    }
    terminal.out('')
  }
  const { cost } = describeComparison(comparison, false)
  const values = (valueOf: (side: SideName) => string | number) => sideNames.map(valueOf)
  const totals = { first: sumSide(comparison.items, 'first'), second: sumSide(comparison.items, 'second') }
  const dollars = (value: number | null) => (value === null ? 'unknown' : `$${value === 0 ? '0' : value.toPrecision(2)}`)
  terminal.out(toRow('totals', ...values((side) => nameOf(comparison[side]))))
  terminal.out(toRow('pairs', ...values((side) => totals[side].pairs)))
  terminal.out(toRow('failures', ...values((side) => totals[side].failures)))
  terminal.out(toRow('tokens in', ...values((side) => totals[side].promptTokens)))
  terminal.out(toRow('tokens out', ...values((side) => totals[side].completionTokens)))
  terminal.out(toRow('cost', ...values((side) => dollars(cost[side]))))
  terminal.out(toRow('mean instruction (characters)', ...values((side) => totals[side].instructionLength ?? '-')))
  terminal.out(toRow('mean response (characters)', ...values((side) => totals[side].responseLength ?? '-')))
  const votes = countVotes(comparison.items)
  if (votes.open < comparison.items.length) terminal.out(toRow('votes', votes.first, votes.second, `equal ${votes.equal}`))
  terminal.out(`comparison ${comparison.id}: open it on the prompt screen to vote`)
}
