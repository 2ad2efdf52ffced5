import { isMediaName } from '../../row/mediaNamed'
import { lastPart, namesToTry } from '../../annotationFiles'

const decode = (text: string) => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Removes the prefix that Label Studio adds to the name of an uploaded file. */
const withoutPrefix = (name: string) => name.replace(/^[0-9a-f]{4,}-(?=.)/i, '')

/**
 * Returns the possible file names of a task's medium, best first. A task refers to it by a Label Studio URL
 * (`/data/local-files/?d=folder/a.png`, `/data/upload/1/1f2e3d4c-a.png`), a cloud URL (`s3://bucket/folder/a.png`), a web URL, or a path.
 */
export function mediaNames(address: string): [string, ...string[]] {
  const local = /\/data\/local-files\/?\?(?:.*&)?d=([^&]*)/.exec(address)?.[1]
  if (local !== undefined) {
    const path = decode(local)
    return namesToTry(path.replace(/^\/+/, ''), lastPart(path))
  }
  const isAddress = /^[a-z][a-z0-9+.-]*:\/\//i.test(address) || address.startsWith('/')
  const path = isAddress ? decode(address.replace(/[?#].*$/, '')) : address
  const last = lastPart(path)
  if (/\/upload\//.test(path)) return namesToTry(last, withoutPrefix(last), isAddress ? undefined : path)
  // Different folders of a bucket may contain files of the same name.
  return namesToTry(path.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*\//i, '').replace(/^\/+/, ''), last)
}

/** Checks by name and value whether a field of a task is a medium. */
export const isMediumField = (key: string, value: string): boolean =>
  /^(image|images|img|photo|picture|video|url|ocr|captioning|page)s?$/i.test(key) ||
  isMediaName(value.replace(/[?#].*$/, '')) ||
  value.includes('/data/local-files/')
