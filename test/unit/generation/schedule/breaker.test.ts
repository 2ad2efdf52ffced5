import { expect, it } from 'vitest'
import { createBreaker } from '../../../../src/main/generation/schedule/scheduleCalls'

it('counts failures in a row for one reason; an answer, or another reason, begins anew', () => {
  const breaker = createBreaker(3)
  expect(['timeout', 'timeout', 'not-json', 'not-json'].map(breaker.fail)).toEqual([1, 2, 1, 2])
  breaker.succeed()
  expect(['not-json', 'not-json', 'not-json'].map(breaker.fail)).toEqual([1, 2, 3])
  expect(breaker.limit).toBe(3)
})

it('stays open once so many have failed, or a failure stops the run', () => {
  const breaker = createBreaker(2)
  breaker.fail('timeout')
  expect(breaker.isOpen()).toBe(false)
  breaker.fail('timeout')
  breaker.succeed()
  expect(breaker.isOpen()).toBe(true)
  const other = createBreaker(2)
  other.open()
  expect(other.isOpen()).toBe(true)
})
