import { act, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { languages } from '../../src/shared/comfort'
import { HelpScreen } from '../../src/renderer/src/features/help/HelpScreen'
import { anchorOf, loadGuide, pictureOf, placeOf, searchGuide, sectionsOf, withoutHtml } from '../../src/renderer/src/features/help/guide'
import { openHelp, shell } from '../../src/renderer/src/app/state/shell'
import { showLanguage } from '../../src/renderer/src/i18n'
import { renderWindow } from './render'

beforeEach(() => shell.reset())
afterEach(() => showLanguage('en'))

test('the few HTML elements of the guide become Markdown', () => {
  expect(
    withoutHtml(
      '<picture><source media="(a)" srcset="x-dark.png"><img width="720" alt="A screen" src="x.png"></picture> press <kbd>←</kbd>',
    ),
  ).toBe('![A screen](x.png) press `\u2328←`')
  expect(withoutHtml('named <code>&lt;id&gt;_1</code>')).toBe('named `<id>_1`')
})

test('anchors are those of GitHub, and lines of code are no headings', () => {
  expect(anchorOf('SD: spot the difference')).toBe('sd-spot-the-difference')
  expect(anchorOf('7. Export')).toBe('7-export')
  const sections = sectionsOf('# A\none\n```sh\n# not one\n```\n## B & C\ntwo\n## B & C\nthree')
  expect(sections.map(({ anchor, level }) => [anchor, level])).toEqual([
    ['a', 1],
    ['b--c', 2],
    ['b--c-1', 2],
  ])
})

test.each(languages)('every picture and every link of the guide leads somewhere (%s)', async (language) => {
  const pages = await loadGuide(language)
  expect(pages[0]).toMatchObject({ name: 'README.md', language })
  for (const { name, markdown } of pages) {
    expect(markdown).not.toMatch(/<(picture|kbd|code|img)\b/)
    for (const [, file = ''] of markdown.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)) {
      expect(pictureOf(file, false), file).toContain(file)
      expect(pictureOf(file, true), file).toContain(file.replace('.png', '-dark.png'))
    }
    for (const [, href = ''] of markdown.matchAll(/(?<!!)\[[^\]]*\]\((#[^)]+)\)/g)) {
      const place = placeOf(href, name, pages)
      expect(place && pages.find((page) => page.name === place.page)?.sections[place.section]?.anchor, href).toBe(href.slice(1))
    }
  }
})

test('links within the guide have a place, those out of it none', async () => {
  const pages = await loadGuide('en')
  expect(placeOf('#7-export', 'README.md', pages)).toEqual({ page: 'README.md', section: 7 })
  expect(placeOf('README.md', 'README.md', pages)).toEqual({ page: 'README.md', section: 0 })
  expect(placeOf('../../README.md#formats-out', 'README.md', pages)).toBeNull()
  expect(placeOf('https://example.invalid/', 'README.md', pages)).toBeNull()
})

test('a link leads to the same section in every language', async () => {
  const pages = await loadGuide('nl')
  expect(placeOf('#7-exporteren', 'README.md', pages)).toEqual({ page: 'README.md', section: 7 })
  expect(placeOf('README.nl.md#7-exporteren', 'README.md', pages)).toEqual({ page: 'README.md', section: 7 })
})

test('a language without a guide has the English one', async () => {
  expect(await loadGuide('eo')).toEqual(await loadGuide('en'))
})

test('a search finds sections by all of its words, titles first', async () => {
  const pages = await loadGuide('en')
  expect(searchGuide(pages, 'export')[0]?.title).toBe('7. Export')
  expect(searchGuide(pages, 'syphus repair')).toMatchObject([{ title: '3. Write the prompt' }])
  expect(searchGuide(pages, 'quux')).toEqual([])
  const inDutch = await loadGuide('nl')
  expect(searchGuide(inDutch, 'scenes')[0]?.title).toBe('TVC: scènes uit een serie')
  expect(searchGuide(inDutch, 'geimporteerd')[0]?.excerpt).toMatch(/^…en de reden\. Alle andere rijen worden geïmporteerd/)
  expect(searchGuide(inDutch, 'SCÈNE')[0]?.title).toBe('TVC: scènes uit een serie')
})

test('the guide is shown with its contents and its search', async () => {
  openHelp('guide')
  const { user } = renderWindow(<HelpScreen />)
  const contents = within(await screen.findByRole('navigation', { name: 'Contents' }))
  await user.click(contents.getByRole('button', { name: '5. Review' }))
  expect(contents.getByRole('button', { name: '5. Review' })).toHaveAttribute('aria-current', 'location')
  expect(await screen.findByRole('heading', { name: '5. Review' })).toHaveAttribute('id', '5-review')
  expect(screen.getByRole('img', { name: /^The review screen/ })).toHaveAttribute('src', expect.stringContaining('review.png'))
  expect(screen.getAllByText('Ctrl+Z')[0]?.tagName).toBe('KBD')
  expect(screen.queryByRole('link', { name: 'The README' })).toBeNull()
  await user.click(screen.getByRole('link', { name: 'all recipes' }))
  expect(contents.getByRole('button', { name: 'The eight recipes' })).toHaveAttribute('aria-current', 'location')
  await user.type(screen.getByRole('searchbox', { name: /^Search the guide/ }), 'syphus')
  await user.click(
    await within(await screen.findByRole('region', { name: 'Guide' })).findByRole('button', { name: /^3\. Write the prompt/ }),
  )
  expect(screen.getByRole('searchbox', { name: /^Search the guide/ })).toHaveValue('')
  expect(contents.getByRole('button', { name: '3. Write the prompt' })).toHaveAttribute('aria-current', 'location')
})

test('the guide and its search are in the language of the window, and stay at their section when it changes', async () => {
  await showLanguage('nl')
  openHelp('guide')
  const { user } = renderWindow(<HelpScreen />)
  const contents = within(await screen.findByRole('navigation', { name: 'Inhoud' }))
  const guide = within(screen.getByRole('region', { name: 'Handleiding' }))
  expect((await guide.findByRole('heading', { name: '5. Beoordelen' })).closest('[lang]')).toHaveAttribute('lang', 'nl')
  expect(guide.getByRole('img', { name: /^Het beoordelingsscherm/ })).toHaveAttribute('src', expect.stringContaining('review.png'))
  await user.click(guide.getByRole('link', { name: 'alle recepten' }))
  expect(contents.getByRole('button', { name: 'De acht recepten' })).toHaveAttribute('aria-current', 'location')
  await user.type(screen.getByRole('searchbox', { name: /^Handleiding doorzoeken/ }), 'geimporteerd regel')
  expect(guide.getByRole('status')).toHaveTextContent('1 paragraaf gevonden')
  await user.click(guide.getByRole('button', { name: /^2\. Items importeren/ }))
  expect(contents.getByRole('button', { name: '2. Items importeren' })).toHaveAttribute('aria-current', 'location')
  await act(() => showLanguage('en'))
  expect(await screen.findByRole('button', { name: '2. Import items' })).toHaveAttribute('aria-current', 'location')
  expect((await screen.findByRole('heading', { name: '2. Import items' })).closest('[lang]')).toHaveAttribute('lang', 'en')
})
