import { describe, expect, it } from 'vitest'
import { toYamlGroups } from '../../../src/main/exchange/export/training/handOff'
import type { RecordMedia, TrainingRecord } from '../../../src/main/exchange/export/training/records'
import { createSetFacts, sequenceLength } from '../../../src/main/exchange/export/training/setFacts'

const image = (width: number, height: number) => ({ kind: 'image', width, height }) as RecordMedia
const record = (answer: string, media: readonly RecordMedia[] = []): TrainingRecord => ({
  ...{ id: 'a', item: 'a', split: 'train', system: null, media, history: [], pairs: [], boxes: [], turn: null },
  ...{ prompt: ['What?'], outcome: { kind: 'sft', answer: [answer] } },
})

describe('the facts of a set', () => {
  it.each([
    ['a short row', record('Two.'), 2048, 2048],
    ['a long text', record('word '.repeat(3000)), 8192, 8192],
    ['a long text without spaces', record('字'.repeat(3000)), 4096, 4096],
    ['large images', record('Two.', [image(4000, 3000), image(4000, 3000)]), 2048, 32_768],
    [
      'an album',
      record(
        'Two.',
        Array.from({ length: 6 }, () => image(768, 768)),
      ),
      8192,
      8192,
    ],
  ])('give a length that holds %s', (_name, row, limited, full) => {
    const facts = createSetFacts()
    facts.add(record('One.'))
    facts.add(row)
    const { longest, rows } = facts.read()
    expect([sequenceLength(longest.limited), sequenceLength(longest.full), rows.get('train')]).toEqual([limited, full, 2])
  })
})

it('settings are quoted where readers of YAML 1.1 would take them for something else', () => {
  const text = toYamlGroups({ Data: { name: 'no', other: 'on', path: '.', rate: 0.0001, small: 0.000005 } })
  expect(text).toBe('# Data\nname: "no"\nother: "on"\npath: "."\nrate: 0.0001\nsmall: 0.000005\n')
})
