/** The last part of a path, which distinguishes files. */
export const fileNameOf = (path: string): string => path.split(/[\\/]/).findLast(Boolean) ?? path

/** A path with the name of the file first, for a field that may be too short for it: `captions.json — /data/coco`. */
export function nameFirst(path: string): string {
  const name = fileNameOf(path)
  const folder = path.slice(0, path.lastIndexOf(name)).replace(/[\\/]+$/, '')
  return folder === '' ? path : `${name} — ${folder}`
}
