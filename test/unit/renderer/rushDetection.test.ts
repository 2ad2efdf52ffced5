import { expect, it } from 'vitest'
import { countRushed, isRushed } from '../../../src/renderer/src/features/review/session/rushDetection'

const after = (decisions: readonly (readonly ['accept' | 'reject' | 'edit', number])[]) =>
  isRushed(decisions.reduce((run, [verdict, seconds]) => countRushed(run, verdict, seconds), 0))
const ten = Array.from({ length: 10 }, () => ['accept', 1.9] as const)

it('ten accepted in a row in less than two seconds each are rushed, nine are not', () => {
  expect(after(ten)).toBe(true)
  expect(after(ten.slice(1))).toBe(false)
})

it('the next slower decision ends it, and so does one that is no acceptance', () => {
  expect(after([...ten, ['accept', 2]])).toBe(false)
  expect(after([...ten, ['reject', 0.5]])).toBe(false)
  expect(after([...ten.slice(1), ['edit', 0.5], ...ten.slice(1)])).toBe(false)
  expect(after([...ten, ['accept', 0.5]])).toBe(true)
})
