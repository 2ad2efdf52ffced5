/** Pixels between media that stand side by side. */
export const GAP = 8
/** More than this many are shown one at a time. */
export const SIDE_BY_SIDE = 3

/**
 * The size of media of these proportions (width by height) that stand in one row with equal heights, as large as fits.
 * @returns pixels; zeros while the place has no size
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
