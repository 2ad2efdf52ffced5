import { createStore } from '../../../app/state/createStore'

/** How an image is shown: turned clockwise by so many quarters (0 to 3), and in percent of its own brightness and contrast. */
export interface Adjustment {
  readonly turns: number
  readonly brightness: number
  readonly contrast: number
}

export const asItCame: Adjustment = { turns: 0, brightness: 100, contrast: 100 }
/** Percent that a key changes. */
export const LEVEL_STEP = 10
export const LEVELS = { least: 20, most: 300 } as const
/** The last so many images that were adjusted are remembered. */
const REMEMBERED = 200

export const isAsItCame = ({ turns, brightness, contrast }: Adjustment) => turns === 0 && brightness === 100 && contrast === 100

const kept = createStore<{ readonly of: ReadonlyMap<string, Adjustment> }>('project', { of: new Map() })

/** As long as the project is open: an item that one comes back to is shown as it was left. */
export const useAdjustment = (key: string): Adjustment => kept.use(({ of }) => of.get(key) ?? asItCame)

export const forgetAdjustments = () => kept.reset()

const within = (level: number) => Math.min(LEVELS.most, Math.max(LEVELS.least, level))

/** Changes how the image of a key is shown. @returns how it is shown from now on */
export function adjust(key: string, change: (now: Adjustment) => Partial<Adjustment>): Adjustment {
  const now = kept.get().of.get(key) ?? asItCame
  const { turns, brightness, contrast } = { ...now, ...change(now) }
  const next = { turns: ((turns % 4) + 4) % 4, brightness: within(brightness), contrast: within(contrast) }
  const others = [...kept.get().of].filter(([each]) => each !== key).slice(1 - REMEMBERED)
  kept.set({ of: new Map(isAsItCame(next) ? others : [...others, [key, next]]) })
  return next
}
