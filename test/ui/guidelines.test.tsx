import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { MarkdownText } from '../../src/renderer/src/components/text/MarkdownText'
import { GuidelinesDialog } from '../../src/renderer/src/features/guidelines/GuidelinesDialog'
import { guidelinesDraft } from '../../src/renderer/src/features/guidelines/guidelinesDraft'
import { ReviewScreen } from '../../src/renderer/src/features/review/ReviewScreen'
import { dialogs } from '../../src/renderer/src/app/state/dialogs'
import { shell } from '../../src/renderer/src/app/state/shell'
import type { Guideline } from '../../src/shared/domain/project'
import type { Handlers } from './fakeBridge'
import { aGuideline, appSettings, aProject } from './fakeProject'
import { renderWindow } from './render'
import { candidatesOf, loadImages, reviewProject } from './reviewProject'

beforeEach(() => {
  shell.reset()
  shell.set({ screen: 'review' })
  dialogs.reset()
  guidelinesDraft.reset()
  loadImages()
})

async function review(handlers: Partial<Handlers> = {}) {
  const drawn = renderWindow(<ReviewScreen project={aProject()} />, { ...reviewProject(candidatesOf(2)).handlers, ...handlers })
  await waitFor(() => expect(document.querySelector('[data-ready="true"]')).not.toBeNull())
  return { ...drawn, press: (keys: string) => drawn.user.keyboard(keys) }
}

describe('guidelines beside the pair', () => {
  it('open and close by key, take the focus so that they can be scrolled, and are remembered', async () => {
    const { bridge, press } = await review()
    await press('h')
    expect(await screen.findByRole('heading', { name: 'Rockets', level: 3 })).toBeVisible()
    expect(screen.getByText('can be seen').tagName).toBe('STRONG')
    expect(screen.getByRole('region', { name: 'Guidelines' })).toHaveFocus()
    await press('h')
    expect(screen.queryByRole('heading', { name: 'Rockets' })).toBeNull()
    expect(bridge.inputsOf('app.saveSettings')).toEqual([{ guidelinesOpen: true }, { guidelinesOpen: false }])
    expect(bridge.inputsOf('decision.add')).toEqual([])
  })

  it('are open at once where they were left open', async () => {
    await review({ 'app.settings': () => appSettings({ guidelinesOpen: true }) })
    expect(await screen.findByRole('heading', { name: 'Rockets' })).toBeVisible()
  })
})

describe('guidelines in Markdown', () => {
  const hostile = [
    '<script>window.ran = 1</script> and <img src="x" onerror="window.ran = 2"> inline',
    '<div onclick="window.ran = 3">block</div>',
    '[press](javascript:window.ran=4) and [page](https://example.org/a) and <https://example.org>',
    '![a cat](data:image/svg+xml;base64,AAAA) ![far](https://example.org/p.png)',
    '<iframe src="https://example.org"></iframe>',
    '[named][ref]\n\n[ref]: vbscript:x',
  ].join('\n\n')

  it('hold no element that runs, loads or leads away; what was meant to is text', () => {
    const { container } = renderWindow(<MarkdownText text={hostile} />)
    expect(
      container.querySelectorAll('script, img, iframe, a, object, embed, form, svg, style:not([data-mantine-styles]), link, [href], [src]'),
    ).toHaveLength(0)
    const attributes = [...container.querySelectorAll('*')].flatMap((element) => element.getAttributeNames())
    expect(attributes.filter((name) => name.startsWith('on'))).toEqual([])
    expect(container).toHaveTextContent('<script>window.ran = 1</script>')
    expect(container).toHaveTextContent('onerror="window.ran = 2"')
    expect(container).toHaveTextContent('page (https://example.org/a)')
    expect(container).toHaveTextContent('[image: a cat] [image: far]')
    expect(window).not.toHaveProperty('ran')
  })

  it('has its headings below that of the panel', () => {
    renderWindow(<MarkdownText text={'# One\n\n## Two\n\n###### Six'} />)
    expect(screen.getAllByRole('heading').map(({ tagName }) => tagName)).toEqual(['H3', 'H4', 'H6'])
  })
})

describe('the editor of the guidelines', () => {
  function editor() {
    const versions: Guideline[] = [aGuideline]
    const latest = () => versions.at(-1) ?? aGuideline
    dialogs.set({ guidelines: true })
    return renderWindow(<GuidelinesDialog />, {
      'guidelines.get': latest,
      'guidelines.versions': () => versions.toReversed().map(({ version, author, savedAt }) => ({ version, author, savedAt })),
      'guidelines.version': ({ version }) => versions[version] ?? aGuideline,
      'guidelines.save': ({ body }) => {
        versions.push({ version: versions.length, body, author: 'Ada', savedAt: 0 })
        return latest()
      },
    })
  }

  it('shows what is typed as reviewers will see it, and saves it as a new version', async () => {
    const { bridge, user } = editor()
    const field = await screen.findByRole('textbox', { name: /Guidelines/ })
    expect(screen.getByRole('button', { name: 'Save as new version' })).toBeDisabled()
    await user.clear(field)
    await user.type(field, '# Sky{enter}{enter}Look *up*.')
    const preview = screen.getByRole('region', { name: 'Preview' })
    expect(await within(preview).findByRole('heading', { name: 'Sky' })).toBeVisible()
    expect(within(preview).getByText('up').tagName).toBe('EM')
    await user.keyboard('{Control>}{Enter}{/Control}')
    expect(await screen.findByText(/Saved as version 1/)).toBeVisible()
    expect(bridge.inputsOf('guidelines.save')).toEqual([{ body: '# Sky\n\nLook *up*.' }])
  })

  it('lists the versions, tells two apart word by word, and takes an earlier text back', async () => {
    const { user } = editor()
    const field = await screen.findByRole('textbox', { name: /Guidelines/ })
    await user.type(field, ' Twice.')
    await user.click(screen.getByRole('button', { name: 'Save as new version' }))
    await screen.findByText(/Saved as version 1/)
    await user.click(screen.getByRole('tab', { name: 'Versions' }))
    const list = await screen.findByRole('list', { name: 'Versions' })
    expect(
      within(list)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual([expect.stringMatching(/^Version 1 · Ada.* · current/), expect.stringMatching(/^Recipe default/)])
    expect(await screen.findByLabelText(/added:.*Twice/)).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Use the text of: Recipe default' }))
    expect(await screen.findByRole('textbox', { name: /Guidelines/ })).toHaveValue(aGuideline.body)
    expect(screen.getByText(/Not saved\. Your text is kept/)).toBeVisible()
  })
})
