import { decodeHTMLStrict } from 'entities'

/** The lines of a text without the space around them, and without empty ones. */
const toLines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) =>
      decodeHTMLStrict(line)
        .replaceAll(/[ \t]+/g, ' ')
        .trim(),
    )
    .filter((line) => line !== '')

const breakTag = /<br\s*\/?>/gi
/** Overrides of SubStation Alpha, which SubRip files hold as well: `{\an8}`. */
const overrides = /\{\\[^{}]*\}/g
/** The only marks of SubRip; any other `<` or `>` is text. */
const subRipTags = /<\/?(?:b|i|u|s|font)(?:\s[^<>]*)?>/gi

/** The words of a SubRip cue. */
export const subRipText = (text: string): string[] =>
  toLines(text.replaceAll(breakTag, '\n').replaceAll(subRipTags, '').replaceAll(overrides, ''))

/** Tags and times that WebVTT knows (https://www.w3.org/TR/webvtt1/#dom-construction-rules), and HTML's that tools write. */
const knownTag = /^<\/?(?:c|i|b|u|v|lang|ruby|rt|rp|s|font|span|p)(?:[.\s][^<>]*)?>$|^<[\d:.]+>$/i

const voice = /<v(?:\.[^\s<>]*)?\s+[^\s<>]/i

/**
 * The words of a WebVTT cue, without `<v Ann>`, `<i>` and `<00:01.000>`; the reading of a ruby stands in brackets. Anything else
 * between `<` and `>` is left out as well, as WebVTT says, and given as `lost`.
 */
export function webVttText(text: string): { readonly lines: string[]; readonly lost: readonly string[]; readonly hasSpeaker: boolean } {
  const lost: string[] = []
  const plain = text
    .replaceAll(breakTag, '\n')
    .replaceAll(/<rp>[^<]*(?:<\/rp>)?/gi, '')
    .replaceAll(/<rt(?:[.\s][^<>]*)?>([^<]*)(?:<\/rt>)?/gi, (_, reading: string) => (reading.trim() === '' ? '' : `(${reading.trim()})`))
    .replaceAll(/<[^<>]*>/g, (tag) => {
      if (!knownTag.test(tag)) lost.push(tag.replaceAll('\n', ' '))
      return ''
    })
    .replaceAll(overrides, '')
  return { lines: toLines(plain), lost, hasSpeaker: voice.test(text) }
}

/** The words of a SubViewer cue. */
export const subViewerText = (text: string): string[] => subRipText(text.replaceAll('[br]', '\n'))

/** The words of a line of SubStation Alpha; null where it draws instead of writing. */
export function substationText(text: string): string[] | null {
  if (/\{[^{}]*\\p[1-9]/.test(text)) return null
  return toLines(
    text
      .replaceAll(/\{[^{}]*\}/g, '')
      .replaceAll(/\\[Nn]/g, '\n')
      .replaceAll('\\h', '\u00a0'),
  )
}
