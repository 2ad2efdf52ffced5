import { describe, expect, it } from 'vitest'
import { createPieceRenderer, placeBox, resizedByQwen25 } from '../../../src/main/exchange/export/training/boxes'
import type { PlacedBox, RecordMedia } from '../../../src/main/exchange/export/training/records'
import { countToken, findPlaceholder, neutralizePlaceholders } from '../../../src/main/exchange/export/training/placeholders'

const image = { kind: 'image', width: 600, height: 400 } as RecordMedia
const box = (label: string, x: number, y: number, width: number, height: number, media = 0) =>
  placeBox({ label, x, y, width, height, media }, [image])
const placed = box('cup', 60, 40, 300, 200) as PlacedBox
const spoon = box('spoon', 0, 0, 600, 400) as PlacedBox

describe('a box', () => {
  it.each([
    ['qwen2-vl', '<|object_ref_start|>cup<|object_ref_end|><|box_start|>(100,100),(600,600)<|box_end|>'],
    // 600 × 400 is resized to 588 × 392.
    ['qwen2.5-vl', '{"bbox_2d":[59,39,353,235],"label":"cup"}'],
    ['qwen3-vl', '{"bbox_2d":[100,100,600,600],"label":"cup"}'],
    ['internvl', '<ref>cup</ref><box>[[100, 100, 600, 600]]</box>'],
    ['llava', 'cup: [0.100, 0.100, 0.600, 0.600]'],
  ] as const)('is written in the coordinates of %s', (family, text) => {
    expect(createPieceRenderer(family)([{ boxes: [placed] }])).toBe(text)
  })

  it('stands in a list beside others', () => {
    const both = [{ boxes: [placed, spoon] }]
    expect(createPieceRenderer('qwen3-vl')(both)).toBe(
      '[{"bbox_2d":[100,100,600,600],"label":"cup"},{"bbox_2d":[0,0,1000,1000],"label":"spoon"}]',
    )
    expect(createPieceRenderer('qwen2.5-vl')(both)).toContain('[0,0,587,391]')
    expect(createPieceRenderer('internvl')([{ boxes: [placed, { ...spoon, label: 'cup' }] }])).toBe(
      '<ref>cup</ref><box>[[100, 100, 600, 600], [0, 0, 1000, 1000]]</box>',
    )
  })

  it('is cut to its image, and left out where nothing of it is on it', () => {
    expect(box('edge', -20, 380, 100, 100)).toMatchObject({ x1: 0, y1: 380, x2: 80, y2: 400 })
    expect(box('outside', 700, 10, 20, 20)).toBeNull()
    expect(box('line', 10, 10, 0, 20)).toBeNull()
    expect(box('elsewhere', 10, 10, 10, 10, 1)).toBeNull()
  })
})

describe('the size to which Qwen2.5-VL resizes', () => {
  it.each([
    [600, 400, 588, 392],
    [28, 28, 56, 56],
    [10_000, 10_000, 3556, 3556],
    [70, 70, 56, 56],
    [98, 126, 112, 112],
    [9000, 2000, 7588, 1680],
    [1920, 1080, 1932, 1092],
    [1, 3000, 28, 2996],
  ])('is for %i × %i %i × %i', (width, height, toWidth, toHeight) => {
    expect(resizedByQwen25(width, height)).toEqual({ width: toWidth, height: toHeight })
  })
})

describe('a placeholder in a text', () => {
  it.each(['<image>', '<video>', '<audio>', '<bbox>', '<ref-object>', '<img>', '<|im_end|>', '<|vision_start|>', '<IMG_CONTEXT>'])(
    '%s is neutralized',
    (token) => {
      const text = `Write ${token} here, ${token}!`
      expect(findPlaceholder(text)).toBe(token)
      const neutral = neutralizePlaceholders(text)
      expect(findPlaceholder(neutral)).toBeNull()
      expect(neutral.replaceAll('< ', '<')).toBe(text)
    },
  )

  it.each(['a < b > c', '<b>bold</b>', '<Image>', 'x <- y', '<images>'])('is not “%s”', (text) => {
    expect(neutralizePlaceholders(text)).toBe(text)
    expect(findPlaceholder(text)).toBeNull()
  })

  it('is counted', () => {
    expect(countToken('<image>\n<image>What?', '<image>')).toBe(2)
  })
})
