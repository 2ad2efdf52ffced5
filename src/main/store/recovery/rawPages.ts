import fs from 'node:fs'

/** A row as stored in a page: SQLite's values in column order. */
export interface RawRow {
  readonly rowid: number
  readonly values: readonly (null | number | bigint | string | Buffer)[]
}

const leafOfTable = 13
/** Maximum payload of a cell in bytes; a cell that claims more is garbled. */
const maxPayload = 64 * 1024 * 1024

interface Reader {
  readonly page: (number: number) => Buffer | null
  readonly pages: number
  /** Number of usable bytes per page. */
  readonly usable: number
}

/**
 * Yields the rows of every leaf page of a table, even if the pages above it are damaged. Skips free pages and garbled cells. Source:
 * https://www.sqlite.org/fileformat.html#b_tree_pages
 */
export function* readRawPages(file: string): Generator<readonly RawRow[], void, undefined> {
  const handle = fs.openSync(file, 'r')
  try {
    const reader = createReader(handle)
    const free = freePages(reader)
    for (let number = 2; number <= reader.pages; number++) {
      if (free.has(number)) continue
      const page = reader.page(number)
      if (page?.[0] !== leafOfTable) continue
      const rows = rowsOf(reader, page)
      if (rows.length > 0) yield rows
    }
  } finally {
    fs.closeSync(handle)
  }
}

function createReader(handle: number): Reader {
  const head = Buffer.alloc(100)
  fs.readSync(handle, head, 0, 100, 0)
  const told = head.readUInt16BE(16) === 1 ? 65_536 : head.readUInt16BE(16)
  const bytes = told >= 512 && (told & (told - 1)) === 0 ? told : 4096
  const pages = Math.ceil(fs.fstatSync(handle).size / bytes)
  return {
    pages,
    usable: bytes - (head[20] ?? 0),
    page(number) {
      if (number < 1 || number > pages) return null
      const page = Buffer.alloc(bytes)
      fs.readSync(handle, page, 0, bytes, (number - 1) * bytes)
      return page
    },
  }
}

function freePages({ page, pages }: Reader): ReadonlySet<number> {
  const free = new Set<number>()
  let trunk = page(1)?.readUInt32BE(32) ?? 0
  while (trunk > 0 && trunk <= pages && !free.has(trunk)) {
    free.add(trunk)
    const content = page(trunk)
    if (!content) break
    const count = Math.min(content.readUInt32BE(4), Math.floor(content.length / 4) - 2)
    for (let index = 0; index < count; index++) free.add(content.readUInt32BE(8 + 4 * index))
    trunk = content.readUInt32BE(0)
  }
  return free
}

function rowsOf(reader: Reader, page: Buffer): RawRow[] {
  const count = page.readUInt16BE(3)
  if (8 + 2 * count > page.length) return []
  return Array.from({ length: count }, (_, index) => page.readUInt16BE(8 + 2 * index)).flatMap((at) => {
    try {
      return [readCell(reader, page, at)]
    } catch {
      return []
    }
  })
}

/** @returns the number and the offset after it */
function readVarint(bytes: Buffer, at: number): [number, number] {
  let value = 0
  for (let index = 0; index < 8; index++) {
    const byte = bytes.readUInt8(at + index)
    value = value * 128 + (byte & 127)
    if (byte < 128) return [value, at + index + 1]
  }
  throw new Error('a number of nine bytes') // negative or too large for valid data
}

function readCell(reader: Reader, page: Buffer, start: number): RawRow {
  const [size, afterSize] = readVarint(page, start)
  const [rowid, at] = readVarint(page, afterSize)
  if (size > maxPayload || !Number.isSafeInteger(rowid)) throw new Error('garbled')
  return { rowid, values: readRecord(readPayload(reader, page, at, size)) }
}

function readPayload({ page: read, usable, pages }: Reader, page: Buffer, at: number, size: number): Buffer {
  const most = usable - 35
  if (size <= most) return slice(page, at, size)
  const least = Math.floor(((usable - 12) * 32) / 255) - 23
  const fitting = least + ((size - least) % (usable - 4))
  const local = fitting <= most ? fitting : least
  const parts = [slice(page, at, local)]
  let left = size - local
  let next = page.readUInt32BE(at + local)
  for (let steps = 0; left > 0 && steps <= pages; steps++) {
    const overflow = read(next)
    if (!overflow) throw new Error('garbled')
    const part = slice(overflow, 4, Math.min(left, usable - 4))
    parts.push(part)
    left -= part.length
    next = overflow.readUInt32BE(0)
  }
  return Buffer.concat(parts)
}

function slice(bytes: Buffer, at: number, length: number): Buffer {
  if (at + length > bytes.length) throw new Error('garbled')
  return bytes.subarray(at, at + length)
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function readRecord(payload: Buffer): RawRow['values'] {
  const [headEnd, first] = readVarint(payload, 0)
  const kinds: number[] = []
  for (let at = first; at < headEnd;) {
    const [kind, next] = readVarint(payload, at)
    kinds.push(kind)
    at = next
  }
  let at = headEnd
  return kinds.map((kind) => {
    const length = kind >= 12 ? Math.floor((kind - 12) / 2) : ([0, 1, 2, 3, 4, 6, 8, 8, 0, 0][kind] ?? -1)
    const bytes = slice(payload, at, length)
    at += length
    if (kind === 0) return null
    if (kind === 7) return bytes.readDoubleBE(0)
    if (kind === 6) return toNumber(bytes.readBigInt64BE(0))
    if (kind >= 8 && kind <= 9) return kind - 8
    if (kind <= 5) return bytes.readIntBE(0, length)
    return kind % 2 === 0 ? Buffer.from(bytes) : utf8.decode(bytes)
  })
}

const toNumber = (value: bigint): number | bigint =>
  value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value
