import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Message, message } from '../../shared/messages/message'
import { badMedia } from './image/decode'
import { recogniseMedia, signatureBytes } from './signature'

/** Beginnings of JPEG, PNG, GIF, RIFF (WebP) and TIFF in base64. */
const starts = ['/9j/', 'iVBORw0KGgo', 'R0lGOD', 'UklGR', 'SUkqA', 'TU0AK']
/** Minimum length of embedded media; shorter texts with such a beginning may be names, and no image is as small. */
const shortestBase64 = 60
/** Maximum length of a file name on any system. */
const longestName = 255
const maxBytes = 32 * 1024 * 1024
const base64 = /^[A-Za-z0-9+/_-]*={0,2}$/

const withoutLineEnds = (text: string) => text.replaceAll(/\s+/g, '')

const hasStart = (text: string) => /^data:/i.test(text) || starts.some((start) => text.startsWith(start))

/** Returns whether a medium is embedded in a text instead of named: as a data URL (RFC 2397), or as bare base64. */
export function isEmbedded(text: string): boolean {
  if (/^data:/i.test(text)) return true
  if (text.length < shortestBase64) return false
  // Python and MIME insert line breaks into base64.
  const isBroken = text.includes('\n')
  const plain = isBroken ? withoutLineEnds(text) : text
  if (!base64.test(plain.slice(0, shortestBase64))) return false
  return hasStart(plain) || (plain.length > longestName && base64.test(plain))
}

const hashOf = (data: string | Buffer) => createHash('sha256').update(data).digest('hex').slice(0, 12)

/** Returns the id of an item without an id: the name of its medium, or a short hash if the medium is embedded. */
export const idOfMedium = (name: string): string => (isEmbedded(name) ? `embedded-${hashOf(name)}` : name)

const embedded = (reason: Message) => badMedia('(embedded)', message('mediaFile.embedded', { reason }))

/** Rejects a long text that looks like base64 but contains no medium. */
const noName = (text: string) => badMedia(`${text.slice(0, 40)}…`, message('mediaFile.tooLongForName', { count: text.length }))

function decode(text: string): Buffer {
  const [, head, content = ''] = /^(data:[^,]{0,500}),([^]*)$/i.exec(text) ?? [undefined, undefined, text]
  if (/^data:/i.test(text) && !/;\s*base64\s*$/i.test(head ?? '')) throw embedded(message('mediaFile.notAsBase64'))
  const digits = content
    .replaceAll(/\s+|%0[ad]/gi, '')
    .replaceAll(/%2b/gi, '+')
    .replaceAll(/%2f/gi, '/')
    .replaceAll(/%3d/gi, '=')
  if (digits.length > (maxBytes / 3) * 4) throw embedded(message('mediaFile.embeddedTooLarge'))
  const bytes = Buffer.from(digits, 'base64')
  if (!base64.test(digits) || bytes.length === 0) throw embedded(message('mediaFile.base64Broken'))
  return bytes
}

/**
 * Creates a writer that decodes media embedded in an annotation file (base64) into temporary files, each of which the caller may remove;
 * `close` removes all. `write` throws Problem 'bad-media', which never repeats the text, for anything but base64 of an accepted medium.
 */
export function startEmbedded() {
  let folder: Promise<string> | undefined
  let count = 0
  return {
    async write(text: string): Promise<{ name: string; file: string }> {
      const bytes = decode(text)
      const signature = recogniseMedia(bytes.subarray(0, signatureBytes))
      if (!signature.accepted) throw hasStart(text) ? embedded(signature.reason) : noName(text)
      folder ??= mkdtemp(join(tmpdir(), 'exemplar-embedded-'))
      const file = join(await folder, String(count++))
      await writeFile(file, bytes)
      return { name: `embedded-${hashOf(bytes)}.${signature.type.extension}`, file }
    },
    async close(): Promise<void> {
      if (folder !== undefined) await rm(await folder, { recursive: true, force: true })
    },
  }
}
