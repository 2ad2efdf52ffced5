import { message } from '../../shared/messages/message'
import { Problem } from '../../shared/problem'
import { splitSchema, type Split } from '../../shared/domain'
import {
  pairChangeSchema,
  snapshotNameSchema,
  splitSharesSchema,
  type DiffEntry,
  type Snapshot,
  type SnapshotCounts,
  type SnapshotFilter,
  type SplitShares,
} from '../../shared/snapshot'
import { createSnapshot } from '../exchange/snapshot/createSnapshot'
import type { Project } from '../project/project'
import { accountName } from '../project/userData'
import { deleteSnapshot } from '../store/snapshots/deleteSnapshot'
import { diffSnapshots, listDifferences } from '../store/snapshots/diffSnapshots'
import { listSnapshots, requireSnapshot } from '../store/snapshots/snapshots'
import { prepareLongStep, checkpointLog } from '../store/sql/transaction'
import {
  count,
  describeTime,
  exitCode,
  type ExitCode,
  reportProgress,
  type Terminal,
  toRow,
  withProject,
  withReadProject,
} from './terminal'

export interface SnapshotFilterOptions {
  readonly state?: 'accepted' | 'edited'
  readonly tag?: string
  readonly rating?: number
  readonly reviewer?: string
  readonly language?: string
  readonly flagged?: boolean
  readonly notFlagged?: boolean
  readonly secondReview?: 'agreed'
}

interface CreateOptions extends SnapshotFilterOptions {
  readonly name: string
  readonly split?: SplitShares
  readonly seed?: number
  readonly json?: boolean
}

/** Parses `80/10/10`, or `90/10` for only train and validation; null if it is not a valid split. */
export function parseShares(text: string): SplitShares | null {
  if (!/^\d{1,3}(\/\d{1,3}){1,2}$/.test(text)) return null
  const [train, validation, test = 0] = text.split('/').map(Number)
  return splitSharesSchema.safeParse({ train, validation, test }).data ?? null
}

function toFilter({ state, flagged, notFlagged, secondReview, tag, rating, reviewer, language }: SnapshotFilterOptions): SnapshotFilter {
  if (flagged && notFlagged) throw new Problem('wrong-use', message('snapshot.bothFlags'), message('snapshot.oneFlag'))
  const isFlagged = flagged ? true : notFlagged ? false : undefined
  return {
    ...(state && { states: [state] }),
    ...(isFlagged !== undefined && { flagged: isFlagged }),
    ...(secondReview && { secondReview }),
    ...(tag !== undefined && { tag }),
    ...(rating !== undefined && { rating }),
    ...(reviewer !== undefined && { reviewer }),
    ...(language !== undefined && { language }),
  }
}

/** Creates a snapshot of the matching approved pairs, and prints its contents. */
export function snapshotCreateCommand(terminal: Terminal, given: string, options: CreateOptions): Promise<ExitCode> {
  const { name: givenName, split: shares = { train: 100, validation: 0, test: 0 }, seed = 1, json, ...rest } = options
  const name = snapshotNameSchema.safeParse(givenName).data
  if (name === undefined) throw new Problem('wrong-use', message('snapshot.wrongName'), message('snapshot.giveName'), { item: givenName })
  const filter = toFilter(rest)
  return withProject(terminal, given, async (project) => {
    prepareLongStep(project.db)
    const progress = reportProgress(terminal)
    const snapshot = await createSnapshot(
      project,
      { name, filter, shares, seed },
      {
        createdBy: accountName(),
        signal: terminal.signal,
        onProgress: ({ step, done, total }) => progress(step === 'compare' ? `comparing images: ${done} of ${total}` : 'storing the pairs'),
      },
    )
    progress('')
    checkpointLog(project.db)
    printSnapshot(terminal, snapshot, json)
    return exitCode.done
  })
}

export function snapshotListCommand(terminal: Terminal, given: string, options: { json?: boolean }): Promise<ExitCode> {
  return withReadProject(terminal, given, ({ db }) => {
    const snapshots = listSnapshots(db)
    if (options.json) terminal.out(JSON.stringify(snapshots, null, 2))
    else
      for (const { name, counts, createdAt, createdBy, contentHash } of snapshots)
        terminal.out(
          toRow(name, count(counts.pairs, 'pair'), describeSplits(counts), describeTime(createdAt), createdBy, contentHash.slice(0, 12)),
        )
    return exitCode.done
  })
}

/** Deletes a snapshot, and prints what it contained. */
export function snapshotDeleteCommand(terminal: Terminal, given: string, { name }: { name: string }): Promise<ExitCode> {
  const remove = ({ db }: Project) => {
    const { id, facts } = requireSnapshot(db, name)
    prepareLongStep(db)
    deleteSnapshot(db, { id, deletedBy: accountName() })
    checkpointLog(db)
    terminal.out(toRow('deleted', name, count(facts.counts.pairs, 'pair')))
    return exitCode.done
  }
  return withProject(terminal, given, remove, { backUp: 'deletion' })
}

export function snapshotShowCommand(terminal: Terminal, given: string, name: string, options: { json?: boolean }): Promise<ExitCode> {
  return withReadProject(terminal, given, ({ db }) => {
    printSnapshot(terminal, requireSnapshot(db, name), options.json)
    return exitCode.done
  })
}

const usedSplits = ({ splits }: SnapshotCounts): Split[] => splitSchema.options.filter((split) => splits[split].pairs > 0)

