import { expect, it } from 'vitest'
import { isSourceField, sourceOf } from '../../../src/shared/domain'

const nothing = { license: null, licenseUrl: null, url: null, credit: null }

it.each([
  [{ captions: ['A cat.'] }, null],
  [{}, null],
  [{ license: '', url: '  ' }, null],
  [{ licence: 'CC0' }, { ...nothing, license: 'CC0' }],
  [{ License_URL: 'https://a.example' }, { ...nothing, licenseUrl: 'https://a.example' }],
  [
    { coco_url: 'http://c.example/1.jpg', flickr_url: 'http://f.example/1.jpg' },
    { ...nothing, url: 'http://c.example/1.jpg' },
  ],
  [
    { source: { deep: 'no' }, photographer: 'Kim' },
    { ...nothing, credit: 'Kim' },
  ],
  [{ license: 4 }, { ...nothing, license: '4' }],
])('the source of %j', (context, expected) => expect(sourceOf(context)).toEqual(expected))

it('only fields that say nothing else are kept from search and prompts', () => {
  expect(['license', 'Licence URL', 'coco_url', 'flickr-url'].map(isSourceField)).toEqual([true, true, true, true])
  expect(['url', 'source', 'author', 'captions'].map(isSourceField)).toEqual([false, false, false, false])
})
