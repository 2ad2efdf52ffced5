import { messageOf } from '../../../shared/problem'
import type { ProjectPlace } from '../run/runGeneration'
import type { ComparisonOptions } from './runComparison'

interface Active {
  readonly controller: AbortController
  ended: Promise<void>
}

/** Comparisons that this process is running, as `file#id`. */
const active = new Map<string, Active>()
const nameOf = (place: ProjectPlace, id: number) => `${place.db.name}#${id}`

export const isComparing = (place: ProjectPlace, id: number): boolean => active.has(nameOf(place, id))

/**
 * Starts asking for the missing replies of a comparison, unless it is already running. @param onChange called after each reply and at the
 * end
 */
export function driveComparison(
  place: ProjectPlace,
  id: number,
  options: Omit<ComparisonOptions, 'signal' | 'onReply'>,
  onChange: () => void,
): void {
  if (isComparing(place, id)) return
  const controller = new AbortController()
  const ask = async () => {
    try {
      const { runComparison } = await import('./runComparison')
      await runComparison(place, id, { ...options, signal: controller.signal, onReply: onChange })
    } catch (error) {
      console.error(`comparison ${id}:`, messageOf(error))
    } finally {
      active.delete(nameOf(place, id))
      onChange()
    }
  }
  const entry: Active = { controller, ended: Promise.resolve() }
  active.set(nameOf(place, id), entry)
  entry.ended = ask()
}

/** Stops a comparison. @returns when it has stopped; received answers are kept */
export async function cancelComparison(place: ProjectPlace, id: number): Promise<void> {
  const entry = active.get(nameOf(place, id))
  entry?.controller.abort('cancelled')
  await entry?.ended
}

/** Stops all comparisons; used when a project is closed. */
export async function cancelComparisons(): Promise<void> {
  const entries = [...active.values()]
  for (const { controller } of entries) controller.abort('cancelled')
  await Promise.all(entries.map(({ ended }) => ended))
}
