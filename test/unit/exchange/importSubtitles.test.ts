import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { secondsOf } from '../../../src/main/exchange/import/subtitles/cue'
import { nameOther, parseSubtitles, withoutLanguage } from '../../../src/main/exchange/import/subtitles/subtitles'
import { toEnglish } from '../../../src/shared/messages/translate'

const cases = join(import.meta.dirname, '../../fixtures/cases')

/** Cues as `[start, end, text]`, and what is told as `[line, text]`. */
const read = (text: string) =>
  parseSubtitles(text).map((cue) => {
    if ('fault' in cue) return [cue.line, toEnglish(cue.fault)]
    return 'note' in cue ? [cue.line, toEnglish(cue.note)] : [cue.start, cue.end, cue.text]
  })
const readCase = (name: string) => read(readFileSync(join(cases, name), 'utf8'))
const noTime = (line: number, times: string) => [line, `“${times}” is not a valid time; its text is skipped`]

it('keeps what only looks like a tag of SubRip', () => {
  const text = '<b>Type</b> <i class="x">this</i>: if a <b and c> d, or <s then u> v <font color="red">red</font>'
  expect(read(`1\n00:00:00,000 --> 00:00:01,000\n${text}\n`)).toEqual([[0, 1, 'Type this: if a <b and c> d, or <s then u> v red']])
})

it('keeps escaped braces of SubStation Alpha', () => {
  const head = '[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n'
  const line = 'Dialogue: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,a \\{set\\} {\\i1}of{\\i0} {a comment}two'
  expect(read(head + line)).toEqual([[0, 1, 'a {set} of two']])
})

it('keeps the text beside a drawing of SubStation Alpha, and has no character references there', () => {
  const head = '[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n'
  const events = ['{\\p1}m 0 0 l 9 9{\\p0}R&amp;D, {\\pos(1,2)}a\\b', '{\\an7\\p1}m 0 0 l 9 9'].map(
    (text, at) => `Dialogue: 0,0:00:0${at}.00,0:00:0${at + 1}.00,Default,,0,0,0,,${text}`,
  )
  expect(read(head + events.join('\n'))).toEqual([[0, 1, 'R&amp;D, a\\b']])
})

describe('captions that grow or roll', () => {
  it('tells a line that grows word by word once, from when it begins', () => {
    const grown = ['He', 'He is', 'He is off', 'And', 'And she', 'And she waits']
    const cues = grown.map((text, index) => `00:0${index}.000 --> 00:0${index + 1}.000\n${text}\n`)
    expect(read(`WEBVTT\n\n${cues.join('\n')}`)).toEqual([
      [3, 'it contains rolling captions; repeated lines are skipped (4)'],
      [0, 3, 'He is off'],
      [3, 6, 'And she waits'],
    ])
  })

  it('keeps a text that happens to begin as the one before it', () => {
    expect(read('WEBVTT\n\n00:00.000 --> 00:01.000\nNo\n\n00:01.000 --> 00:02.000\nNo way\n\n00:02.000 --> 00:03.000\nYes\n')).toEqual([
      [0, 1, 'No'],
      [1, 2, 'No way'],
      [2, 3, 'Yes'],
    ])
  })

  it('decodes every character reference of HTML that ends as one', () => {
    expect(read('WEBVTT\n\n00:00.000 --> 00:01.000\ncaf&eacute; &copy; &hellip; AT&T &amp;lt; &none; &#x27;\n')).toEqual([
      [0, 1, "café © … AT&T &lt; &none; '"],
    ])
  })
})

