import fs from 'node:fs'

/**
 * Renames a file and SQLite's side files (`-wal`, `-shm`) to `<file>.damaged-<time>`, so that the whole of it can still be recovered.
 * @returns the new name, or the old one where the folder does not allow renaming
 */
export function setAside(file: string): string {
  const kept = `${file}.damaged-${new Date().toISOString().replace(/[:.]/g, '-')}`
  try {
    fs.renameSync(file, kept)
  } catch {
    return file
  }
  for (const side of ['-wal', '-shm']) if (fs.existsSync(file + side)) fs.renameSync(file + side, kept + side)
  return kept
}
