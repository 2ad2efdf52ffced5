import type { Box, BoxFamily } from '../../../../shared/domain'
import type { Pieces, PlacedBox, RecordMedia } from './records'

/** Returns a box clipped to its image, or null if it lies entirely outside the image. */
export function placeBox({ label, media, x, y, width, height }: Box, images: readonly RecordMedia[]): PlacedBox | null {
  const image = images[media]
  if (!image || image.kind !== 'image') return null
  const cut = (value: number, size: number) => Math.min(Math.max(value, 0), size)
  const [x1, x2] = [cut(x, image.width), cut(x + width, image.width)]
  const [y1, y2] = [cut(y, image.height), cut(y + height, image.height)]
  return x2 > x1 && y2 > y1 ? { label, media, x1, y1, x2, y2, width: image.width, height: image.height } : null
}

type Corners = readonly [number, number, number, number]

const scale = ({ x1, y1, x2, y2, width, height }: PlacedBox, toWidth: number, toHeight: number): Corners => [
  (x1 / width) * toWidth,
  (y1 / height) * toHeight,
  (x2 / width) * toWidth,
  (y2 / height) * toHeight,
]
const clamp = (value: number, most: number) => Math.min(Math.max(Math.round(value), 0), most)

/** Converts a box to whole thousandths of width and height, the coordinates that Qwen2-VL, Qwen3-VL and InternVL expect. */
const thousandths = (box: PlacedBox) => scale(box, 1000, 1000).map((value) => clamp(value, 1000))

/** Rounds halves to the nearest even number, like Python's `round`. */
const roundHalfEven = (value: number): number => (value % 1 === 0.5 ? 2 * Math.round(value / 2) : Math.round(value))

/**
 * Returns the size to which Qwen2.5-VL resizes an image: both sides are multiples of 28, within the pixel limits of its processor
 * (`smart_resize`).
 */
export function resizedByQwen25(width: number, height: number): { width: number; height: number } {
  const [factor, minPixels, maxPixels] = [28, 56 * 56, 28 * 28 * 16_384]
  const round = (value: number) => Math.max(factor, roundHalfEven(value / factor) * factor)
  const pixels = round(width) * round(height)
  if (pixels > maxPixels) {
    const shrink = Math.sqrt((width * height) / maxPixels)
    const down = (value: number) => Math.max(factor, Math.floor(value / shrink / factor) * factor)
    return { width: down(width), height: down(height) }
  }
  if (pixels < minPixels) {
    const grow = Math.sqrt(minPixels / (width * height))
    const up = (value: number) => Math.ceil((value * grow) / factor) * factor
    return { width: up(width), height: up(height) }
  }
  return { width: round(width), height: round(height) }
}

function resizedPixels(box: PlacedBox): number[] {
  const size = resizedByQwen25(box.width, box.height)
  return scale(box, size.width, size.height).map((value, at) => clamp(value, (at % 2 === 0 ? size.width : size.height) - 1))
}

const asJson = (boxes: readonly PlacedBox[], coordinates: (box: PlacedBox) => readonly number[]) => {
  const objects = boxes.map((box) => ({ bbox_2d: coordinates(box), label: box.label }))
  return JSON.stringify(objects.length === 1 ? objects[0] : objects)
}

const renderers: Readonly<Record<BoxFamily, { ref(label: string): string; boxes(boxes: readonly PlacedBox[]): string }>> = {
  'qwen2-vl': {
    ref: (label) => `<|object_ref_start|>${label}<|object_ref_end|>`,
    boxes: (boxes) =>
      boxes
        .map((box) => {
          const [x1, y1, x2, y2] = thousandths(box)
          return `<|object_ref_start|>${box.label}<|object_ref_end|><|box_start|>(${x1},${y1}),(${x2},${y2})<|box_end|>`
        })
        .join(''),
  },
  'qwen2.5-vl': { ref: (label) => label, boxes: (boxes) => asJson(boxes, resizedPixels) },
  'qwen3-vl': { ref: (label) => label, boxes: (boxes) => asJson(boxes, thousandths) },
  internvl: {
    ref: (label) => `<ref>${label}</ref>`,
    boxes: (boxes) =>
      [...Map.groupBy(boxes, ({ label }) => label)]
        .map(([label, same]) => `<ref>${label}</ref><box>[${same.map((box) => `[${thousandths(box).join(', ')}]`).join(', ')}]</box>`)
        .join(''),
  },
  llava: {
    ref: (label) => label,
    boxes: (boxes) =>
      boxes.map((box) => `${box.label}: [${scale(box, 1, 1).map((value) => value.toFixed(3)).join(', ')}]`).join('\n'), // prettier-ignore
  },
}

/** Returns a function that renders pieces as text, with boxes in the coordinates of the given model family. */
export function createPieceRenderer(family: BoxFamily): (pieces: Pieces) => string {
  const { ref, boxes } = renderers[family]
  return (pieces) =>
    pieces.map((piece) => (typeof piece === 'string' ? piece : 'ref' in piece ? ref(piece.ref.label) : boxes(piece.boxes))).join('')
}
