import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../src/main/generation/seededRandom'
import { fingerprintDistance } from '../../../src/main/media/neighbours/fingerprint'
import {
  nearbyCount,
  relateByKind,
  relateEarlier,
  relateEarlierRounds,
  relateMutual,
  relateMutualOnVideo,
  relateNone,
  relateSimilar,
  relateSimilarImages,
  similarCount,
  type RelatablePair,
  type Relate,
} from '../../../src/main/recipes/relate'

type Pair = RelatablePair & { readonly id: number }
const pair = (id: number, itemId: number, more: Partial<RelatablePair> = {}): Pair => ({
  id,
  itemId,
  callId: 1,
  kind: null,
  conversation: null,
  turn: null,
  instruction: `What is thing ${id}?`,
  shown: String(itemId),
  fingerprint: null,
  ...more,
})

const ask = (rule: Relate, pairs: readonly RelatablePair[]) => {
  const relating = rule()
  for (const each of pairs) relating.add(each)
  return relating.finish()
}

/** Rules go by places; here they are asked, and answer, with ids. */
const byIds = (rule: Relate, pairs: readonly Pair[]) => {
  const related = ask(rule, pairs)
  return (id: number): number[] => Array.from(related(pairs.findIndex((each) => each.id === id)), (place) => pairs[place]?.id ?? NaN)
}

const relate = (rule: Relate, pairs: readonly Pair[]) => {
  const related = byIds(rule, pairs)
  return Object.fromEntries(pairs.map(({ id }) => [id, related(id)]))
}

