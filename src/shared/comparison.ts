import type { ComparedItem, Comparison, SideName, TrialReply, Vote } from './domain'
import { sideNames } from './domain'

/** Totals of one side of a comparison over all items. */
export interface SideTotals {
  readonly pairs: number
  readonly failures: number
  readonly answered: number
  readonly promptTokens: number
  readonly completionTokens: number
  /** mean number of characters over the pairs; null without pairs */
  readonly instructionLength: number | null
  readonly responseLength: number | null
}

/** Adds up the replies of one side. */
export function sumSide(items: readonly ComparedItem[], side: SideName): SideTotals {
  const replies = items.map((item) => item[side]).filter((reply) => reply !== null)
  const pairs = replies.flatMap((reply) => reply.pairs)
  const mean = (lengthOf: (pair: (typeof pairs)[number]) => number) =>
    pairs.length === 0 ? null : Math.round(sum(pairs.map(lengthOf)) / pairs.length)
  return {
    pairs: pairs.length,
    failures: replies.filter(({ error }) => error !== null).length,
    answered: replies.length,
    promptTokens: sum(replies.map(({ promptTokens }) => promptTokens ?? 0)),
    completionTokens: sum(replies.map(({ completionTokens }) => completionTokens ?? 0)),
    instructionLength: mean(({ instruction }) => instruction.length),
    responseLength: mean(({ response }) => response.length),
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

export type VoteCounts = Readonly<Record<Vote | 'open', number>>

/** Counts the votes of the items. */
export function countVotes(items: readonly Pick<ComparedItem, 'vote'>[]): VoteCounts {
  const count = (vote: Vote | null) => items.filter((item) => item.vote === vote).length
  return { first: count('first'), second: count('second'), equal: count('equal'), open: count(null) }
}

/** Returns the number of requests that have a reply or a failure, the number of failures, and the total number of requests. */
export function countRequests(items: readonly ComparedItem[]): { done: number; failed: number; total: number } {
  const replies = items.flatMap((item) => sideNames.map((side) => item[side]))
  return {
    done: replies.filter((reply) => reply !== null).length,
    failed: replies.filter((reply) => reply?.error).length,
    total: replies.length,
  }
}

/** Returns the side shown on the left for an item: the first one, or in a blind comparison the one that the seed and the item determine. */
export function leftSideOf({ blind, seed }: Pick<Comparison, 'blind' | 'seed'>, itemId: number): SideName {
  if (!blind) return 'first'
  // Mixing steps of murmur3, so that neighbouring items and seeds give independent bits.
  let hash = Math.imul(seed ^ Math.imul(itemId, 0x9e3779b1), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) & 1) === 0 ? 'first' : 'second'
}

export const otherSide = (side: SideName): SideName => (side === 'first' ? 'second' : 'first')

/** Returns true if a reply does not have to be requested again: it contains pairs, or it is a failure that was paid for. */
export const isPaidFor = ({ error, reply }: Pick<TrialReply, 'error' | 'reply'>): boolean => error === null || reply !== null
