import { fstatSync, readdirSync } from 'node:fs'

/** Elsewhere the files that are open cannot be listed. */
export const canCountTemporaryFiles = process.platform === 'linux'

/** Files that this process has open and that have no name in any folder, as SQLite's temporary files are. */
export function countTemporaryFiles(): number {
  return readdirSync('/proc/self/fd').filter((handle) => {
    try {
      const state = fstatSync(Number(handle))
      return state.isFile() && state.nlink === 0
    } catch {
      // the one that the listing itself was read through
      return false
    }
  }).length
}
