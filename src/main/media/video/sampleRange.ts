/** The values of an image that become black and white. */
export interface SampleRange {
  readonly low: number
  readonly high: number
}

export type Samples = Uint16Array | Float32Array

/** Colour of 16 bits whose largest value is below this uses no more than 14 of them, and would be shown as black. */
const dimBelow = 2 ** 14
const maxUshort = 65_535

/** The smallest and largest finite value of the first `used` of every `channels` samples; null where none is finite. */
export function findRange(samples: Samples, channels: number, used: number): SampleRange | null {
  let low = Infinity
  let high = -Infinity
  for (let start = 0; start < samples.length; start += channels)
    for (let at = start; at < start + used; at++) {
      const value = samples[at] ?? Number.NaN
      if (!Number.isFinite(value)) continue
      if (value < low) low = value
      if (value > high) high = value
    }
  return low <= high ? { low, high } : null
}

/**
 * The range of an image of unsigned 16 bits that its values are spread over; null where they fill 16 bits already, or are all the same.
 * One channel is a measurement (depth, X-ray), which is spread in any case; colour only where it is too dim to be seen.
 */
export function rangeOfUshort({ low, high }: SampleRange, isColour: boolean): SampleRange | null {
  if (low === high || (low < 257 && high > maxUshort - 257)) return null
  if (isColour) return high < dimBelow ? { low: 0, high } : null
  return { low, high }
}

/** The range of floating-point or 32-bit values: 0 to 1 or 0 to 255 where colour keeps to that, else the values' own. */
export function rangeOfWide(found: SampleRange, isColour: boolean): SampleRange {
  const { low, high } = found
  if (low < high && !isColour) return found
  if (low >= 0 && high <= 1) return { low: 0, high: 1 }
  if (low >= 0 && high <= 255) return { low: 0, high: 255 }
  return low < high ? found : { low: low - 1, high: high + 1 }
}

/** Spreads the first `used` of every `channels` samples over 0 to 255, what is no number becoming 0; the others are opacity. */
export function spreadSamples(samples: Samples, channels: number, used: number, { low, high }: SampleRange): Uint8Array {
  const bytes = new Uint8Array(samples.length)
  const scale = 255 / (high - low)
  const opaque =
    samples instanceof Uint16Array ? maxUshort : Math.max(1, findRange(samples.subarray(used), channels, channels - used)?.high ?? 1)
  for (let start = 0; start < samples.length; start += channels)
    for (let channel = 0; channel < channels; channel++) {
      const value = samples[start + channel] ?? 0
      const spread = channel < used ? (value - low) * scale : (value * 255) / opaque
      bytes[start + channel] = Number.isNaN(spread) ? 0 : Math.round(Math.min(255, Math.max(0, spread)))
    }
  return bytes
}
