import { setTimeout as sleep } from 'node:timers/promises'
import type { z } from 'zod'
import { exportAny } from '../exchange/export/exportAny'
import { makeCard } from '../exchange/export/card/makeCard'
import { mergeCard } from '../exchange/export/card/mergeCard'
import { createSnapshotSource } from '../exchange/export/pairSource'
import { planExport } from '../exchange/export/planExport'
import { createSnapshot } from '../exchange/snapshot/createSnapshot'
import { importFiles } from '../exchange/import/importFiles'
import { inspectSources } from '../exchange/import/inspectSources'
import { groupFailures } from '../generation/run/failureGroups'
import { type JobName, type JobOutput, jobs } from './contract'
import { detectLanguages } from '../quality/nameLanguages'
import { ensureFrames } from '../media/video/frames'
import { findMediaFault } from '../media/storeMedia'
import { makeModelImage } from '../media/image/modelImage'
import { makeDisplayImage, makeThumbnail } from '../media/image/thumbnail'
import { runVideoTask } from '../media/video/videoProcess'
import { previewFixes } from './previewFixes'
import { Problem, toProblem } from '../../shared/problem'
import { message } from '../../shared/messages/message'
import { backUpBefore, backUpProject } from '../project/backups'
import { examineProject } from '../project/examine'
import { closeProject, openProject, type Project } from '../project/project'
import { describeProject } from '../project/projectCards'
import { prepareRecovery, type Recovery } from '../project/recover'
import { decideMany } from '../store/decisions/bulkDecisions'
import { flagMany, tagMany, turnMarks } from '../store/decisions/bulkMarks'
import { countCandidates } from '../store/candidates/candidates'
import { findDamage, type OpenOptions } from '../store/sql/database'
import { checkpointLog, prepareLongStep } from '../store/sql/transaction'
import { redo, undo } from '../store/decisions/decisions'
import { listOrdered } from '../store/candidates/queueOrder'
import { listFailures } from '../store/runs/calls'
import { countItemStates, listSortedItemIds } from '../store/library/itemList'
import { setStanding } from '../store/library/leftOut'
import { deleteSnapshot } from '../store/snapshots/deleteSnapshot'
import { diffSnapshots, listDifferences } from '../store/snapshots/diffSnapshots'
import { previewSnapshot } from '../store/snapshots/snapshotFilter'
import { refreshReviews } from '../store/quality/secondReviews'

/** Minimum number of deleted items that causes a backup first. */
const manyItems = 20

interface JobOptions {
  readonly onProgress: (progress: unknown) => void
  /** called if the backup before an import or a step fails; the job continues */
  readonly onBackupFailed?: (problem: Problem) => void
  readonly signal: AbortSignal
}

async function withProject<T>(
  directory: string,
  work: (project: Project) => T | Promise<T>,
  options: Omit<OpenOptions, 'reading'> = {},
): Promise<T> {
  const project = openProject(directory, { check: false, ...options })
  try {
    return await work(project)
  } finally {
    closeProject(project)
  }
}

/**
 * Retries while the file is checked or copied, which blocks the checkpoint; otherwise the window's next write would do it, with a
 * noticeable delay.
 */
const checkpointTries = 60
const checkpointEveryMs = 1000

async function settle(project: Project): Promise<void> {
  for (let left = checkpointTries; !checkpointLog(project.db) && left > 0; left--) await sleep(checkpointEveryMs, undefined, { ref: false })
  closeProject(project)
}

/** Runs a step over very many pairs: returns the result once it is durable, and checkpoints the file afterwards. */
async function withLongStep<T>(directory: string, work: (project: Project) => T | Promise<T>): Promise<T> {
  const project = openProject(directory, { check: false })
  try {
    prepareLongStep(project.db)
    return await work(project)
  } finally {
    setImmediate(() => void settle(project))
  }
}

/** Backs up the project. If that fails, the job continues, and the person is notified. */
function backUp({ db, directory }: Project, what: 'import' | 'step', { onBackupFailed }: JobOptions): void {
  try {
    backUpBefore(db, directory, what)
  } catch (error) {
    onBackupFailed?.(toProblem(error, directory))
  }
}

function withRecovery<T>(directory: string, work: (recovery: Recovery | null) => T): T {
  const recovery = prepareRecovery(directory)
  try {
    return work(recovery)
  } finally {
    recovery?.close()
  }
}

/** Jobs that change nothing also accept a read-only project. */
const reading = { readable: true } as const

