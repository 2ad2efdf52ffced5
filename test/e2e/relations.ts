import { expect } from '@playwright/test'
import type { Candidate } from '../../src/shared/domain'

/** An exported pair, as the project knows it, with its id in the set. */
export interface ExportedPair extends Candidate {
  readonly exportId: string
}

/** Says which related ids the paper's rule (C_psi) asks for, or what they must be like where the rule leaves a choice. */
export type Relation = (pair: ExportedPair, all: readonly ExportedPair[], related: readonly string[]) => void

const exactly =
  (belongs: (other: ExportedPair, pair: ExportedPair) => boolean): Relation =>
  (pair, all, related) =>
    expect(related, pair.exportId).toEqual(
      all.filter((other) => other.id !== pair.id && belongs(other, pair)).map(({ exportId }) => exportId),
    )

const onItem = (other: ExportedPair, pair: ExportedPair) => other.itemId === pair.itemId

const earlier = exactly((other, pair) => onItem(other, pair) && other.id < pair.id)

const earlierTurns = exactly((other, pair) => onItem(other, pair) && other.kind === 'conversation' && other.id < pair.id)

/** Ten at most of the same kind about other items, and there are such. */
const similar: Relation = (pair, all, related) => {
  const others = all.filter((other) => !onItem(other, pair) && other.kind === pair.kind).map(({ exportId }) => exportId)
  expect(related.length, pair.exportId).toBeGreaterThan(0)
  expect(related.length, pair.exportId).toBeLessThanOrEqual(10)
  expect(new Set(related).size, pair.exportId).toBe(related.length)
  expect(others, pair.exportId).toEqual(expect.arrayContaining([...related]))
}

export const relations = {
  none: exactly(() => false),
  earlier,
  mutual: exactly(onItem),
  earlierRounds: exactly(
    (other, pair) =>
      onItem(other, pair) &&
      other.callId === pair.callId &&
      other.conversation === pair.conversation &&
      (other.turn ?? 0) < (pair.turn ?? 0),
  ),
  similar,
  /** LACONV: earlier turns on the image; LACR and LADD: the most similar */
  byKind: (pair, all, related) => (pair.kind === 'conversation' ? earlierTurns : similar)(pair, all, related),
} as const satisfies Record<string, Relation>