describe('subtitles as tools write them', () => {
  it.each<[string, unknown[]]>([
    [
      '01-vtt-youtube-rolling/clip.vtt',
      [
        [5, 'it contains rolling captions; repeated lines are skipped (4)'],
        [0.16, 3.439, 'Today we look at rockets'],
        [3.439, 5.759, 'and the people who fly'],
        [5.759, 9, 'in them'],
      ],
    ],
    [
      '02-srt-no-blank-lines/clip.srt',
      [
        [0.5, 2, 'A rocket stands on the pad.'],
        [2.5, 4, 'It lifts off.'],
        [5, 7, 'Smoke covers the pad.'],
      ],
    ],
    [
      '03-vtt-entities-anglebrackets/clip.srt',
      [
        [0.5, 2, 'temperature < 5 degrees, wind > 20 knots'],
        [2.5, 4, 'x<y>z test'],
        [4.5, 6, 'use List<String> here'],
      ],
    ],
    [
      '03-vtt-entities-anglebrackets/clip.vtt',
      [
        [0.5, 2, "It's the crew's day & night"],
        [6, '“< 5 and weight 9 >” is removed as a WebVTT tag; write &lt; if “<” is text'],
        [2.5, 4, 'height 3 2 here'],
        [9, '“<3 rockets ->” is removed as a WebVTT tag; write &lt; if “<” is text'],
        [5, 6, 'I always'],
      ],
    ],
    [
      '13-subtitle-times/clip.srt',
      [
        [0.5, 1.46, 'two digits of fraction'],
        [2.5, 3, 'one digit'],
        [4, 5, 'no fraction'],
        [5.1, 6, 'four digits'],
        [6, 7, 'no blanks round the arrow'],
        [7, 8, 'coordinates'],
        [8, 9, 'colon before the fraction'],
        [9, 10, 'blanks in the time'],
        noTime(34, '-00:00:01,000 --> 00:00:01,000'),
        [10.5, 11, 'dash arrow'],
      ],
    ],
    [
      '13-subtitle-times/header.vtt',
      [[0.5, 2, 'Hello toi 漢(kan)'], noTime(18, '60:00.000 --> 60:05.000'), [3, 4, '- who? - me \u200ex\u00a0y']],
    ],
    [
      '13-subtitle-times/blank_inside.srt',
      [
        [0.5, 2, 'first line second line of the same cue'],
        [2.5, 4, 'after an empty line'],
      ],
    ],
    ['13-subtitle-times/clip.ass', [[0.5, 2, 'A rocket stands.']]],
    ['13-subtitle-times/clip.sbv', [[0.5, 2, 'A rocket stands.']]],
    ['13-subtitle-times/whisper.json', [[0, 1, 'x']]],
  ])('%s', (name, expected) => expect(readCase(name)).toEqual(expected))

  it.each<[string, string, unknown[]]>([
    ['SubRip with a number line alone at the end', '1\n00:01,0 --> 00:02,0\nA\n\n2\n', [[1, 2, 'A']]],
    [
      'SubRip whose text is a number',
      '1\n00:01,0 --> 00:02,0\n42\n\n2\n00:03,0 --> 00:04,0\n7\n',
      [
        [1, 2, '42'],
        [3, 4, '7'],
      ],
    ],
    [
      'SubRip without numbers, whose text ends with one',
      '00:01,0 --> 00:02,0\nThe answer\n42\n\n00:03,0 --> 00:04,0\nB',
      [
        [1, 2, 'The answer 42'],
        [3, 4, 'B'],
      ],
    ],
    [
      'SubRip with a cue that has no time',
      '1\n00:01,0 --> 00:02,0\nA\n\n2\nno time\n\n3\n00:03,0 --> 00:04,0\nB',
      [
        [1, 2, 'A'],
        [5, 'this text has no time above it (such as 00:01.000 --> 00:04.000) and is skipped'],
        [3, 4, 'B'],
      ],
    ],
    ['SubRip with times joined by a dash', '1\n00:00:01,000 - 00:00:02,000\nA', [noTime(2, '00:00:01,000 - 00:00:02,000')]],
    [
      'SubRip with marks and references',
      '1\n00:01,0 --> 00:02,0\n{\\an8}<font color="red">a</font> <B>b</B> AT&T &lt;i&gt; &#x1F680; &bogus;',
      [[1, 2, 'a b AT&T <i> 🚀 &bogus;']],
    ],
    [
      'WebVTT with a cue right behind another',
      'WEBVTT\n\n1\n00:01.0 --> 00:02.0\nA\n2\n00:03.0 --> 00:04.0\nB',
      [
        [1, 2, 'A'],
        [3, 4, 'B'],
      ],
    ],
    ['WebVTT whose header has no empty line behind it', 'WEBVTT\n00:01.0 --> 00:02.0\nA', [[1, 2, 'A']]],
    [
      'SubStation Alpha',
      '[Events]\nFormat: Start, End, Text\nComment: 0:00:00.00,0:00:01.00,no\nDialogue: 0:00:01.00,0:00:02.50,{\\i1}One,{\\i0} two\\Nthree\nDialogue: 0:00:03.00,0:00:04.00,{\\p1}m 0 0 l 1 1\nDialogue: x,0:00:04.00,bad',
      [[1, 2.5, 'One, two three'], noTime(6, 'x, 0:00:04.00')],
    ],
    [
      'whisper.cpp',
      '{"transcription":[{"offsets":{"from":500,"to":1500},"text":" Hi"},{"offsets":{"from":1},"text":"x"}]}',
      [
        [0.5, 1.5, 'Hi'],
        [1, expect.stringContaining('segment 2: offsets.to')],
      ],
    ],
    ['a pipeline of transformers', '{"chunks":[{"timestamp":[0.0,1.5],"text":" Hi "}]}', [[0, 1.5, 'Hi']]],
    [
      'captions that roll over three lines',
      'WEBVTT\n\n00:00.0 --> 00:01.0\na\nb\n\n00:01.0 --> 00:02.0\na\nb\nc\n\n00:02.0 --> 00:03.0\nb\nc\nd',
      [
        [3, expect.stringContaining('rolling captions')],
        [0, 1, 'a b'],
        [1, 2, 'c'],
        [2, 3, 'd'],
      ],
    ],
    [
      'SubViewer with its header',
      '[INFORMATION]\n[TITLE]Launch\n[END INFORMATION]\n[SUBTITLE]\n[COLF]&HFFFFFF,[SIZE]18\n00:00:01.00,00:00:02.00\nHello[br]there\n\n00:00:03.00,00:00:04.00\nBye\n',
      [
        [1, 2, 'Hello there'],
        [3, 4, 'Bye'],
      ],
    ],
    [
      'a table of Whisper',
      'start\tend\ttext\r\n0\t1500\tHe said "hi"\r\n1500\tx\tBye\r\n1500\t3000\tBye\r\n',
      [
        [0, 1.5, 'He said "hi"'],
        [3, '“1500\tx\tBye” does not start with two times in milliseconds; its text is skipped'],
        [1.5, 3, 'Bye'],
      ],
    ],
    ['a transcript with durations', '[{"text": "Hi", "start": 0.1, "duration": 0.2}]', [[0.1, 0.3, 'Hi']]],
    [
      'a song that says the same twice',
      'WEBVTT\n\n00:00.0 --> 00:01.0\nla la\n\n00:01.0 --> 00:02.0\nla la',
      [
        [0, 1, 'la la'],
        [1, 2, 'la la'],
      ],
    ],
  ])('%s', (_, text, expected) => expect(read(text)).toEqual(expected))

  it.each([
    ['<?xml version="1.0"?>\n<tt xmlns="http://www.w3.org/ns/ttml"><body/></tt>', 'TTML'],
    ['<SAMI><BODY/></SAMI>', 'SAMI'],
    ['{10}{20}Hello', 'MicroDVD'],
    ['[10][20]Hello', 'MPL2'],
    ['{\\rtf1 Hello}', 'RTF'],
    ['<!DOCTYPE html>\n<html><body>Sign in</body></html>', 'a web page'],
    ['[ti:x]\n[00:12.00]Hello', 'LRC'],
  ])('%j is named', (text, name) => expect(toEnglish(nameOther(text) ?? '')).toContain(name))
})

