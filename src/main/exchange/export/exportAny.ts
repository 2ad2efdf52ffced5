import { exportFormatSchema, type AnyFormat, type AnyReport, type ExportFormat, type TrainingChoices } from '../../../shared/domain'
import { withSnapshot } from '../../store/sql/readOnly'
import { exportPairs, refuseProjectFolder } from './export'
import type { ExportOptions, ExportProject } from './exportJob'
import { exportTraining } from './training/exportTraining'
import { readConversations } from './training/projectSource'
import { trainingFormats } from './trainingFormats'

export const isOwnFormat = (format: AnyFormat): format is ExportFormat => exportFormatSchema.safeParse(format).success

interface Target {
  readonly format: AnyFormat
  readonly directory: string
  readonly choices?: TrainingChoices | undefined
  readonly itemIds?: readonly number[] | undefined
}

/** Writes the approved pairs of a project in any format; see `exportPairs` and `exportTraining`. */
export function exportAny(
  project: ExportProject,
  { format, directory, choices = {}, itemIds }: Target,
  options: ExportOptions,
): Promise<AnyReport> {
  if (isOwnFormat(format)) return exportPairs(project, { format, directory, itemIds }, options)
  refuseProjectFolder(project, directory)
  const { system = null, ...how } = choices
  const { signal, onProgress } = options
  return withSnapshot(project.db, (db) =>
    exportTraining(
      readConversations({ ...project, db }, { kind: how.kind ?? 'sft', system, itemIds }),
      { format: trainingFormats[format], directory, name: project.info.name },
      { ...how, ...(signal && { signal }), onProgress: ({ done, step }) => onProgress?.({ done, total: 0, ...(step && { step }) }) },
    ),
  )
}
