import fs from 'node:fs'
import path from 'node:path'

/** Makes a folder and those above it. On a read-only disk Node would say that it is not there; here it fails for the true reason. */
export function makeFolders(directory: string): void {
  try {
    fs.mkdirSync(directory, { recursive: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    let missing = path.resolve(directory)
    while (!fs.existsSync(path.dirname(missing))) missing = path.dirname(missing)
    fs.mkdirSync(missing)
    throw error
  }
}
