import type { RawFrame } from '../../../../../shared/video'

const matrices = ['rgb', 'bt709', 'bt470bg', 'smpte170m'] as const
const primaries = ['bt709', 'bt470bg', 'smpte170m'] as const
const transfers = ['bt709', 'smpte170m', 'iec61966-2-1'] as const

/** Returns the colour space of a frame. Missing values are derived from its height, as Chromium does when it plays the video. */
function colourSpace({ colour, height }: RawFrame): VideoColorSpaceInit | undefined {
  if (!colour) return undefined
  const usual = height < 720 ? 'smpte170m' : 'bt709'
  return {
    matrix: matrices.find((each) => each === colour.matrix) ?? usual,
    primaries: primaries.find((each) => each === colour.primaries) ?? usual,
    transfer: transfers.find((each) => each === colour.transfer) ?? usual,
    fullRange: colour.fullRange ?? false,
  }
}

/** Returns whether this browser can draw the frames of `media.frame`. */
export const canDrawFrames = () => 'VideoFrame' in globalThis

/** Draws a frame upright and resizes the canvas to it. */
export function drawFrame(canvas: HTMLCanvasElement, raw: RawFrame): void {
  const { width, height, rotation, format, pixels } = raw
  const colorSpace = colourSpace(raw)
  const frame = new VideoFrame(pixels as Uint8Array<ArrayBuffer>, {
    format,
    codedWidth: width,
    codedHeight: height,
    timestamp: 0,
    ...(colorSpace ? { colorSpace } : {}),
  })
  const lying = rotation % 180 !== 0
  const [w, h] = lying ? [height, width] : [width, height]
  if (canvas.width !== w || canvas.height !== h) Object.assign(canvas, { width: w, height: h })
  const context = canvas.getContext('2d')
  context?.setTransform(1, 0, 0, 1, w / 2, h / 2)
  context?.rotate((rotation * Math.PI) / 180)
  context?.drawImage(frame, -width / 2, -height / 2, width, height)
  frame.close()
}
