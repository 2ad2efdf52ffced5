import { describe, expect, it } from 'vitest'
import { wordsOf } from '../../../../src/main/store/search/words'

describe('the words by which texts are compared', () => {
  it.each([
    ['Two red kites, TWO strings.', ['two', 'red', 'kites', 'two', 'strings']],
    ['Ｆｕｌｌ ½', ['full', '1', '2']],
    ['über größe naïve', ['über', 'größe', 'naïve']],
    ['', []],
    ['… — !', []],
  ])('of “%s” stand between spaces and marks, in lower case', (text, words) => {
    expect(wordsOf(text)).toEqual(words)
  })

  it.each([
    ['Chinese', '图中有什么？', ['图中', '中有', '有什', '什么']],
    ['Japanese', 'コーヒーを飲む', ['コー', 'ーヒ', 'ヒー', 'ーを', 'を飲', '飲む']],
    ['beyond the first plane', '𠮷野家', ['𠮷野', '野家']],
    ['Lao', 'ລາວ', ['ລາ', 'າວ']],
    ['Khmer', 'ខ្មែរ', ['ខ្', '្ម', 'មែ', 'ែរ']],
    ['Burmese', 'မြန်မာ', ['မြ', 'ြန', 'န်', '်မ', 'မာ']],
    ['one character', '猫', ['猫']],
    ['mixed with Latin', '一只cat坐着 2只dog', ['一只', 'cat', '坐着', '2', '只', 'dog']],
  ])('are two neighbouring characters each in scripts without spaces: %s', (_, text, words) => {
    expect(wordsOf(text)).toEqual(words)
  })

  it('are shared by sentences without spaces that say nearly the same, and not by others', () => {
    const asked = new Set(wordsOf('แมวนอนบนโซฟา'))
    const shared = (text: string) => wordsOf(text).filter((word) => asked.has(word)).length
    expect(shared('แมวนอนบนเตียง')).toBeGreaterThan(5)
    expect(shared('รถไฟสีแดง')).toBeLessThan(2)
  })
})
