import {
  exportFormatSchema,
  type AnyFormat,
  type AnyReport,
  type ExportFormat,
  type TrainingChoices,
  type TrainingFormatId,
  type TrainingReport,
} from '../../../shared/domain'
import { withSnapshot } from '../../store/sql/readOnly'
import { freeBytes, leastTrainingBytes, requireSpace } from './files/diskSpace'
import { exportPairs, refuseProjectFolder } from './export'
import type { ExportOptions, ExportProject } from './exportJob'
import { createProjectSource, createSnapshotSource, requireWholeSnapshot } from './pairSource'
import { exportTraining, requireKind } from './training/exportTraining'
import { readConversations } from './training/projectSource'
import { trainingFormats } from './training/trainingFormats'

export const isOwnFormat = (format: AnyFormat): format is ExportFormat => exportFormatSchema.safeParse(format).success

interface Target<Format extends AnyFormat> {
  readonly format: Format
  readonly directory: string
  /** Options of a training format; not used for other formats. */
  readonly choices?: TrainingChoices | undefined
  readonly itemIds?: readonly number[] | undefined
  /** Id or name of a snapshot, whose pairs are written as they were when it was created. */
  readonly snapshot?: number | string | undefined
}

/** Writes the approved pairs of a project, or of one of its snapshots, in any format; see `exportPairs` and `exportTraining`. */
export function exportAny(project: ExportProject, target: Target<AnyFormat>, options: ExportOptions): Promise<AnyReport> {
  const { format, ...rest } = target
  return isOwnFormat(format)
    ? exportPairs(project, { format, directory: rest.directory, itemIds: rest.itemIds, snapshot: rest.snapshot }, options)
    : exportForTraining(project, { ...rest, format }, options)
}

/** Writes pairs in a training format; see `exportTraining`. */
export function exportForTraining(
  project: ExportProject,
  { format, directory, choices = {}, itemIds, snapshot }: Target<TrainingFormatId>,
  { signal, onProgress, freeBytes: askDisk = freeBytes }: ExportOptions,
): Promise<TrainingReport> {
  refuseProjectFolder(project, directory)
  const { system = null, rawReplies = false, itemDrafts = false, ...how } = choices
  return withSnapshot(project.db, async (db) => {
    const held = snapshot === undefined ? null : createSnapshotSource(db, snapshot)
    if (held) await requireWholeSnapshot({ ...project, db }, held.snapshot, signal)
    const source = held ?? createProjectSource(db, itemIds)
    const kind = how.kind ?? 'sft'
    requireKind({ id: format }, kind)
    const needed = leastTrainingBytes(source, trainingFormats[format], { kind, frames: how.frames ?? null })
    requireSpace(directory, needed, await askDisk(directory))
    return exportTraining(
      readConversations(project, { kind, system, source, rawReplies, itemDrafts }),
      { format: trainingFormats[format], directory, name: project.info.name },
      {
        ...how,
        snapshot: source.snapshot,
        project: source.readProjectFacts(),
        card: source.savedCard,
        ...(signal && { signal }),
        onProgress: ({ done, step }) => onProgress?.({ done, total: 0, ...(step && { step }) }),
      },
    )
  })
}
