import fs from 'node:fs'
import path from 'node:path'

export const projectRoot = path.resolve(import.meta.dirname, '../..')

/** What git does not keep: plain names and `*.suffix` patterns of .gitignore. */
function isIgnored(name: string): boolean {
  const patterns = fs.readFileSync(path.join(projectRoot, '.gitignore'), 'utf8').split('\n').filter(Boolean)
  return (
    name === '.git' ||
    patterns.some((pattern) => (pattern.startsWith('*') ? name.endsWith(pattern.slice(1)) : name === pattern.replace(/\/$/, '')))
  )
}

/** Every file of the project that git would keep, relative to its root, with forward slashes. */
export function listProjectFiles(folder = ''): readonly string[] {
  return fs.readdirSync(path.join(projectRoot, folder), { withFileTypes: true }).flatMap((entry) => {
    if (isIgnored(entry.name)) return []
    const file = path.posix.join(folder, entry.name)
    if (entry.isDirectory()) return listProjectFiles(file)
    return entry.isFile() ? [file] : []
  })
}

export const readProjectFile = (file: string): string => fs.readFileSync(path.join(projectRoot, file), 'utf8')
