/** Returns the last part of a path. */
export const fileNameOf = (path: string): string => path.split(/[\\/]/).findLast(Boolean) ?? path

/** Formats a path with the file name first, for a field that may be too short for it: `captions.json — /data/coco`. */
export function nameFirst(path: string): string {
  const name = fileNameOf(path)
  const folder = path.slice(0, path.lastIndexOf(name)).replace(/[\\/]+$/, '')
  return folder === '' ? path : `${name} — ${folder}`
}
