import type { RunProgress } from '../../../shared/contract'
import type { Run } from '../../../shared/domain'
import { messageOf, Problem } from '../../../shared/problem'
import { message } from '../../../shared/messages/message'
import type { ImageMaker } from '../prompt/readImage'
import { describeIdle, programEnds } from './runProgress'
import type { Project } from '../../project/project'
import { listRuns, requireRun } from '../../store/runs/runs'

interface ActiveRun {
  readonly controller: AbortController
  readonly ended: Promise<void>
  progress: RunProgress
}

/** Runs that this window drives. */
export interface ActiveRuns {
  /** Starts a run. @param itemIds restricts it to these items */
  drive(project: Project, run: Run, apiKey: string | null, itemIds?: readonly number[]): void
  /** @throws Problem busy while this window drives the run */
  requireIdle(runId: number): void
  list(project: Project): RunProgress[]
  /** Stops a run so that it can be resumed. */
  pause(runId: number): Promise<void>
  cancel(runId: number): Promise<void>
  /** Waits until a run of this window has ended, for any reason. */
  ended(runId: number): Promise<void>
  /** Stops all runs so that they can be resumed; used when a project is closed. */
  interruptAll(): Promise<void>
  /** Creates images for models; undefined if this process creates them itself. */
  readonly imageMaker: ImageMaker | undefined
}

/** @param imageMaker creates images for models in a process that may load the image library */
export function createActiveRuns(
  tell: { progress(progress: RunProgress): void; failed(runId: number, error: unknown): void },
  imageMaker?: ImageMaker,
): ActiveRuns {
  const active = new Map<number, ActiveRun>()

  const stop = async (runId: number, reason: string) => {
    const entry = active.get(runId)
    entry?.controller.abort(reason)
    await entry?.ended
  }

  return {
    imageMaker,
    requireIdle(runId) {
      if (!active.has(runId)) return
      throw new Problem('busy', message('generation.runUnderWay', { runId }), message('app.waitForOrCancel'), { item: `run ${runId}` })
    },
    drive(project, run, apiKey, itemIds) {
      const controller = new AbortController()
      const entry: ActiveRun = {
        controller,
        progress: { ...describeIdle(run), active: true },
        ended: Promise.resolve().then(async () => {
          try {
            const { runGeneration } = await import('./runGeneration')
            await runGeneration(project, run.id, {
              apiKey,
              ...(imageMaker ? { imageMaker } : {}),
              ...(itemIds ? { itemIds } : {}),
              signal: controller.signal,
              onProgress: (progress) => {
                entry.progress = progress
                tell.progress(progress)
              },
            })
          } catch (error) {
            console.error(`run ${run.id}:`, messageOf(error))
            tell.failed(run.id, error)
          } finally {
            active.delete(run.id)
            if (project.db.open) tell.progress(describeIdle(requireRun(project.db, run.id)))
          }
        }),
      }
      active.set(run.id, entry)
    },
    list: (project) => listRuns(project.db).map((run) => active.get(run.id)?.progress ?? describeIdle(run)),
    pause: (runId) => stop(runId, programEnds),
    cancel: (runId) => stop(runId, 'cancelled'),
    ended: async (runId) => active.get(runId)?.ended,
    async interruptAll() {
      const entries = [...active.values()]
      for (const entry of entries) entry.controller.abort(programEnds)
      await Promise.all(entries.map((entry) => entry.ended))
    },
  }
}