const describeSplits = (counts: SnapshotCounts): string => usedSplits(counts).map((split) => `${split} ${counts.splits[split].pairs}`).join(', ') // prettier-ignore

const describeFilter = (filter: SnapshotFilter): string =>
  Object.entries(filter)
    .map(([part, value]) => `${part}=${Array.isArray(value) ? value.join(',') : value}`)
    .join(' ') || 'none'

const dollars = (value: number | null) => (value === null ? 'unknown' : `$${value === 0 ? '0' : value.toPrecision(3)}`)

function printSnapshot(terminal: Terminal, snapshot: Snapshot, json: boolean | undefined): void {
  if (json) return terminal.out(JSON.stringify(snapshot, null, 2))
  const { name, createdAt, createdBy, contentHash, filter, shares, seed, facts } = snapshot
  const { counts } = facts
  const row = (...values: readonly unknown[]) => terminal.out(toRow(...values))
  row('snapshot', name)
  row('created', describeTime(createdAt), createdBy)
  row('content hash', contentHash)
  row('filter', describeFilter(filter))
  row('split', splitSchema.options.map((split) => shares[split]).join('/'), `seed ${seed}`)
  row(
    'pairs',
    counts.pairs,
    `${counts.accepted} accepted`,
    `${counts.edited} edited`,
    `${counts.demo} by the demo generator`,
    `${counts.human} by people`,
  )
  if (counts.rejected > 0) row('rejected', counts.rejected, 'negative examples for kto')
  row('items', counts.items, count(counts.media, 'medium', 'media'))
  for (const split of usedSplits(counts)) {
    const { pairs, items, media } = counts.splits[split]
    row(split, count(pairs, 'pair'), count(items, 'item'), count(media, 'medium', 'media'))
  }
  for (const { id, name: label, pairs } of facts.promptVersions)
    row('prompt version', `${id}${label ? ` · ${label}` : ''}`, count(pairs, 'pair'))
  for (const { kind, model, prices, pairs, cost, promptTokens, completionTokens } of facts.models) {
    const price = prices ? `$${prices.input} in, $${prices.output} out for a million tokens` : 'list price'
    row(
      'model',
      model,
      count(pairs, 'pair'),
      `${promptTokens} tokens in, ${completionTokens} out`,
      kind === 'demo' ? 'free' : price,
      `cost ${dollars(cost)}`,
    )
  }
  for (const { name: reviewer, pairs } of facts.reviewers) row('reviewer', reviewer, count(pairs, 'pair'))
  for (const { language, pairs } of facts.languages) row('language', language, count(pairs, 'pair'))
  for (const { name: licence, items } of facts.licences) row('licence', licence, count(items, 'item'))
  for (const { name: source, items } of facts.sources) row('source', source, count(items, 'item'))
}

const pageSize = 200

/** Prints the differences of two snapshots: the counts, then each pair with its texts before and after. */
export function snapshotDiffCommand(
  terminal: Terminal,
  given: string,
  first: string,
  second: string,
  options: { json?: boolean },
): Promise<ExitCode> {
  return withReadProject(terminal, given, ({ db }) => {
    const two = { before: requireSnapshot(db, first).id, after: requireSnapshot(db, second).id }
    if (two.before === two.after) throw new Problem('wrong-use', message('snapshot.sameTwice'), message('snapshot.nameAnother'))
    const summary = diffSnapshots(db, two)
    if (options.json)
      terminal.out(`{"before":${JSON.stringify(first)},"after":${JSON.stringify(second)},"summary":${JSON.stringify(summary)},"pairs":[`)
    else {
      const { added, removed, changed, unchanged, changes } = summary
      const kinds = pairChangeSchema.options.flatMap((change) => (changes[change] > 0 ? `${change} ${changes[change]}` : []))
      terminal.out(
        toRow(
          `added ${added}`,
          `removed ${removed}`,
          `changed ${changed}${kinds.length > 0 ? ` (${kinds.join(', ')})` : ''}`,
          `unchanged ${unchanged}`,
        ),
      )
    }
    let cursor: Parameters<typeof listDifferences>[2]['cursor'] = null
    let isFirst = true
    do {
      const page = listDifferences(db, two, { cursor, limit: pageSize })
      for (const entry of page.entries) {
        if (options.json) terminal.out(`${isFirst ? '' : ','}${JSON.stringify(entry)}`)
        else printEntry(terminal, entry)
        isFirst = false
      }
      cursor = page.next
      terminal.signal.throwIfAborted()
    } while (cursor)
    if (options.json) terminal.out(']}')
    return exitCode.done
  })
}

function printEntry(terminal: Terminal, { candidateId, item, kind, changes, before, after }: DiffEntry): void {
  const marks = { added: '+', removed: '−', changed: '≠' } as const
  const details = changes.map((change) => {
    if (change === 'split') return `split ${before?.split} → ${after?.split}`
    if (change !== 'media') return change
    const names = (side: DiffEntry['before']) => side?.media.map(({ fileName }) => fileName).join(', ') || 'none'
    return `media ${names(before)} → ${names(after)}`
  })
  terminal.out(toRow(marks[kind], `pair ${candidateId}`, `item ${item}`, details.join(', ') || (after ?? before)?.split))
  const isTextChanged = changes.includes('text')
  const print = (mark: string, side: DiffEntry['before']) => {
    if (side) terminal.out(toRow(`  ${mark}`, side.instruction, side.response))
  }
  if (kind === 'removed' || isTextChanged) print('−', before)
  if (kind === 'added' || isTextChanged) print('+', after)
}
