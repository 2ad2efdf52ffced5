import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { ImportFormat, ImportReport } from '../../shared/domain'
import { hasPairs } from '../../shared/imports'
import { Problem } from '../../shared/problem'
import { message } from '../../shared/messages/message'
import { toEnglish } from '../../shared/messages/translate'
import { importFiles } from '../exchange/import/importFiles'
import { count, exitCode, type ExitCode, printNote, reportFailure, reportProgress, resolveIn, type Terminal, withProject } from './terminal'

interface Options {
  format: ImportFormat
  media?: string
  file?: string
  files?: string
  activities?: string
  text?: 'normalized' | 'original'
  captions?: string
  instances?: string
  encoding?: string
  update?: true
  pairs?: 'accepted' | 'pending'
  reviewer?: string
}

function checkFiles({ format, file, captions, instances, media, pairs, reviewer }: Options): void {
  if (media === undefined && !hasPairs(format)) throw new Problem('wrong-use', message('command.mediaNeeded'), message('command.addMedia'))
  if (pairs === 'accepted' && reviewer === undefined)
    throw new Problem('wrong-use', message('command.reviewerNeeded'), message('command.addReviewer'))
  if (format === 'coco') {
    if (captions || instances) return
    throw new Problem('wrong-use', message('command.cocoNeedsFiles'), message('command.addCocoFiles'))
  }
  if (format !== 'folder' && !file)
    throw new Problem('wrong-use', message('command.formatNeedsFile', { format }), message('command.addFile'))
}

const remedyOf = ({ remedy }: ImportReport['problems'][number]) =>
  toEnglish(message(remedy === 'link' ? 'command.linkMedia' : 'command.correctAndUpdate'))

const describe = ({ file, line, item, reason }: ImportReport['problems'][number]) =>
  `${file}${line === null ? '' : `:${line}`}${item === null ? '' : ` (${item})`}: ${toEnglish(reason)}`

/** Returns the media folder: exports name their media relative to their own folder. */
async function mediaFolderOf(terminal: Terminal, { media, file = '' }: Options): Promise<string> {
  if (media !== undefined) return resolveIn(terminal, media)
  const given = resolveIn(terminal, file)
  const found = await stat(given).catch(() => null)
  return found?.isDirectory() ? given : path.dirname(given)
}

function pairsText({ pairs }: ImportReport): string {
  if (pairs === undefined) return ''
  const { added, known, accepted, rejected } = pairs
  const decided = [accepted > 0 ? `${accepted} accepted` : '', rejected > 0 ? `${rejected} rejected` : ''].filter((text) => text !== '')
  return `${count(added, 'pair')} added${decided.length > 0 ? ` (${decided.join(', ')})` : ''}, ${known} known, `
}

export function importCommand(terminal: Terminal, given: string, options: Options): Promise<ExitCode> {
  checkFiles(options)
  const resolve = (file: string | undefined) => (file === undefined ? undefined : resolveIn(terminal, file))
  return withProject(
    terminal,
    given,
    async (project) => {
      const progress = reportProgress(terminal)
      const report = await importFiles(
        project,
        {
          format: options.format,
          file: resolve(options.file),
          captions: resolve(options.captions),
          instances: resolve(options.instances),
          files: resolve(options.files),
          activities: resolve(options.activities),
          encoding: options.encoding,
          text: options.text,
          mediaDirectory: await mediaFolderOf(terminal, options),
          pairs: options.pairs,
          update: options.update,
        },
        {
          signal: terminal.signal,
          ...(options.reviewer !== undefined && { reviewer: options.reviewer }),
          onProgress: ({ done }) => progress(`${count(done, 'row')} read`),
        },
      )
      progress('')
      for (const note of report.notes) printNote(terminal, describe(note))
      for (const problem of report.problems) reportFailure(terminal, `${describe(problem)} → ${remedyOf(problem)}`)
      if (report.moreProblems > 0) reportFailure(terminal, message('command.moreRows', { count: report.moreProblems }))
      const bad = report.problems.length + report.moreProblems
      terminal.out(
        `${count(report.added, 'item')} added, ${report.unchanged} unchanged, ${count(report.mediaAdded, 'medium', 'media')} added, ${pairsText(report)}${report.linked > 0 ? `${count(report.linked, 'item')} linked, ` : ''}${report.updated > 0 ? `${count(report.updated, 'item')} updated, ` : ''}${count(bad, 'problem')}${report.notes.length > 0 ? `, ${count(report.notes.length, 'note')}` : ''}${report.cancelled ? ', cancelled' : ''}`,
      )
      return bad > 0 || report.cancelled ? exitCode.partFailed : exitCode.done
    },
    { backUp: 'import' },
  )
}
