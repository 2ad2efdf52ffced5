import type { Media } from '../../shared/domain'
import { type Message, message, type Text } from '../../shared/messages/message'

export interface MediaType {
  readonly kind: Media['kind']
  readonly mime: string
  /** Extension of the stored file, without a dot. */
  readonly extension: string
}

export type Signature =
  | { readonly accepted: true; readonly type: MediaType }
  /** `isMedia`: the file is certainly an image or video, but of an unsupported kind. */
  | { readonly accepted: false; readonly reason: Message; readonly isMedia: boolean }

/** Number of bytes at the start of a file that `recogniseMedia` inspects. */
export const signatureBytes = 4096

const image = (subtype: string, extension: string): Signature => ({
  accepted: true,
  type: { kind: 'image', mime: `image/${subtype}`, extension },
})
const video = (subtype: string, extension: string): Signature => ({
  accepted: true,
  type: { kind: 'video', mime: `video/${subtype}`, extension },
})
const refused = (reason: Message, isMedia = false): Signature => ({ accepted: false, reason, isMedia })
const convert = (name: Text, isSure = true) => refused(message('mediaFile.imageNotSupported', { format: name }), isSure)
const reencode = (name: Text) => refused(message('mediaFile.videoNotSupported', { format: name }), true)
const sound = refused(message('mediaFile.soundOnly'))

/** Recognises ISO base media files (ISO/IEC 14496-12): the box `ftyp` has a major brand, a version, and the compatible brands. */
function recogniseIsoMedia(head: Buffer): Signature {
  const end = Math.min(head.length, Math.max(head.readUInt32BE(0), 12))
  const major = head.toString('latin1', 8, 12)
  const brands = [major]
  for (let at = 16; at + 4 <= end; at += 4) brands.push(head.toString('latin1', at, at + 4))
  if (brands.some((brand) => brand === 'avif' || brand === 'avis')) return image('avif', 'avif')
  if (/^(hei[cmsx]|hev[cmsx]|mif1|msf1)$/.test(major)) return convert('HEIC')
  if (/^(M4A|M4B|M4P)/.test(major)) return sound
  if (major === 'crx ') return convert(message('mediaFile.rawCamera'))
  if (major === 'qt  ') return video('quicktime', 'mov')
  return video('mp4', 'mp4')
}

/** Recognises packets of 188 bytes (ISO/IEC 13818-1), which cameras and discs prefix with a 4-byte time, each with the same first byte. */
const isTransportStream = (head: Buffer): boolean =>
  [
    [188, 0],
    [192, 4],
  ].some(([length = 0, first = 0]) => head.length > first + length && [0, 1, 2].every((n) => (head[first + n * length] ?? 0x47) === 0x47))

