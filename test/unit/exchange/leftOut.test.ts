import { describe, expect, it } from 'vitest'
import { keysOf, LeftOut } from '../../../src/main/exchange/import/row/leftOut'
import { toEnglish } from '../../../src/shared/messages/translate'

/** The keys that are reported of a record, of which `id` is read. */
function reported(record: Record<string, unknown>, usual?: Record<string, unknown>): string[] {
  const leftOut = new LeftOut()
  leftOut.addKeys(record, keysOf('id', usual), 'a')
  return [...leftOut.notes('file.json')].map((entry) => (entry.kind === 'note' ? toEnglish(entry.reason) : ''))
}

describe('keys of a record that nothing reads', () => {
  it.each([
    [{ id: 1, label: false }, ['“label” is not imported (1): a']],
    [{ id: 1, is_safe: false, valid: false }, ['“is_safe” is not imported (1): a', '“valid” is not imported (1): a']],
    [{ id: 1, n: 0 }, ['“n” is not imported (1): a']],
    [{ id: 1, was_cancelled: false, difficult: false, checked: false }, []],
    [{ id: 1, was_cancelled: true }, ['“was_cancelled” is not imported (1): a']],
    [{ id: 1, a: null, b: '', c: {}, d: [] }, []],
  ])('of %j are %j', (record, notes) => {
    expect(reported(record)).toEqual(notes)
  })

  it('say nothing where they hold what is usual', () => {
    expect(reported({ id: 1, iscrowd: 0 }, { iscrowd: 0 })).toEqual([])
  })
})
