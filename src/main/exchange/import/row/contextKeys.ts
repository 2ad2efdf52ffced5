import { keysOf, type LeftOut } from './leftOut'
import { isKeyed } from './shapes'

/** Known keys of each part of a context; other keys are dropped. */
const partKeys = {
  boxes: keysOf('label x y width height media'),
  conversation: keysOf('instruction response'),
  images: keysOf('title tags story'),
  sentences: keysOf('start end text'),
  narrations: keysOf('time text objects'),
  clip: keysOf('start end'),
} as const

/** Counts the keys in the parts of a context that are not imported. */
export function countUnreadParts(context: unknown, item: string, leftOut: LeftOut): void {
  if (!isKeyed(context)) return
  for (const [name, known] of Object.entries(partKeys))
    for (const part of [context[name]].flat()) if (isKeyed(part)) leftOut.addKeys(part, known, item, `${name}.`)
}
