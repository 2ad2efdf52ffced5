// Finds programs under the GPL inside binaries: a package says what licence its own source has, not what was linked in.
import fs from 'node:fs'
import path from 'node:path'

const BINARY = /\.(?:node|wasm|dll|dylib|exe|so(?:\.[\d.]+)?)$/

/** What such programs say of themselves. FFmpeg's own H.264 decoder knows the words `x264 - core`, so these are no sign. */
const MARKS = [
  ['FFmpeg configured with --enable-gpl', /--enable-gpl/],
  ['FFmpeg configured with --enable-nonfree', /--enable-nonfree/],
  ['x264', /videolan\.org\/x264\.html|x264 \[(?:error|warning|info)\]|--enable-libx264/],
  ['x265', /x265 \[(?:error|warning|info)\]|x265 \[%s\]|--enable-libx265/],
  ['a licence notice of the GPL', /(?<![A-Za-z])GPL version [23]|(?<!Lesser )GNU General Public License/],
]

/** @param {string} folder @returns {string[]} the binaries in it, however deep */
export function findBinaries(folder) {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && BINARY.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
}

/** Returns what in a file is under the GPL; nothing where it is not. @param {string} file @returns {string[]} */
export function findGplMarks(file) {
  const text = fs.readFileSync(file, 'latin1')
  return MARKS.filter(([, pattern]) => /** @type {RegExp} */ (pattern).test(text)).map(([name]) => String(name))
}
