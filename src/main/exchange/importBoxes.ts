import type { Box, Context } from '../../shared/domain'
import type { NewMedia } from '../media/storeMedia'

type Size = Pick<NewMedia, 'width' | 'height' | 'fileName'>

/** Why a box cannot lie on its picture, or null. A box that is partly outside is left as it is: annotators draw over the edge. */
function boxFault(box: Box, media: readonly Size[]): string | null {
  const on = media[box.media]
  if (on === undefined) return `it lies on image ${box.media}, and the item has ${media.length}`
  if (box.width === 0 || box.height === 0) return 'it has no area'
  const { width, height } = on
  if (width === null || height === null) return null
  const isOutside = box.x >= width || box.y >= height || box.x + box.width <= 0 || box.y + box.height <= 0
  return isOutside ? `it lies outside ${on.fileName} (${width} × ${height} pixels)` : null
}

/** Leaves out the boxes that cannot lie on the item's media (pixels as displayed), and says which. */
export function checkBoxes(context: Context, media: readonly Size[]): { context: Context; faults: string[] } {
  if (context.boxes === undefined) return { context, faults: [] }
  const { boxes, ...rest } = context
  const faults = new Map(boxes.map((box): [Box, string | null] => [box, boxFault(box, media)]))
  const kept = boxes.filter((box) => faults.get(box) === null)
  if (kept.length === boxes.length) return { context, faults: [] }
  const describe = ({ label, x, y, width, height }: Box) => `“${label}” [${[x, y, width, height].join(', ')}]`
  return {
    context: kept.length > 0 ? { ...context, boxes: kept } : rest,
    faults: [...faults].flatMap(([box, fault]) => (fault === null ? [] : [`the box ${describe(box)} is left out: ${fault}`])),
  }
}