describe('times of cues', () => {
  it('that end before they begin are named', () => {
    expect(read('1\n00:00:05,000 --> 00:00:02,000\nBack\n')).toEqual([noTime(2, '5 --> 2')])
  })

  it.each([
    [
      'SubStation Alpha',
      '[Events]\nFormat: Start, End, Text\nDialogue: 0:00:05.00,0:00:06.00,Late\nDialogue: 0:00:01.00,0:00:02.00,Early\n',
    ],
    ['SubRip', '1\n00:00:05,000 --> 00:00:06,000\nLate\n\n2\n00:00:01,000 --> 00:00:02,000\nEarly\n'],
    ['WebVTT', 'WEBVTT\n\n00:05.000 --> 00:06.000\nLate\n\n00:01.000 --> 00:02.000\nEarly\n'],
    ['SubViewer', '0:00:05.000,0:00:06.000\nLate\n\n0:00:01.000,0:00:02.000\nEarly\n'],
    ['JSON', '[{"start": 5, "end": 6, "text": "Late"}, {"start": 1, "end": 2, "text": "Early"}]'],
    ['TSV', 'start\tend\ttext\n5000\t6000\tLate\n1000\t2000\tEarly\n'],
  ])('put those of %s in order', (_, text) => {
    expect(read(text)).toEqual([
      [1, 2, 'Early'],
      [5, 6, 'Late'],
    ])
  })

  it.each([
    ['00:00:01,5', 1.5],
    ['1:02:03', 3723],
    ['59:59.999999', 3599.999999],
    ['00:29:27,46', 1767.46],
    ['100:00:00.000', 360_000],
    ['00:00:08:250', 8.25],
    ['00:00:08:00', 8],
    ['00:00:08:12', null],
    ['00:60.000', null],
    ['-00:01.000', null],
    ['1.5', null],
    ['', null],
  ])('%s', (text, seconds) => expect(secondsOf(text)).toBe(seconds))
})