const runners: { readonly [N in JobName]: (input: z.output<(typeof jobs)[N]['input']>, options: JobOptions) => Promise<JobOutput<N>> } = {
  import: ({ project, request, reviewer }, options) =>
    withProject(project, (open) => {
      backUp(open, 'import', options)
      return importFiles(open, request, { ...options, ...(reviewer !== undefined && { reviewer }) })
    }),
  export: ({ project, snapshotId, ...request }, options) =>
    withProject(project, (open) => exportAny(open, { ...request, snapshot: snapshotId }, options), reading),
  exportPlan: ({ project, ...request }) => withProject(project, (open) => planExport(open, request), reading),
  createSnapshot: ({ project, request, createdBy }, options) =>
    withLongStep(project, (open) => createSnapshot(open, request, { ...options, createdBy })),
  deleteSnapshot: ({ project, ...step }) =>
    withLongStep(project, (open) => {
      backUpBefore(open.db, open.directory, 'deletion')
      deleteSnapshot(open.db, step)
      return null
    }),
  snapshotCard: ({ project, snapshotId }, { signal }) =>
    withProject(
      project,
      async (open) => {
        const source = createSnapshotSource(open.db, snapshotId)
        return mergeCard(source.savedCard, await makeCard(open, source, { signal }))
      },
      reading,
    ),
  previewSnapshot: ({ project, filter }) => withProject(project, ({ db }) => previewSnapshot(db, filter), reading),
  diffSnapshots: ({ project, ...two }) => withProject(project, ({ db }) => diffSnapshots(db, two), reading),
  listDifferences: ({ project, before, after, ...page }) =>
    withProject(project, ({ db }) => listDifferences(db, { before, after }, page), reading),
  itemIds: ({ project, reviewer, filter, sort }) =>
    withProject(
      project,
      ({ db }) => ({ ids: listSortedItemIds(db, filter, sort, reviewer), counts: countItemStates(db, filter.query, reviewer) }),
      reading,
    ),
  setStanding: ({ project, ...step }, options) =>
    withLongStep(project, (open) => {
      if (step.standing === 'deleted' && step.ids.length >= manyItems) backUp(open, 'step', options)
      return setStanding(open.db, step)
    }),
  projectCard: async ({ project, reviewer }) => {
    const open = openProject(project, { check: false, reading: true })
    try {
      return describeProject(open, reviewer)
    } finally {
      closeProject(open)
    }
  },
  inspectSources: ({ paths }) => inspectSources(paths),
  examine: ({ project }) => withProject(project, examineProject, reading),
  findDamage: ({ project }) => withProject(project, ({ db }) => findDamage(db)),
  recoveryOffer: async ({ project }) => withRecovery(project, (recovery) => recovery?.offer ?? null),
  recover: async ({ project, use }) =>
    withRecovery(project, (recovery) => {
      if (!recovery) throw new Problem('wrong-use', message('app.projectIsSound', { project }), message('app.open'))
      return recovery.use(use)
    }),
  backUp: ({ project }) => withProject(project, ({ db, directory }) => backUpProject(db, directory)),
  modelImage: ({ file, name }) => makeModelImage(file, name),
  displayImage: async ({ file, to }) => {
    await makeDisplayImage(file, to)
    return null
  },
  frames: ({ project, media, rule, startMs, endMs }, { signal }) =>
    ensureFrames({ directory: project }, media, rule, { startMs, endMs, signal }),
  frameTimes: (input, { signal }) => runVideoTask('frameTimes', input, { signal }),
  decideMany: ({ project, ...step }, options) =>
    withLongStep(project, (open) => {
      backUp(open, 'step', options)
      return decideMany(open.db, step)
    }),
  tagMany: ({ project, ...step }) => withProject(project, ({ db }) => tagMany(db, step)),
  flagMany: ({ project, ...step }) => withProject(project, ({ db }) => flagMany(db, step)),
  turnMarks: ({ project, reviewer, step }) => withProject(project, ({ db }) => turnMarks(db, reviewer, step)),
  undo: ({ project, reviewer }) => withLongStep(project, ({ db }) => undo(db, reviewer)?.id ?? null),
  redo: ({ project, reviewer }) => withLongStep(project, ({ db }) => redo(db, reviewer)?.id ?? null),
  count: ({ project, filter, reviewer }) => withProject(project, ({ db }) => countCandidates(db, filter, reviewer), reading),
  languages: ({ project, limit }) => withProject(project, ({ db }) => detectLanguages(db, limit), reading),
  failureGroups: ({ project, runId }) => withProject(project, ({ db }) => groupFailures(listFailures(db, runId)), reading),
  fixPreview: ({ project, rules }, { signal }) => withProject(project, ({ db }) => previewFixes(db, rules, { signal }), reading),
  refreshLooks: async ({ project }) => {
    await withProject(project, ({ db }) => refreshReviews(db))
    return null
  },
  queue: ({ project, ...list }) => withProject(project, ({ db }) => Float64Array.from(listOrdered(db, list)), reading),
  thumbnail: async ({ file, to, seconds }) => {
    await makeThumbnail(file, to, seconds)
    return null
  },
  mediaFault: async ({ project, media }, { signal }) => (await findMediaFault(project, media, signal))?.toData() ?? null,
}

/** Runs one job. @throws Problem, or a ZodError if the input is invalid */
export function runJob<N extends JobName>(name: N, input: unknown, options: JobOptions): Promise<JobOutput<N>> {
  return runners[name](jobs[name].input.parse(input) as z.output<(typeof jobs)[N]['input']>, options)
}
