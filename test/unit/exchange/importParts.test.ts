import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { IdTable } from '../../../src/main/exchange/import/row/idTable'
import { parseSubtitles } from '../../../src/main/exchange/import/subtitles/subtitles'
import { checkTimes } from '../../../src/main/exchange/import/row/importTimes'
import { message } from '../../../src/shared/messages/message'
import { toEnglish } from '../../../src/shared/messages/translate'

describe('subtitles', () => {
  const cues = (text: string) => [...parseSubtitles(text)]

  it('WebVTT: header, notes, styles, settings and names of cues are no text', () => {
    const text = [
      'WEBVTT - a title',
      'Kind: captions',
      '',
      'NOTE\nnot shown',
      '',
      'STYLE\n::cue { color: red }',
      '',
      'first\n00:01.000 --> 00:02.500 align:start position:10%\n<v Ann>Hello <i>there</i> &amp; you\nsecond line',
      '',
      '01:00:00.000 --> 01:00:01.000\n日本語 שלום',
    ].join('\n')
    expect(cues(text)).toEqual([
      { line: 11, start: 1, end: 2.5, text: 'Hello there & you second line', hasSpeaker: true },
      { line: 15, start: 3600, end: 3601, text: '日本語 שלום' },
    ])
  })

  it('SubRip: numbers, commas and Windows line ends', () => {
    expect(cues('\ufeff1\r\n00:00:01,500 --> 00:00:03,000\r\n{\\an8}<b>One</b>\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nTwo')).toEqual([
      { line: 2, start: 1.5, end: 3, text: 'One' },
      { line: 6, start: 3, end: 4, text: 'Two' },
    ])
  })

  it('names the line of a time that is none, and of text without one', () => {
    expect(cues('WEBVTT\n\n00:01.x --> 00:02.000\nx\n\nno time here\n\n00:01.000 --> 00:02.000\n\n')).toEqual([
      { line: 3, fault: message('import.subtitles.notATime', { time: '00:01.x --> 00:02.000' }) },
      { line: 6, fault: message('import.subtitles.noTimeAbove') },
    ])
  })

  it('never fails, whatever it is given', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => void cues(`WEBVTT\n\n${text}`)))
  })
})

describe('times', () => {
  const media = [{ fileName: 'a.mp4', durationMs: 10_000 }]
  const sentence = (start: number, end: number) => ({ start, end, text: `${start} to ${end}` })
  const check = (sentences: ReturnType<typeof sentence>[], duration?: number) =>
    checkTimes({ sentences, ...(duration === undefined ? {} : { duration }) }, media)

  it('within the video are left as they are', () => {
    const context = { sentences: [sentence(0, 4.2), sentence(4, 10)], duration: 10, title: 'kept' }
    expect(checkTimes(context, media)).toEqual({ context, faults: [] })
  })

  it('that are reversed or begin after the end are left out, and those over an edge are cut; each is told', () => {
    const { context, faults } = check([sentence(5, 3), sentence(12, 14), sentence(8, 12), sentence(-1, 2), sentence(1, 2)], 10)
    expect(context.sentences).toEqual([
      { start: 8, end: 10, text: '8 to 12' },
      { start: 0, end: 2, text: '-1 to 2' },
      { start: 1, end: 2, text: '1 to 2' },
    ])
    expect(faults.map(toEnglish)).toEqual([
      'the sentence “5 to 3” is skipped: it ends (3 s) before it starts (5 s)',
      'the sentence “12 to 14” is skipped: it starts at 12 s, but the video lasts 10 s',
      'the sentence “8 to 12” ends at 12 s, but the video lasts 10 s; its end is set to the end of the video',
      'the sentence “-1 to 2” starts at -1 s; its start is set to 0 s',
    ])
  })

  it('are measured by the shorter of the annotation’s duration and the video’s, and by nothing where neither is known', () => {
    expect(check([sentence(11, 12)], 20).context).toEqual({ duration: 20 })
    expect(check([sentence(6, 8)], 5).context).toEqual({ duration: 5 })
    expect(check([sentence(11, 12)]).context).toEqual({})
    expect(checkTimes({ sentences: [sentence(900, 901)] }, [{ fileName: 'a.mp4', durationMs: null }]).faults).toEqual([])
  })

  it('a moment after the end are cut without a word', () => {
    expect(check([sentence(8, 10.3)])).toEqual({ context: { sentences: [{ start: 8, end: 10, text: '8 to 10.3' }] }, faults: [] })
  })

  it('never leave a span that is reversed or outside', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: -50, max: 50, noNaN: true }), fc.double({ min: -50, max: 50, noNaN: true }))),
        (spans) => {
          for (const { start, end } of check(spans.map(([a, b]) => sentence(a, b))).context.sentences ?? []) {
            expect(start).toBeGreaterThanOrEqual(0)
            expect(end).toBeGreaterThanOrEqual(start)
            expect(end).toBeLessThanOrEqual(10)
          }
        },
      ),
    )
  })
})

describe('a table of ids', () => {
  it('knows what it was told and nothing else', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 200 }), fc.string(), (ids, stranger) => {
        const table = new IdTable()
        for (const [index, id] of ids.entries()) table.set(id, index)
        for (const [index, id] of ids.entries()) expect(table.get(id)).toBe(index)
        expect(table.get(stranger)).toBe(ids.includes(stranger) ? ids.indexOf(stranger) : undefined)
      }),
    )
  })

  it('keeps the first number of an id that is added twice, and counts ids once', () => {
    const table = new IdTable()
    expect([table.add('a', 3), table.add('b', 4), table.add('a', 9)]).toEqual([undefined, undefined, 3])
    table.set('b', 5)
    expect([table.get('a'), table.get('b'), table.size]).toEqual([3, 5, 2])
  })

  it('tells 300,000 ids that count up from each other', () => {
    const table = new IdTable()
    for (let index = 0; index < 300_000; index++) {
      expect(table.get(`v_${index}`)).toBeUndefined()
      table.set(`v_${index}`, index)
    }
    expect(table.get('v_299999')).toBe(299_999)
  })
})
