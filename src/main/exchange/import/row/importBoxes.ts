import type { Box, Context } from '../../../../shared/domain'
import { type Message, message } from '../../../../shared/messages/message'
import type { NewMedia } from '../../../media/storeMedia'

type Size = Pick<NewMedia, 'width' | 'height' | 'fileName'>

/** The remaining part of a box on its image (null if there is none), and the fault to report. */
interface Checked {
  readonly kept: Box | null
  readonly fault: Message | null
}

/** Annotators often draw slightly beyond the edge; this is not reported. */
const tolerancePixels = 1

const describeBox = ({ label, x, y, width, height }: Box) => message('import.row.box', { label, numbers: [x, y, width, height].join(', ') })
/** Removes floating-point noise from a difference. */
const tidy = (value: number) => Number(value.toPrecision(12))

/** Checks whether a box seems to be in fractions of the image size: nobody draws a box within the first pixel. */
const isFraction = ({ x, y, width, height }: Box) =>
  [x, y, x + width, y + height].every((value) => value >= 0 && value <= 1) && width + height < 2

function clip(box: Box, right: number, bottom: number): Box {
  const [x, y] = [Math.max(0, box.x), Math.max(0, box.y)]
  return {
    ...box,
    x,
    y,
    width: x === box.x && x + box.width <= right ? box.width : tidy(Math.min(right, box.x + box.width) - x),
    height: y === box.y && y + box.height <= bottom ? box.height : tidy(Math.min(bottom, box.y + box.height) - y),
  }
}

function checkBox(box: Box, media: readonly Size[]): Checked {
  const leftOut = (reason: Message): Checked => ({ kept: null, fault: message('import.row.boxLeftOut', { box: describeBox(box), reason }) })
  const on = media[box.media]
  if (on === undefined) return leftOut(message('import.row.noSuchImage', { number: box.media + 1, count: media.length }))
  if (box.width === 0 || box.height === 0) return leftOut(message('import.row.noArea'))
  const { width, height } = on
  if (width === null || height === null) return { kept: box, fault: null }
  if (isFraction(box)) return leftOut(message('import.row.boxInFractions'))
  const [right, bottom] = [box.x + box.width, box.y + box.height]
  const size = message('import.row.imageWithSize', { fileName: on.fileName, width, height })
  if (box.x >= width || box.y >= height || right <= 0 || bottom <= 0) return leftOut(message('import.row.boxOutside', { image: size }))
  const over = Math.max(-box.x, -box.y, right - width, bottom - height)
  if (over <= 0) return { kept: box, fault: null }
  return {
    kept: clip(box, width, height),
    fault: over > tolerancePixels ? message('import.row.boxCut', { box: describeBox(box), image: size }) : null,
  }
}

/** Clips boxes to the edges of the item's media (pixels as displayed), drops boxes that cannot lie on them, and reports both. */
export function checkBoxes(context: Context, media: readonly Size[]): { context: Context; faults: Message[] } {
  if (context.boxes === undefined) return { context, faults: [] }
  const { boxes, ...rest } = context
  const checked = boxes.map((box) => checkBox(box, media))
  if (checked.every(({ kept }, index) => kept === boxes[index])) return { context, faults: [] }
  const kept = checked.flatMap((each) => each.kept ?? [])
  return {
    context: kept.length > 0 ? { ...context, boxes: kept } : rest,
    faults: checked.flatMap(({ fault }) => fault ?? []),
  }
}
