import type { ImportFormat, ImportReport } from '../../shared/domain'
import { Problem } from '../../shared/problem'
import { message } from '../../shared/messages/message'
import { toEnglish } from '../../shared/messages/translate'
import { importFiles } from '../exchange/import/importFiles'
import { count, exitCode, type ExitCode, printNote, reportFailure, reportProgress, resolveIn, type Terminal, withProject } from './terminal'

interface Options {
  format: ImportFormat
  media: string
  file?: string
  files?: string
  activities?: string
  text?: 'normalized' | 'original'
  captions?: string
  instances?: string
  encoding?: string
  update?: true
}

function checkFiles({ format, file, captions, instances }: Options): void {
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
          mediaDirectory: resolveIn(terminal, options.media),
          update: options.update,
        },
        { signal: terminal.signal, onProgress: ({ done }) => progress(`${count(done, 'row')} read`) },
      )
      progress('')
      for (const note of report.notes) printNote(terminal, describe(note))
      for (const problem of report.problems) reportFailure(terminal, `${describe(problem)} → ${remedyOf(problem)}`)
      if (report.moreProblems > 0) reportFailure(terminal, message('command.moreRows', { count: report.moreProblems }))
      const bad = report.problems.length + report.moreProblems
      terminal.out(
        `${count(report.added, 'item')} added, ${report.unchanged} unchanged, ${count(report.mediaAdded, 'medium', 'media')} added, ${report.linked > 0 ? `${count(report.linked, 'item')} linked, ` : ''}${report.updated > 0 ? `${count(report.updated, 'item')} updated, ` : ''}${count(bad, 'problem')}${report.notes.length > 0 ? `, ${count(report.notes.length, 'note')}` : ''}${report.cancelled ? ', cancelled' : ''}`,
      )
      return bad > 0 || report.cancelled ? exitCode.partFailed : exitCode.done
    },
    { backUp: 'import' },
  )
}