describe('the pairs that stand before a pair in training', () => {
  const two = [pair(3, 1), pair(5, 1), pair(9, 1), pair(4, 2), pair(6, 2)]

  it('are none, the earlier ones of its item, or all others of its item', () => {
    expect(relate(relateNone, two)).toEqual({ 3: [], 5: [], 9: [], 4: [], 6: [] })
    expect(relate(relateEarlier, two)).toEqual({ 3: [], 5: [3], 9: [3, 5], 4: [], 6: [4] })
    expect(relate(relateMutual, two)).toEqual({ 3: [5, 9], 5: [3, 9], 9: [3, 5], 4: [6], 6: [4] })
  })

  it('are those on the same video or image for rules that say so, whichever item they are of', () => {
    const pairs = [pair(1, 1, { shown: '7' }), pair(2, 1, { shown: '7' }), pair(3, 2, { shown: '7' }), pair(4, 3, { shown: '8' })]
    expect(relate(relateMutualOnVideo, pairs)).toEqual({ 1: [2, 3], 2: [1, 3], 3: [1, 2], 4: [] })
    expect(relate(relateEarlier, pairs)).toEqual({ 1: [], 2: [1], 3: [1, 2], 4: [] })
    expect(relate(relateMutual, pairs)).toEqual({ 1: [2], 2: [1], 3: [], 4: [] })
  })

  it('are the nearest hundred before and after where an item has very many, still mutual', () => {
    const pairs = Array.from({ length: 1000 }, (_, at) => pair(at + 1, 1))
    const mutual = byIds(relateMutual, pairs)
    const sets = new Map(pairs.map((each) => [each.id, new Set(mutual(each.id))]))
    expect(sets.get(500)?.size).toBe(2 * nearbyCount)
    expect(sets.get(1)).toEqual(new Set(Array.from({ length: nearbyCount }, (_, at) => at + 2)))
    for (const [id, related] of sets) for (const other of related) expect(sets.get(other)?.has(id)).toBe(true)
    expect(byIds(relateEarlier, pairs)(1000)).toEqual(Array.from({ length: nearbyCount }, (_, at) => 900 + at))
  })

  it('are the earlier rounds of the same conversation of the same reply', () => {
    const rounds = [
      pair(1, 1, { conversation: 0, turn: 0 }),
      pair(2, 1, { conversation: 0, turn: 2 }),
      pair(3, 1, { conversation: 0, turn: 1 }),
      pair(4, 1, { conversation: 1, turn: 0 }),
      pair(5, 1, { conversation: 1, turn: 1 }),
      pair(6, 1, { conversation: 0, turn: 1, callId: 2 }),
    ]
    expect(relate(relateEarlierRounds, rounds)).toEqual({ 1: [], 2: [1, 3], 3: [1], 4: [], 5: [4], 6: [] })
  })

  it('are the most similar instructions about other images, the best first', () => {
    const pairs = [
      pair(1, 1, { instruction: 'Which colour has the old steam engine?' }),
      pair(2, 1, { instruction: 'Which colour has the old steam engine today?' }),
      pair(3, 2, { instruction: 'Is the engine driven by steam?' }),
      pair(4, 3, { instruction: 'Which colour has the steam engine?' }),
      pair(5, 4, { instruction: 'Who eats an apple?' }),
      pair(6, 9, { instruction: 'Which colour has the old steam engine?', shown: '1' }),
    ]
    expect(relate(relateSimilar, pairs)).toMatchObject({ 1: [4, 3], 5: [] })
  })

  it('are similar ones in scripts without spaces too', () => {
    const pairs = [
      pair(1, 1, { instruction: '这张图片里的猫在做什么？' }),
      pair(2, 2, { instruction: '火车是什么颜色的？' }),
      pair(3, 3, { instruction: '图片里的猫在哪里？' }),
    ]
    expect(byIds(relateSimilar, pairs)(1)).toEqual([3, 2])
  })

  it('begin with those that ask the very same, however large the set and however few its words', () => {
    const words = Array.from({ length: 22 }, (_, at) => `word${at}`)
    const sentence = (at: number) => [0, 1, 2, 3].map((power) => words[Math.floor(at / 22 ** power) % 22]).join(' ')
    const pairs = Array.from({ length: 12_000 }, (_, at) => pair(at + 1, at + 1, { instruction: sentence((at % 6000) * 37) }))
    const related = byIds(relateSimilar, pairs)
    for (const at of [0, 599, 3000, 5999]) {
      const [best = 0] = related(at + 1)
      expect(pairs[best - 1]?.instruction.split(' ').toSorted()).toEqual(
        sentence(at * 37)
          .split(' ')
          .toSorted(),
      )
    }
  })

  it('are at most ten similar ones', () => {
    const pairs = Array.from({ length: 30 }, (_, at) => pair(at + 1, at + 1, { instruction: 'What is here?' }))
    expect(byIds(relateSimilar, pairs)(1)).toHaveLength(similarCount)
  })

  it('depend on the kind: turns have the earlier ones of their image, others similar ones of their own kind elsewhere', () => {
    const pairs = [
      pair(1, 1, { kind: 'conversation' }),
      pair(2, 1, { kind: 'detail', instruction: 'Describe the harbour.' }),
      pair(3, 1, { kind: 'conversation' }),
      pair(4, 2, { kind: 'detail', instruction: 'Describe the old harbour.' }),
      pair(5, 2, { kind: 'reasoning', instruction: 'Why is the harbour empty?' }),
      pair(6, 3, { kind: 'reasoning', instruction: 'Why is the street empty?' }),
      pair(7, 3),
    ]
    expect(relate(relateByKind, pairs)).toEqual({ 1: [], 2: [4], 3: [1], 4: [2], 5: [6], 6: [5], 7: [] })
  })

  /** A fingerprint with so many of its lower bits set: their number is the distance from one with none. */
  const print = (bits: number) => ({ high: 0, low: 2 ** bits - 1 })

  it('are pairs about the most similar images, nearest first, of each image one before a second', () => {
    const pairs = [
      pair(1, 1, { fingerprint: print(0) }),
      pair(2, 1, { fingerprint: print(0) }),
      pair(3, 2, { fingerprint: print(9) }),
      pair(4, 3, { fingerprint: print(2) }),
      pair(5, 3, { fingerprint: print(2) }),
      pair(6, 4, { fingerprint: null }),
      pair(7, 5, { fingerprint: print(0), shown: '1' }),
    ]
    expect(relate(relateSimilarImages, pairs)).toEqual({
      1: [4, 3, 5],
      2: [4, 3, 5],
      3: [4, 1, 5, 2, 7],
      4: [1, 3, 2, 7],
      5: [1, 3, 2, 7],
      6: [],
      7: [4, 3, 5],
    })
  })

  it('are at most ten about similar images, and none nearer is left out', () => {
    const random = seededRandom('images')
    const any = () => Math.floor(random() * 2 ** 32)
    const pairs = Array.from({ length: 200 }, (_, at) => pair(at + 1, at + 1, { fingerprint: { high: any(), low: any() } }))
    const related = byIds(relateSimilarImages, pairs)
    for (const one of pairs.slice(0, 40)) {
      const distanceTo = (other: Pair) => fingerprintDistance(one.fingerprint ?? print(0), other.fingerprint ?? print(0))
      const nearest = pairs.filter((other) => other !== one).toSorted((a, b) => distanceTo(a) - distanceTo(b) || a.id - b.id)
      expect(related(one.id)).toEqual(nearest.slice(0, similarCount).map(({ id }) => id))
    }
  })

  it('are of LA’s details and reasoning the similar ones by text and by image in turn, ten in all', () => {
    const detail = (id: number, instruction: string, bits: number) =>
      pair(id, id, { kind: 'detail', instruction, fingerprint: print(bits) })
    const pairs = [
      detail(1, 'Describe the harbour.', 0),
      detail(2, 'Describe the old harbour.', 20),
      detail(3, 'What does the street look like?', 1),
      detail(4, 'Give an account of the sky.', 9),
      pair(5, 5, { kind: 'reasoning', instruction: 'Describe the harbour.', fingerprint: print(0) }),
    ]
    expect(byIds(relateByKind, pairs)(1)).toEqual([2, 3, 4])
    const many = Array.from({ length: 40 }, (_, at) => detail(at + 1, 'Describe the harbour.', at % 30))
    for (const related of Object.values(relate(relateByKind, many))) expect(new Set(related).size).toBe(similarCount)
  })

  it('never include the pair itself, and are all of the set', () => {
    const pairs = Array.from({ length: 200 }, (_, at) =>
      pair(at + 1, at % 17, {
        kind: (['conversation', 'detail', 'reasoning', null] as const)[at % 4] ?? null,
        conversation: at % 3,
        turn: at % 5,
        fingerprint: print(at % 17),
      }),
    )
    const ids = new Set(pairs.map(({ id }) => id))
    for (const rule of [relateEarlier, relateMutual, relateEarlierRounds, relateSimilar, relateSimilarImages, relateByKind])
      for (const [id, related] of Object.entries(relate(rule, pairs))) {
        expect(related).not.toContain(Number(id))
        expect(related.every((other) => ids.has(other))).toBe(true)
        expect(new Set(related).size).toBe(related.length)
      }
  })

  it('are asked for in an order that has every place once', () => {
    const kinds = ['conversation', 'detail', 'reasoning', null] as const
    const pairs = Array.from({ length: 50 }, (_, at) => pair(at + 1, at % 17, { kind: kinds[at % 4] ?? null, fingerprint: print(at % 17) }))
    for (const rule of [relateSimilar, relateByKind])
      expect(ask(rule, pairs).inAskingOrder?.().toSorted()).toEqual(Uint32Array.from(pairs.keys()))
    for (const rule of [relateEarlier, relateMutual, relateEarlierRounds, relateSimilarImages])
      expect(ask(rule, pairs).inAskingOrder).toBeUndefined()
  })
})