describe('the name of a video', () => {
  it.each([
    ['clip.en', 'clip'],
    ['clip.en-US', 'clip'],
    ['clip.zh-Hans', 'clip'],
    ['clip.eng.forced', 'clip'],
    ['clip.forced.en', 'clip'],
    ['a.talk.nl.sdh', 'a.talk'],
    ['clip.mp4', undefined],
    ['clip', undefined],
    ['.en', undefined],
  ])('%s', (name, video) => expect(withoutLanguage(name)).toBe(video))
})

/** Cues that come one after the other, each with its own words. */
const cuesArbitrary = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 1, max: 4_000_000 }),
      length: fc.integer({ min: 1, max: 90_000 }),
      lines: fc.array(
        fc.array(fc.constantFrom('word', 'x < y', 'a & b', '3', 'é', '日本', "it's", '“so”', '&lt;'), { minLength: 1, maxLength: 4 }),
        { minLength: 1, maxLength: 3 },
      ),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => {
    let time = 0
    return parts.map(({ gap, length, lines }, index) => {
      const start = time + gap
      time = start + length
      return { start, end: time, lines: lines.map((words, line) => `${words.join(' ')} of ${index}.${line}`) }
    })
  })

const styleArbitrary = fc.record({
  format: fc.constantFrom('srt', 'vtt', 'sbv'),
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  isMarked: fc.boolean(),
  isNumbered: fc.boolean(),
  isDense: fc.boolean(),
  isSlanted: fc.boolean(),
  arrow: fc.constantFrom(' --> ', '-->', '  -->\t'),
  comma: fc.constantFrom(',', '.'),
})
type Style = typeof styleArbitrary extends fc.Arbitrary<infer S> ? S : never
type Cues = typeof cuesArbitrary extends fc.Arbitrary<infer C> ? C : never

