import { dirname } from 'node:path'
import type { FrameRule, Item, Media } from '../../shared/domain'
import { message } from '../../shared/messages/message'
import { Problem, toProblem } from '../../shared/problem'
import { ensureFrames, spanOf } from '../media/video/frames'
import { recipes } from '../recipes/registry'
import { getItem } from '../store/library/items'
import { listItemIds } from '../store/library/itemList'
import { count, exitCode, type ExitCode, reportFailure, type Terminal, toRow, withProject } from './terminal'

interface FramesOptions {
  /** seconds between frames */
  readonly every?: number
  /** number of evenly spaced frames per video */
  readonly count?: number
}

/** Returns the requested rule, or that of the recipe, or else one frame a second. */
function chooseRule({ every, count: evenly }: FramesOptions, usual: FrameRule | null): FrameRule {
  if (every !== undefined && evenly !== undefined)
    throw new Problem('wrong-use', message('command.everyOrCount'), message('command.giveOne'))
  if (every !== undefined) return { kind: 'every', seconds: every }
  if (evenly !== undefined) return { kind: 'even', count: evenly }
  return usual ?? { kind: 'every', seconds: 1 }
}

/**
 * Extracts frames of each item's part of its videos, and prints one line each: item, number of frames, folder. Existing frames are kept.
 */
export function framesCommand(terminal: Terminal, given: string, options: FramesOptions): Promise<ExitCode> {
  return withProject(terminal, given, async (project) => {
    const rule = chooseRule(options, recipes[project.info.recipe].frames)
    let failed = 0
    const extract = async ({ sourceId, context }: Item, media: Media) => {
      try {
        const { files } = await ensureFrames(project, media, rule, { ...spanOf(context), signal: terminal.signal })
        terminal.out(toRow(sourceId, count(files.length, 'frame'), dirname(files[0] ?? '')))
      } catch (error) {
        if (terminal.signal.aborted) throw error
        failed++
        const problem = toProblem(error)
        reportFailure(terminal, `item ${sourceId}: ${problem.message} → ${problem.remedy}`)
      }
    }
    for (const id of listItemIds(project.db)) {
      const item = getItem(project.db, id)
      for (const media of item?.media ?? []) if (item && media.kind === 'video') await extract(item, media)
    }
    return failed > 0 ? exitCode.partFailed : exitCode.done
  })
}
