import { describe, expect, it } from 'vitest'
import { agreementOf, medianOf, standingOf } from '../../../src/main/quality/ownFigures'
import { perturb, stillWrong } from '../../../src/main/quality/perturb'
import type { CheckKind } from '../../../src/shared/quality'

const context = {
  captions: ['A red car and three dogs beside a church.'],
  boxes: [{ label: 'car', x: 0, y: 0, width: 9, height: 9, media: 0 }],
}
const pair = { instruction: 'What is there?', response: 'Three dogs sit. The red car is beside the church.' }
const foreign = { instruction: 'What does she do?', response: 'She pours hot coffee into a small white cup.' }

/** Each way there is, by the numbers that choose it. */
function waysOf(given: Parameters<typeof perturb>[0], about = context as Parameters<typeof perturb>[1], others = [foreign]) {
  const made = Array.from({ length: 50 }, (_, at) => perturb(given, about, others, () => at / 50)).filter((one) => one !== null)
  return new Map<CheckKind, (typeof made)[number]>(made.map((one) => [one.kind, one]))
}

describe('a pair made wrong', () => {
  const ways = waysOf(pair)

  it('has the response of another item, or another colour, number or object, or is negated', () => {
    expect([...ways.keys()].toSorted()).toEqual(['colour', 'foreign', 'negation', 'number', 'object'])
    expect(ways.get('foreign')?.response).toBe(foreign.response)
    expect(ways.get('negation')?.response).toBe('Three dogs sit. The red car is not beside the church.')
    expect(ways.get('colour')?.response).toMatch(/^Three dogs sit\. The (?!red)\w+ car is beside the church\.$/)
    expect(ways.get('number')?.response).toMatch(/^(?!Three)[A-Z]\w+ dogs sit\./)
    expect(ways.get('object')?.response).toMatch(/The red (?!car)\w+ is beside the church\.$/)
  })

  it('differs from the draft in all of them', () => {
    for (const { response } of ways.values()) expect(response).not.toBe(pair.response)
  })

  it('turns round only what the context says: the opposite of a wrong draft may be right', () => {
    const blind = waysOf({ ...pair, response: 'Two green bicycles are in the rain near a lake.' }, context, [])
    expect([...blind.keys()]).toEqual([])
  })

  it('takes no colour or number that the item has too', () => {
    const all = { captions: ['A red car, blue, green, yellow, white, black, brown, orange, pink, purple.'] }
    expect(waysOf({ ...pair, response: 'The red one.' }, all, []).has('colour')).toBe(false)
  })

  it('takes no response that would do for this item too', () => {
    const near = { instruction: 'What?', response: 'A red car is beside the church with three dogs.' }
    const short = { instruction: 'Is there?', response: 'Yes, a cat.' }
    expect(waysOf({ ...pair, response: 'Quiet.' }, context, [near, short]).size).toBe(0)
  })

  it('is mended where the wrong words are gone', () => {
    expect(stillWrong('The blue car.', 'blue', 'The BLUE old car.')).toBe(true)
    expect(stillWrong('The blue car.', 'blue', 'The red car.')).toBe(false)
    expect(stillWrong(foreign.response, foreign.response, `${foreign.response} Yes.`)).toBe(true)
    expect(stillWrong(foreign.response, foreign.response, 'A red car.')).toBe(false)
  })
})

describe('agreement of two reviewers', () => {
  const cell = (first: 'accepted' | 'rejected', second: 'accepted' | 'rejected', pairs: number) => ({ first, second, pairs })

  it('is the share judged alike, and Cohen’s kappa', () => {
    // The worked example of two raters and 50 cases: 20 + 15 alike, 0.5 by chance.
    const cells = [
      cell('accepted', 'accepted', 20),
      cell('accepted', 'rejected', 5),
      cell('rejected', 'accepted', 10),
      cell('rejected', 'rejected', 15),
    ]
    const { pairs, agreed, kappa } = agreementOf(cells)
    expect({ pairs, agreed }).toEqual({ pairs: 50, agreed: 35 })
    expect(kappa).toBeCloseTo(0.4, 10)
  })

  it('is 1 where they always agree, below 0 where they never do', () => {
    expect(agreementOf([cell('accepted', 'accepted', 3), cell('rejected', 'rejected', 3)]).kappa).toBe(1)
    expect(agreementOf([cell('accepted', 'rejected', 3), cell('rejected', 'accepted', 3)]).kappa).toBe(-1)
  })

  it('has no kappa where nothing was looked at twice, or only one thing was ever said', () => {
    expect(agreementOf([])).toEqual({ pairs: 0, agreed: 0, kappa: null })
    expect(agreementOf([cell('accepted', 'accepted', 9)]).kappa).toBeNull()
  })
})

describe('figures of a reviewer', () => {
  it('count a decision that was undone not at all, and one done again once', () => {
    const row = (id: number, kind: 'decide' | 'undo' | 'redo', targetId: number | null) =>
      ({ id, kind, targetId, verdict: 'accept', seconds: 1, decidedAt: 0 }) as const
    expect(standingOf([row(3, 'decide', null), row(2, 'undo', 1), row(1, 'decide', null)]).map(({ id }) => id)).toEqual([3])
    expect(standingOf([row(3, 'redo', 2), row(2, 'undo', 1), row(1, 'decide', null)]).map(({ id }) => id)).toEqual([3])
  })

  it('have the median of an odd and an even number of dwell times', () => {
    expect([medianOf([9, 1, 2]), medianOf([4, 1, 2, 9]), medianOf([])]).toEqual([2, 3, null])
  })
})
