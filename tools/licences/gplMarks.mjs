// Finds GPL programs inside binaries: a package declares the licence of its own source, not of the linked libraries.
import fs from 'node:fs'
import path from 'node:path'

const BINARY = /\.(?:node|wasm|dll|dylib|exe|so(?:\.[\d.]+)?)$/

/** Identifying texts of such programs. FFmpeg's own H.264 decoder contains the words `x264 - core`, so these are no evidence. */
const MARKS = [
  ['FFmpeg configured with --enable-gpl', /--enable-gpl/],
  ['FFmpeg configured with --enable-nonfree', /--enable-nonfree/],
  ['x264', /videolan\.org\/x264\.html|x264 \[(?:error|warning|info)\]|--enable-libx264/],
  ['x265', /x265 \[(?:error|warning|info)\]|x265 \[%s\]|--enable-libx265/],
  ['a licence notice of the GPL', /(?<![A-Za-z])GPL version [23]|(?<!Lesser )GNU General Public License/],
]

/** @param {string} folder @returns {string[]} the binaries in it, at any depth */
export function findBinaries(folder) {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && BINARY.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
}

/** Returns the GPL programs in a file; empty if there are none. @param {string} file @returns {string[]} */
export function findGplMarks(file) {
  const text = fs.readFileSync(file, 'latin1')
  return MARKS.filter(([, pattern]) => /** @type {RegExp} */ (pattern).test(text)).map(([name]) => String(name))
}
