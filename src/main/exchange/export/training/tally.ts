import type { Tallied } from '../../../../shared/domain'
import { type Message, message } from '../../../../shared/messages/message'

const listedItems = 5

export interface Tally {
  add(reason: Message, item: string, count?: number): void
  read(): Tallied[]
}

/** Creates a counter of reasons; reasons with the same key and the same values are counted together. */
export function createTally(): Tally {
  const groups = new Map<string, { reason: Message; count: number; items: Set<string> }>()
  return {
    add(reason, item, count = 1) {
      const key = JSON.stringify(reason)
      const group = groups.get(key) ?? { reason, count: 0, items: new Set<string>() }
      groups.set(key, group)
      group.count += count
      if (group.items.size < listedItems) group.items.add(item)
    },
    read: () => [...groups.values()].map(({ reason, count, items }) => ({ reason, count, items: [...items] })),
  }
}

/** Reasons why the exporter leaves pairs out of a set. */
export const leftOutReasons = {
  identical: message('training.leftOut.identical'),
  translated: message('training.leftOut.translated'),
  typos: message('training.leftOut.typos'),
  small: message('training.leftOut.small'),
  notEdited: message('training.leftOut.notEdited'),
  duplicate: message('training.leftOut.duplicate'),
  severalTurns: message('training.leftOut.severalTurns'),
  noSystem: message('training.leftOut.noSystem'),
  noPreferenceMedia: message('training.leftOut.noPreferenceMedia'),
  videoNeedsFrames: message('training.leftOut.videoNeedsFrames'),
  videoPart: message('training.leftOut.videoPart'),
  boxOutside: message('training.leftOut.boxOutside'),
} as const
