import { expect, it } from 'vitest'
import { labelRows } from '../../../src/renderer/src/components/MediaViewer/video/labelRows'

it('labels that would lie over another go down a row, as often as needed', () => {
  const person = { label: 'person', x: 20, y: 10 }
  const flag = { label: 'flag', x: 0, y: 0 }
  const rocket = { label: 'rocket', x: 350, y: 0 }
  expect(labelRows([person, rocket, flag, { ...flag, label: 'pole' }], 1)).toEqual([0, 0, 1, 2])
})

it('where an image is shown small its labels need more room', () => {
  const boxes = [
    { label: 'cup', x: 0, y: 100 },
    { label: 'spoon', x: 60, y: 100 },
  ]
  expect(labelRows(boxes, 1)).toEqual([0, 0])
  expect(labelRows(boxes, 3)).toEqual([0, 1])
})

it('boxes without a label take no room', () => {
  expect(
    labelRows(
      [
        { label: '', x: 0, y: 0 },
        { label: 'cat', x: 0, y: 0 },
      ],
      1,
    ),
  ).toEqual([0, 0])
})
