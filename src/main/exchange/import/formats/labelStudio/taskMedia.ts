import { isMediaName } from '../../row/mediaNamed'
import { lastPart, namesToTry } from '../../annotationFiles'

const decode = (text: string) => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** What Label Studio puts before the name of an uploaded file. */
const withoutPrefix = (name: string) => name.replace(/^[0-9a-f]{4,}-(?=.)/i, '')

/**
 * The names that the file of a task may have, best first. A task names it by an address of Label Studio (`/data/local-files/?d=folder/a.png`,
 * `/data/upload/1/1f2e3d4c-a.png`), of a cloud (`s3://bucket/folder/a.png`), of the web, or by its path.
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
  // Files of the same name lie in different folders of a bucket.
  return namesToTry(path.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*\//i, '').replace(/^\/+/, ''), last)
}

/** Whether a field of a task is a medium, by its name or by its value. */
export const isMediumField = (key: string, value: string): boolean =>
  /^(image|images|img|photo|picture|video|url|ocr|captioning|page)s?$/i.test(key) ||
  isMediaName(value.replace(/[?#].*$/, '')) ||
  value.includes('/data/local-files/')
