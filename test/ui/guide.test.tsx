import { screen, within } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { HelpScreen } from '../../src/renderer/src/features/help/HelpScreen'
import { anchorOf, loadGuide, pictureOf, placeOf, searchGuide, sectionsOf, withoutHtml } from '../../src/renderer/src/features/help/guide'
import { openHelp, shell } from '../../src/renderer/src/app/state/shell'
import { renderWindow } from './render'

beforeEach(() => shell.reset())

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

test('every picture and every link of the guide leads somewhere', async () => {
  const pages = await loadGuide()
  expect(pages[0]?.name).toBe('README.md')
  for (const { name, markdown } of pages) {
    expect(markdown).not.toMatch(/<(picture|kbd|code|img)\b/)
    for (const [, file = ''] of markdown.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)) {
      expect(pictureOf(file, false), file).toContain(file)
      expect(pictureOf(file, true), file).toContain(file.replace('.png', '-dark.png'))
    }
    for (const [, href = ''] of markdown.matchAll(/(?<!!)\[[^\]]*\]\((#[^)]+)\)/g))
      expect(placeOf(href, name, pages)?.anchor, href).toBe(href.slice(1))
  }
})

test('links within the guide have a place, those out of it none', async () => {
  const pages = await loadGuide()
  expect(placeOf('#7-export', 'README.md', pages)).toEqual({ page: 'README.md', anchor: '7-export' })
  expect(placeOf('README.md', 'README.md', pages)).toMatchObject({ anchor: 'guide-to-exemplar' })
  expect(placeOf('../../README.md#formats-out', 'README.md', pages)).toBeNull()
  expect(placeOf('https://example.invalid/', 'README.md', pages)).toBeNull()
})

test('a search finds sections by all of its words, titles first', async () => {
  const pages = await loadGuide()
  expect(searchGuide(pages, 'export')[0]?.title).toBe('7. Export')
  expect(searchGuide(pages, 'syphus repair')).toMatchObject([{ title: '3. Write the prompt' }])
  expect(searchGuide(pages, 'quux')).toEqual([])
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
