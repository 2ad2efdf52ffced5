/** Pixels between media that are side by side. */
export const GAP = 8
/** Maximum number of media side by side; more are shown one at a time. */
export const SIDE_BY_SIDE = 3

/**
 * Returns the sizes of media with the given aspect ratios (width by height) in one row with equal heights, as large as possible.
 * @returns pixels; zeros while the container has no size
 */
export function rowLayout(
  ratios: readonly number[],
  width: number,
  height: number,
): readonly { readonly width: number; readonly height: number }[] {
  const free = Math.max(0, width - GAP * (ratios.length - 1))
  const common = Math.min(height, free / ratios.reduce((sum, ratio) => sum + ratio, 0))
  return ratios.map((ratio) => ({ width: Math.floor(common * ratio), height: Math.floor(common) }))
}
