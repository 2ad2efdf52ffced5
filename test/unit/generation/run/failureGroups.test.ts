import { expect, test } from 'vitest'
import { groupFailures } from '../../../../src/main/generation/run/failureGroups'
import type { Failure } from '../../../../src/main/store/runs/calls'
import { message } from '../../../../src/shared/messages/message'

const failed = (id: number, code: Failure['error']['code'], text: Failure['error']['message'], status: number | null = null): Failure => ({
  id,
  itemId: 100 + id,
  itemSourceId: `item-${id}`,
  error: { code, message: text, status },
})

test('failures of one reason make a group, whatever item, number or quoted word their messages hold; the largest comes first', () => {
  const groups = groupFailures([
    failed(1, 'timeout', 'No reply in 2 s.'),
    failed(2, 'not-json', 'Unexpected token < at 17'),
    failed(3, 'not-json', 'Unexpected token < at 4'),
    failed(4, 'not-json', 'item-4: Unexpected token < at 9'),
    failed(5, 'wrong-shape', 'The key "pairs" is missing'),
    failed(6, 'wrong-shape', 'The key “answer” is missing'),
    failed(7, 'not-json', 'item-7: Unexpected token < at 9'),
    failed(8, 'not-json', 'Unexpected token < at 1000'),
  ])
  expect(groups.map(({ error, callIds }) => [error.code, callIds])).toEqual([
    ['not-json', [2, 3, 8]],
    ['not-json', [4, 7]],
    ['wrong-shape', [5, 6]],
    ['timeout', [1]],
  ])
  expect(groups[0]).toMatchObject({ itemIds: [102, 103, 108], items: ['item-2', 'item-3', 'item-8'] })
})

test('another status, class or wording is another reason', () => {
  const server = (words: string, status: number) => message('provider.serverFailed', { status, words })
  const groups = groupFailures([
    failed(1, 'server-error', server('out of memory', 500), 500),
    failed(2, 'server-error', server('out of memory', 503), 503),
    failed(3, 'server-error', server('overloaded', 503), 503),
    failed(4, 'server-down', 'overloaded'),
  ])
  expect(groups).toHaveLength(4)
})

test('a group names five items and knows all of them', () => {
  const [group] = groupFailures(Array.from({ length: 9 }, (_, at) => failed(at, 'empty', 'The reply is empty.')))
  expect(group?.items).toHaveLength(5)
  expect(group?.itemIds).toHaveLength(9)
})
