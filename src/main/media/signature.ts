import type { Media } from '../../shared/domain'
import { type Said, say, type Text } from '../../shared/say'

export interface MediaType {
  readonly kind: Media['kind']
  readonly mime: string
  /** of the stored file, without a dot */
  readonly extension: string
}

export type Signature = { readonly accepted: true; readonly type: MediaType } | { readonly accepted: false; readonly reason: Said }

/** Bytes at the start of a file that `recogniseMedia` looks at. */
export const signatureBytes = 4096

const image = (subtype: string, extension: string): Signature => ({
  accepted: true,
  type: { kind: 'image', mime: `image/${subtype}`, extension },
})
const video = (subtype: string, extension: string): Signature => ({
  accepted: true,
  type: { kind: 'video', mime: `video/${subtype}`, extension },
})
const refused = (reason: Said): Signature => ({ accepted: false, reason })
const convert = (name: Text) => refused(say`${name} pictures are not supported; convert it to JPEG, PNG or WebP`)

/** ISO base media files (ISO/IEC 14496-12): the box `ftyp` names a major brand, a version, and the compatible brands. */
function recogniseIsoMedia(head: Buffer): Signature {
  const end = Math.min(head.length, Math.max(head.readUInt32BE(0), 12))
  const major = head.toString('latin1', 8, 12)
  const brands = [major]
  for (let at = 16; at + 4 <= end; at += 4) brands.push(head.toString('latin1', at, at + 4))
  if (brands.some((brand) => brand === 'avif' || brand === 'avis')) return image('avif', 'avif')
  if (/^(hei[cmsx]|hev[cmsx]|mif1|msf1)$/.test(major)) return convert('HEIC')
  if (/^(M4A|M4B|M4P)/.test(major)) return refused(say`sound without pictures is not supported`)
  if (major === 'crx ') return convert(say`raw camera`)
  if (major === 'qt  ') return video('quicktime', 'mov')
  return video('mp4', 'mp4')
}

function recogniseText(head: Buffer): Signature {
  const start = head
    .toString('latin1', 0, 512)
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart()
    .toLowerCase()
  if (/^(<\?xml[^]*)?(<!--[^]*-->\s*)?(<!doctype svg|<svg)/.test(start)) return convert('SVG')
  if (/^<(!doctype html|html|head|body)/.test(start)) return refused(say`it is a web page, not a picture`)
  // oxlint-disable-next-line no-control-regex -- these are the bytes that text does not hold
  if (!/[\u0000-\u0008\u000e-\u001a]/.test(head.toString('latin1'))) return refused(say`it is text, not a picture`)
  return refused(say`it is neither a picture nor a video of a known kind`)
}

/**
 * What a file holds, told by its first bytes (at most `signatureBytes` of them) and never by its name. Accepted are JPEG, PNG,
 * WebP, GIF, AVIF and TIFF, MP4, QuickTime, WebM and Matroska.
 */
export function recogniseMedia(head: Buffer): Signature {
  const starts = (text: string, at = 0) => head.toString('latin1', at, at + text.length) === text
  if (head.length === 0) return refused(say`the file is empty`)
  if (starts('\xff\xd8\xff')) return image('jpeg', 'jpg')
  if (starts('\x89PNG\r\n\x1a\n')) return image('png', 'png')
  if (starts('GIF87a') || starts('GIF89a')) return image('gif', 'gif')
  if (starts('RIFF') && starts('WEBP', 8)) return image('webp', 'webp')
  if (starts('II*\0') || starts('MM\0*') || starts('II+\0') || starts('MM\0+')) return image('tiff', 'tif')
  if (starts('ftyp', 4) && head.length >= 12) return recogniseIsoMedia(head)
  if (starts('\x1a\x45\xdf\xa3')) return head.includes('webm', 0, 'latin1') ? video('webm', 'webm') : video('x-matroska', 'mkv')
  if (starts('BM')) return convert('BMP')
  if (starts('\xff\x0a') || starts('JXL ', 4)) return convert('JPEG XL')
  if (starts('jP  ', 4)) return convert('JPEG 2000')
  if (starts('8BPS')) return convert('Photoshop')
  if (starts('\0\0\x01\0')) return convert('ICO')
  if (/^P[1-7fF]\s/.test(head.toString('latin1', 0, 3))) return convert('PPM')
  if (starts('\x76\x2f\x31\x01')) return convert('OpenEXR')
  if (starts('#?RADIANCE') || starts('#?RGBE')) return convert('Radiance HDR')
  if (starts('DICM', 128)) return convert('DICOM')
  if (starts('\x93NUMPY')) return refused(say`NumPy arrays are not supported; save it as a TIFF or PNG`)
  if (starts('%PDF')) return refused(say`it is a PDF document, not a picture`)
  return recogniseText(head)
}