const two = (value: number) => String(value).padStart(2, '0')
const timeOf = (ms: number, comma: string) =>
  `${two(Math.floor(ms / 3_600_000))}:${two(Math.floor(ms / 60_000) % 60)}:${two(Math.floor(ms / 1000) % 60)}${comma}${String(ms % 1000).padStart(3, '0')}`

function render(cues: Cues, { format, lineEnd, isMarked, isNumbered, isDense, isSlanted, arrow, comma }: Style): string {
  const lines: string[] = format === 'vtt' ? ['WEBVTT', ''] : []
  const write = (text: string) => {
    const escaped = text.replaceAll('&', '&amp;').replaceAll('<', format === 'vtt' ? '&lt;' : '<')
    return isSlanted && format !== 'sbv' ? `<i>${escaped}</i>` : escaped
  }
  for (const [index, cue] of cues.entries()) {
    if (isNumbered && format !== 'sbv') lines.push(String(index + 1))
    const mark = format === 'srt' ? comma : '.'
    lines.push(`${timeOf(cue.start, mark)}${format === 'sbv' ? ',' : arrow}${timeOf(cue.end, mark)}`, ...cue.lines.map(write))
    if (!isDense) lines.push('')
  }
  return (isMarked ? '\ufeff' : '') + lines.join(lineEnd)
}

describe('any cues, in whichever style they are written', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(cuesArbitrary, styleArbitrary, (cues, style) => {
        expect(read(render(cues, style))).toEqual(cues.map(({ start, end, lines }) => [start / 1000, end / 1000, lines.join(' ')]))
      }),
      { numRuns: 500 },
    )
  })

  it('are read or told of, whatever they hold', () => {
    const line = fc.constantFrom(
      '',
      ' ',
      '1',
      '2',
      '00:01,0 --> 00:02,0',
      '00:01 --> x',
      'text',
      'NOTE',
      '<b>',
      '-->',
      '[Events]',
      'Dialogue: 1,2',
    )
    fc.assert(
      fc.property(fc.constantFrom('', 'WEBVTT\n\n'), fc.array(line, { maxLength: 12 }), (head, lines) => {
        const text = head + lines.join('\n')
        for (const each of parseSubtitles(text)) expect(each.line).toBeLessThanOrEqual(text.split('\n').length)
        // A text that follows times is in a cue, or its times are told.
        const told = read(text).map(String).join()
        if (lines.includes('text') && lines[0] === '00:01,0 --> 00:02,0' && lines[1] === 'text' && head === '')
          expect(told).toMatch(/text|rolling/)
      }),
      { numRuns: 500 },
    )
  })
})

describe('a line of times', () => {
  it('may have the text of a SubRip cue behind it', () => {
    const times = (second: number) => `00:00:0${second},000 --> 00:00:0${second + 1},000`
    const places = ['X1:40 X2:600 Y1:20 Y2:50', 'align:start position:0%', 'X1: 40']
    const cues = [`${times(1)} Hello there`, ...places.map((place, at) => `${times(at + 2)}  ${place}\nText ${at}`)]
    expect(read(cues.join('\n\n'))).toEqual([
      [1, 2, 'Hello there'],
      [2, 3, 'Text 0'],
      [3, 4, 'Text 1'],
      [4, 5, 'Text 2'],
    ])
  })

  it('is reported where the file is cut off within it', () => {
    expect(read('1\n00:00:01,000 --> 00:00:02,000\nHi\n\n2\n00:00:03,000 --> 00:0')).toEqual([[1, 2, 'Hi'], noTime(6, '3 --> 0')])
    const events = '[Events]\nFormat: Layer, Start, End, Style, Text\nDialogue: 0,0:00:01.00,0:00:02.00,Default,Hi\n'
    expect(read(`[Script Info]\n${events}Dialogue: 0,0:00:03.00,0:0`)).toEqual([[1, 2, 'Hi'], noTime(5, '3 --> 0')])
  })
})
