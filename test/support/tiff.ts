/** A one-strip TIFF (TIFF 6.0) of any kind of sample, which sharp does not write. */
export function makeTiff(width: number, height: number, samples: Samples, more: { channels?: number; hasAlpha?: boolean } = {}): Buffer {
  const { channels = 1, hasAlpha = false } = more
  const used = hasAlpha ? channels - 1 : channels
  const format =
    samples instanceof Float32Array || samples instanceof Float64Array
      ? 3
      : samples instanceof Uint16Array || samples instanceof Uint32Array
        ? 1
        : 2
  const pixels = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)
  const start = 8
  const tags: [tag: number, type: number, value: number][] = [
    [256, 4, width],
    [257, 4, height],
    [258, 3, samples.BYTES_PER_ELEMENT * 8],
    [259, 3, 1],
    [262, 3, used === 1 ? 1 : 2],
    [273, 4, start],
    [277, 3, channels],
    [278, 4, height],
    [279, 4, pixels.length],
    ...(hasAlpha ? [[338, 3, 2] as [number, number, number]] : []),
    [339, 3, format],
  ]
  const head = Buffer.alloc(start)
  head.write('II*\0', 'latin1')
  const directoryAt = start + pixels.length + (pixels.length % 2)
  head.writeUInt32LE(directoryAt, 4)
  // Of several channels, each has its bits and its format.
  const perChannel = new Set(channels > 1 ? [258, 339] : [])
  const directory = Buffer.alloc(2 + tags.length * 12 + 4 + perChannel.size * channels * 2)
  directory.writeUInt16LE(tags.length, 0)
  let extra = 2 + tags.length * 12 + 4
  for (const [index, [tag, type, value]] of tags.entries()) {
    const at = 2 + index * 12
    directory.writeUInt16LE(tag, at)
    directory.writeUInt16LE(type, at + 2)
    directory.writeUInt32LE(perChannel.has(tag) ? channels : 1, at + 4)
    if (perChannel.has(tag) && channels > 2) {
      directory.writeUInt32LE(directoryAt + extra, at + 8)
      for (let channel = 0; channel < channels; channel++) directory.writeUInt16LE(value, extra + channel * 2)
      extra += channels * 2
    } else if (type === 3) {
      directory.writeUInt16LE(value, at + 8)
      if (perChannel.has(tag)) directory.writeUInt16LE(value, at + 10)
    } else directory.writeUInt32LE(value, at + 8)
  }
  return Buffer.concat([head, pixels, Buffer.alloc(pixels.length % 2), directory])
}

export type Samples = Uint16Array | Uint32Array | Int16Array | Int32Array | Float32Array | Float64Array
