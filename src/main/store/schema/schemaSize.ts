import fs from 'node:fs'

/** Size of the schema that SQLite has to parse before it answers any query. */
interface SchemaSize {
  readonly rows: number
  /** Total size of the rows, as stated in the file. */
  readonly bytes: number
  /** False if the file next to it that should be its log is no log, or that of another database: SQLite would ignore its content. */
  readonly hasOwnLog: boolean
}

/** Maximum number of pages read before a schema counts as endless; Exemplar's own has about ten. */
const maxPages = 1000
const endless = { rows: Infinity, bytes: Infinity }
const unknown: SchemaSize = { rows: 0, bytes: 0, hasOwnLog: true } // SQLite reports the error

const interiorPage = 5
const leafPage = 13

/** Reads one of SQLite's variable-length integers at `at`; bytes beyond the end count as 0. */
function readVarint(page: Buffer, at: number): number {
  let value = 0
  for (let index = 0; index < 9; index++) {
    const byte = page[at + index] ?? 0
    if (index === 8) return value * 256 + byte
    value = value * 128 + (byte & 127)
    if (byte < 128) return value
  }
  return value
}

export function readAt(handle: number, at: number, length: number): Buffer | null {
  const bytes = Buffer.alloc(length)
  return fs.readSync(handle, bytes, 0, length, at) === length ? bytes : null
}

/**
 * Returns whether the first 32 bytes of a log are valid, using SQLite's own check (https://www.sqlite.org/fileformat.html#wal_file_format).
 */
export function isLogHead(head: Buffer, pageSize: number): boolean {
  const magic = head.readUInt32BE(0)
  if ((magic !== 0x377f0682 && magic !== 0x377f0683) || head.readUInt32BE(8) !== pageSize) return false
  let [first, second] = [0, 0]
  for (let at = 0; at < 24; at += 8) {
    const read = (place: number) => (magic & 1 ? head.readUInt32BE(place) : head.readUInt32LE(place))
    first = (first + read(at) + second) >>> 0
    second = (second + read(at + 4) + first) >>> 0
  }
  return head.readUInt32BE(24) === first && head.readUInt32BE(28) === second
}

/**
 * Returns the offsets of each page in the log, in every version: only SQLite can determine which of them count. Null if it is not a log of
 * this file.
 */
function indexLog(handle: number, pageSize: number): Map<number, number[]> | null {
  const places = new Map<number, number[]>()
  const head = readAt(handle, 0, 32)
  if (!head) return places
  if (!isLogHead(head, pageSize)) return null
  const salt = head.subarray(16, 24)
  for (let at = 32; ; at += 24 + pageSize) {
    const frame = readAt(handle, at, 24)
    if (!frame?.subarray(8, 16).equals(salt)) return places
    const page = frame.readUInt32BE(0)
    places.set(page, [...(places.get(page) ?? []), at + 24])
  }
}

/** Reads the children and rows of one page of a table's tree. */
function readPage(page: Buffer, isFirst: boolean): { children: number[]; rows: number; bytes: number } {
  const start = isFirst ? 100 : 0 // after the file's own header
  const kind = page[start]
  const found = { children: [] as number[], rows: 0, bytes: 0 }
  if (kind !== interiorPage && kind !== leafPage) return found
  const cells = page.readUInt16BE(start + 3)
  const pointers = start + (kind === interiorPage ? 12 : 8)
  if (kind === interiorPage) found.children.push(page.readUInt32BE(start + 8))
  for (let cell = 0; cell < cells && pointers + 2 * cell + 2 <= page.length; cell++) {
    const at = page.readUInt16BE(pointers + 2 * cell)
    if (kind === leafPage) found.bytes += readVarint(page, at)
    else if (at + 4 <= page.length) found.children.push(page.readUInt32BE(at))
  }
  found.rows = kind === leafPage ? cells : 0
  return found
}

/**
 * Measures the schema of a database file and its log without SQLite, which takes minutes for half a million views. If the log holds several
 * versions of a page, the largest counts. Source: https://www.sqlite.org/fileformat.html
 */
export function measureSchema(file: string): SchemaSize {
  const handles: number[] = []
  const open = (name: string) => {
    const handle = fs.openSync(name, 'r')
    handles.push(handle)
    return handle
  }
  try {
    const main = open(file)
    const head = readAt(main, 0, 100)
    if (!head) return unknown
    const pageSize = head.readUInt16BE(16) === 1 ? 65_536 : head.readUInt16BE(16)
    if (pageSize < 512) return unknown
    const log = fs.existsSync(`${file}-wal`) ? open(`${file}-wal`) : null
    const indexed = log === null ? null : indexLog(log, pageSize)
    const places = indexed ?? new Map<number, number[]>()
    const versionsOf = (page: number) => [
      readAt(main, (page - 1) * pageSize, pageSize),
      ...(places.get(page) ?? []).map((at) => (log === null ? null : readAt(log, at, pageSize))),
    ]
    return { ...walk(versionsOf), hasOwnLog: log === null || indexed !== null }
  } finally {
    for (const handle of handles) fs.closeSync(handle)
  }
}

function walk(versionsOf: (page: number) => readonly (Buffer | null)[]): Omit<SchemaSize, 'hasOwnLog'> {
  const seen = new Set<number>()
  const next = [1]
  let rows = 0
  let bytes = 0
  for (let page = next.pop(); page !== undefined; page = next.pop()) {
    if (seen.has(page)) continue
    seen.add(page)
    if (seen.size > maxPages) return endless
    const versions = versionsOf(page).flatMap((version) => (version ? [readPage(version, page === 1)] : []))
    rows += Math.max(0, ...versions.map((version) => version.rows))
    bytes += Math.max(0, ...versions.map((version) => version.bytes))
    for (const { children } of versions) next.push(...children)
  }
  return { rows, bytes }
}
