import { createStore } from '../../../app/state/createStore'

/** How an image is shown: number of clockwise quarter turns (0 to 3), and brightness and contrast in percent of the original. */
export interface Adjustment {
  readonly turns: number
  readonly brightness: number
  readonly contrast: number
}

export const asItCame: Adjustment = { turns: 0, brightness: 100, contrast: 100 }
/** Change of a level for one key press, in percent. */
export const LEVEL_STEP = 10
export const LEVELS = { least: 20, most: 300 } as const
/** Maximum number of adjusted images that are remembered. */
const REMEMBERED = 200

export const isAsItCame = ({ turns, brightness, contrast }: Adjustment) => turns === 0 && brightness === 100 && contrast === 100

const kept = createStore<{ readonly of: ReadonlyMap<string, Adjustment> }>('project', { of: new Map() })

/** Returns the adjustment of an image. It is remembered while the project is open. */
export const useAdjustment = (key: string): Adjustment => kept.use(({ of }) => of.get(key) ?? asItCame)

export const forgetAdjustments = () => kept.reset()

const within = (level: number) => Math.min(LEVELS.most, Math.max(LEVELS.least, level))

/** Changes the adjustment of an image. @returns the new adjustment */
export function adjust(key: string, change: (now: Adjustment) => Partial<Adjustment>): Adjustment {
  const now = kept.get().of.get(key) ?? asItCame
  const { turns, brightness, contrast } = { ...now, ...change(now) }
  const next = { turns: ((turns % 4) + 4) % 4, brightness: within(brightness), contrast: within(contrast) }
  const others = [...kept.get().of].filter(([each]) => each !== key).slice(1 - REMEMBERED)
  kept.set({ of: new Map(isAsItCame(next) ? others : [...others, [key, next]]) })
  return next
}