/** Matches Netpbm: `P1` to `P7`, white space, and a number, a comment or a word. */
const netpbm = /^P([1-7Ff])\s+[#\w-]/

/** Recognises Targa files: they begin with the length of an id, a colour map flag, and the kind of pixels. */
function isTarga(head: Buffer): boolean {
  if (head.length < 18) return false
  const [mapped = 9, kind = 0, depth = 0] = [head[1], head[2], head[16]]
  return mapped < 2 && [1, 2, 3, 9, 10, 11].includes(kind) && [8, 15, 16, 24, 32].includes(depth) && head.readUInt16LE(12) > 0
}

/** Unsupported formats that are recognised so that messages can name them: https://en.wikipedia.org/wiki/List_of_file_signatures */
const named: readonly (readonly [start: string, at: number, signature: Signature])[] = [
  ['AVI ', 8, reencode('AVI')],
  ['FLV\x01', 0, reencode('FLV')],
  ['\x30\x26\xb2\x75\x8e\x66\xcf\x11', 0, reencode('Windows Media')],
  ['\x00\x00\x01\xba', 0, reencode('MPEG')],
  ['\x00\x00\x01\xb3', 0, reencode('MPEG')],
  ['.RMF', 0, reencode('RealMedia')],
  ['\x06\x0e\x2b\x34', 0, reencode('MXF')],
  ['YUV4MPEG2', 0, reencode('Y4M')],
  ['\x00\x00\x00\x01\x67', 0, reencode(message('mediaFile.rawH264'))],
  ['WAVE', 8, sound],
  ['fLaC', 0, sound],
  ['ID3', 0, sound],
  ['BM', 0, convert('BMP')],
  ['\xff\x0a', 0, convert('JPEG XL')],
  ['JXL ', 4, convert('JPEG XL')],
  ['jP  ', 4, convert('JPEG 2000')],
  ['\xff\x4f\xff\x51', 0, convert('JPEG 2000')],
  ['8BPS', 0, convert('Photoshop')],
  ['\x00\x00\x01\x00', 0, convert('ICO')],
  ['\x00\x00\x02\x00\x01\x00', 0, convert('CUR')],
  ['\x76\x2f\x31\x01', 0, convert('OpenEXR')],
  ['#?RADIANCE', 0, convert('Radiance HDR')],
  ['#?RGBE', 0, convert('Radiance HDR')],
  ['qoif', 0, convert('QOI')],
  ['DDS ', 0, convert('DDS')],
  ['gimp xcf', 0, convert('GIMP')],
  ['\xd7\xcd\xc6\x9a', 0, convert('WMF')],
  ['FUJIFILMCCD-RAW', 0, convert(message('mediaFile.rawCamera'))],
  ['IIRO', 0, convert(message('mediaFile.rawCamera'))],
  ['IIU\x00', 0, convert(message('mediaFile.rawCamera'))],
  ['DICM', 128, convert('DICOM')],
  ['SIMPLE  =', 0, convert('FITS')],
  ['\x93NUMPY', 0, refused(message('mediaFile.numpy'))],
  ['%PDF', 0, refused(message('mediaFile.pdf'))],
]

function recogniseNamed(head: Buffer): Signature | null {
  const start = head.toString('latin1', 0, 144)
  const known = named.find(([text, at]) => start.startsWith(text, at))
  if (known) return known[2]
  if (netpbm.test(start)) return convert('PPM')
  if (head[0] === 0xff && ((head[1] ?? 0) & 0xe6) === 0xe2) return sound
  if (isTransportStream(head)) return reencode('MPEG-TS')
  return null
}

function recogniseText(head: Buffer): Signature {
  const start = head
    .toString('latin1', 0, 512)
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart()
    .toLowerCase()
  if (/^(<\?xml[^]*)?(<!--[^]*-->\s*)?(<!doctype svg|<svg)/.test(start)) return convert('SVG')
  if (/^<(!doctype html|html|head|body)/.test(start)) return refused(message('mediaFile.webPage'))
  // oxlint-disable-next-line no-control-regex -- these are the bytes that text does not hold
  if (!/[\u0000-\u0008\u000e-\u001a]/.test(head.toString('latin1'))) return refused(message('mediaFile.text'))
  // Other files may have a similar header.
  if (isTarga(head)) return convert('TGA', false)
  return refused(message('mediaFile.unknownKind'))
}

/**
 * Recognises the type of a file by its first bytes (at most `signatureBytes`) and never by its name. Accepts JPEG, PNG, WebP, GIF, AVIF and
 * TIFF, MP4, QuickTime, WebM and Matroska.
 */
export function recogniseMedia(head: Buffer): Signature {
  const starts = (text: string, at = 0) => head.toString('latin1', at, at + text.length) === text
  if (head.length === 0) return refused(message('mediaFile.fileEmpty'))
  if (starts('\xff\xd8\xff')) return image('jpeg', 'jpg')
  if (starts('\x89PNG\r\n\x1a\n')) return image('png', 'png')
  if (starts('GIF87a') || starts('GIF89a')) return image('gif', 'gif')
  if (starts('RIFF') && starts('WEBP', 8)) return image('webp', 'webp')
  if (starts('II*\0') || starts('MM\0*') || starts('II+\0') || starts('MM\0+')) return image('tiff', 'tif')
  if (starts('ftyp', 4) && head.length >= 12) return recogniseIsoMedia(head)
  if (starts('\x1a\x45\xdf\xa3')) return head.includes('webm', 0, 'latin1') ? video('webm', 'webm') : video('x-matroska', 'mkv')
  if (starts('OggS')) return head.includes('theora', 0, 'latin1') ? reencode('Ogg') : sound
  return recogniseNamed(head) ?? recogniseText(head)
}
