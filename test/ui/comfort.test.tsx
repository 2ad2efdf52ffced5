import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import dayjs from 'dayjs'
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest'
import { App } from '../../src/renderer/src/app/App'
import { PaneEdge } from '../../src/renderer/src/features/comfort/PaneEdge'
import { ImportReportView } from '../../src/renderer/src/features/library/ImportReportView'
import { tourSteps } from '../../src/renderer/src/features/comfort/tourSteps'
import { formatDate, formatNumber } from '../../src/renderer/src/format'
import { i18n, showLanguage } from '../../src/renderer/src/i18n'
import { announcement } from '../../src/renderer/src/app/state/announcement'
import { shell } from '../../src/renderer/src/app/state/shell'
import { endTour, startTour, tour } from '../../src/renderer/src/app/state/tour'
import type { AppSettings } from '../../src/shared/contract'
import { Problem } from '../../src/shared/problem'
import { message, type Text } from '../../src/shared/messages/message'
import { appSettings, someStats } from './fakeProject'
import { renderWindow } from './render'

/** Main as it keeps settings. */
function keeping(part: Partial<AppSettings> = {}) {
  let kept = appSettings(part)
  return {
    'app.settings': () => kept,
    'app.saveSettings': (change: Partial<AppSettings>) => (kept = { ...kept, ...change }),
  }
}

beforeEach(() => {
  shell.reset()
  endTour()
  announcement.reset()
})
afterEach(async () => {
  await act(() => showLanguage('en'))
  document.documentElement.removeAttribute('style')
  delete document.documentElement.dataset.contrast
})

describe('the language', () => {
  it('is chosen in the settings, and then every text, the page and its numbers speak it', async () => {
    const { bridge, user } = renderWindow(<App />, keeping())
    await screen.findByRole('navigation', { name: 'Screens' })
    act(() => bridge.emit('menu.action', { action: 'settings' }))
    await user.click(await screen.findByRole('tab', { name: 'Appearance' }))
    await user.click(await screen.findByRole('radio', { name: 'Nederlands' }))
    expect(await screen.findByRole('main', { name: 'Instellingen' })).toBeVisible()
    expect(document.documentElement).toHaveAttribute('lang', 'nl')
    expect(bridge.inputsOf('app.saveSettings')).toEqual([{ language: 'nl' }])
    expect(formatNumber(12_345.6, 1)).toBe('12.345,6')
    expect(formatDate(Date.UTC(2026, 4, 3, 12))).toContain('mei')
  })

  it('is that of the settings from the start', async () => {
    renderWindow(<App />, keeping({ language: 'nl' }))
    expect(await screen.findByRole('button', { name: 'Bibliotheek' })).toBeVisible()
    expect(i18n.t('library.count', { count: 1234 })).toBe('1.234 items')
    expect(dayjs('2026-03-02').locale('nl').format('MMMM')).toBe('maart')
  })

  it('is also that of what main says, without a word of English', async () => {
    renderWindow(<App />, {
      ...keeping({ language: 'nl' }),
      'project.current': () => {
        throw new Problem('disk-full', message('problem.about.diskFull', { item: '/data' }), message('store.freeSpaceAndReopen'))
      },
    })
    const alert = await screen.findByRole('alert')
    await waitFor(() => expect(alert).toHaveTextContent('/data: de schijf is vol.'))
    expect(alert).toHaveTextContent('Maak ruimte vrij en open het dan opnieuw.')
    expect(alert).not.toHaveTextContent('De schijf is vol')
    expect(alert.querySelector('[lang]')).toBeNull()
  })

  it('is also that of each row of a report, as far as its words are known', async () => {
    await showLanguage('nl')
    const row = (reason: Text) => ({ file: 'a.csv', line: 2, item: 'moon', reason })
    const report = { added: 0, unchanged: 0, mediaAdded: 0, linked: 0, updated: 0, notes: [], moreProblems: 0, cancelled: false }
    const problems = [row(message('import.row.box', { label: 'cat', numbers: '1, 2' })), row('Nobody knows.')]
    renderWindow(<ImportReportView report={{ ...report, problems }} onMore={() => undefined} onDone={() => undefined} />)
    expect(screen.getByText('het kader “cat” [1, 2]')).not.toHaveAttribute('lang')
    expect(screen.getByText('Nobody knows.')).toHaveAttribute('lang', 'en')
    await act(() => showLanguage('en'))
    expect(screen.getByText('the bounding box “cat” [1, 2]')).not.toHaveAttribute('lang')
    expect(screen.getByText('Nobody knows.')).not.toHaveAttribute('lang')
  })

  it('names what is wrong where main’s words are known in English alone', async () => {
    renderWindow(<App />, {
      ...keeping({ language: 'nl' }),
      'project.current': () => {
        throw new Problem('disk-full', 'The disk is full.', 'Free some space.')
      },
    })
    const alert = await screen.findByRole('alert')
    await waitFor(() => expect(alert).toHaveTextContent('De schijf is vol'))
    expect(within(alert).getByText('The disk is full.')).toHaveAttribute('lang', 'en')
    expect(within(alert).getByText('Free some space.')).toHaveAttribute('lang', 'en')
  })
})

describe('high contrast', () => {
  const isOn = () => document.documentElement.dataset.contrast === 'more'
  const systemAsksForIt = () => {
    const { matchMedia } = window
    vi.spyOn(window, 'matchMedia').mockImplementation((query) => ({ ...matchMedia(query), matches: query.includes('prefers-contrast') }))
  }

  it('is a theme of its own, over the light or the dark one of the system', async () => {
    renderWindow(<App />, keeping({ theme: 'contrast' }))
    await screen.findByRole('navigation')
    expect(isOn()).toBe(true)
  })

  it('comes with the system where the theme is the system’s', async () => {
    systemAsksForIt()
    renderWindow(<App />, keeping({ theme: 'auto' }))
    await screen.findByRole('navigation')
    expect(isOn()).toBe(true)
  })

  it('stays away from a theme that was chosen, and goes with the choice', async () => {
    systemAsksForIt()
    const { bridge, user } = renderWindow(<App />, keeping({ theme: 'contrast' }))
    await screen.findByRole('navigation')
    act(() => bridge.emit('menu.action', { action: 'settings' }))
    await user.click(await screen.findByRole('tab', { name: 'Appearance' }))
    const theme = within(await screen.findByRole('radiogroup', { name: 'Theme' }))
    await user.click(theme.getByRole('radio', { name: 'Light' }))
    await waitFor(() => expect(isOn()).toBe(false))
  })
})

describe('the size of the text', () => {
  const press = (key: string) => act(() => void fireEvent.keyDown(document.body, { key, ctrlKey: true }))

  it('follows its keys, is kept and is said', async () => {
    const { bridge } = renderWindow(<App />, keeping())
    await screen.findByRole('navigation')
    await press('+')
    await waitFor(() => expect(document.documentElement.style.fontSize).toBe('110%'))
    expect(announcement.get().text).toBe('Text size: 110%')
    await press('-')
    await press('-')
    await waitFor(() => expect(document.documentElement.style.fontSize).toBe('90%'))
    await press('0')
    await waitFor(() => expect(document.documentElement.style.fontSize).toBe(''))
    expect(bridge.inputsOf('app.saveSettings').map(({ textSize }) => textSize)).toEqual([110, 100, 90, 100])
  })

  it('stays at its limit, and says so', async () => {
    const { bridge } = renderWindow(<App />, keeping({ textSize: 150 }))
    await screen.findByRole('navigation')
    await press('=')
    await waitFor(() => expect(announcement.get().text).toBe('Text size: 150%'))
    expect(bridge.inputsOf('app.saveSettings')).toEqual([])
  })
})

describe('the edge of a pane', () => {
  /** A grid of 1000 × 600 pixels whose pane is as wide as its variable says, within 10 to 50 rem. */
  function panes(settings: Partial<AppSettings> = {}) {
    vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockImplementation(function (this: HTMLElement) {
      const grid = this.dataset.grid === undefined ? this.parentElement : this
      const wanted = Number.parseFloat(grid?.style.getPropertyValue('--pane-reviewSide') ?? '')
      const width = 16 * Math.min(50, Math.max(10, Number.isNaN(wanted) ? 25 : wanted))
      return this === grid ? new DOMRect(0, 0, 1000, 600) : new DOMRect(1000 - width - 4, 0, 8, 600)
    })
    const drawn = renderWindow(
      <div data-grid="">
        <PaneEdge pane="reviewSide" side="right" />
      </div>,
      keeping(settings),
    )
    const edge = screen.getByRole('separator', { name: 'Pair pane width' })
    const size = () => edge.parentElement?.style.getPropertyValue('--pane-reviewSide')
    const press = (key: string, more = {}) => {
      fireEvent.keyDown(edge, { key, ...more })
      fireEvent.keyUp(edge, { key, ...more })
    }
    return { ...drawn, edge, size, press }
  }

  it('is moved by the arrow keys, and remembered', async () => {
    const { bridge, edge, size, press } = panes({ panes: { reviewSide: 30 } })
    await waitFor(() => expect(size()).toBe('30rem'))
    press('ArrowLeft')
    expect(size()).toBe('31rem')
    press('ArrowRight', { shiftKey: true })
    expect(size()).toBe('26rem')
    expect(edge).toHaveAttribute('aria-valuenow', '42')
    await waitFor(() => expect(bridge.inputsOf('app.saveSettings').at(-1)).toEqual({ panes: { reviewSide: 26 } }))
  })

  it('stops where the screen has its limits', async () => {
    const { bridge, size, press } = panes({ panes: { libraryInspector: 20 } })
    await waitFor(() => expect(bridge.inputsOf('app.settings')).toHaveLength(1))
    press('Home')
    await waitFor(() => expect(size()).toBe('50rem'))
    press('End')
    await waitFor(() => expect(size()).toBe('10rem'))
    await waitFor(() => expect(bridge.inputsOf('app.saveSettings').at(-1)).toEqual({ panes: { libraryInspector: 20, reviewSide: 10 } }))
  })

  it.each([
    ['a double click', (edge: HTMLElement) => fireEvent.doubleClick(edge)],
    ['Enter', (edge: HTMLElement) => [fireEvent.keyDown(edge, { key: 'Enter' }), fireEvent.keyUp(edge, { key: 'Enter' })]],
  ])('is put back by %s', async (_, putBack) => {
    const { bridge, edge, size } = panes({ panes: { reviewSide: 30 } })
    await waitFor(() => expect(size()).toBe('30rem'))
    putBack(edge)
    await waitFor(() => expect(bridge.inputsOf('app.saveSettings')).toEqual([{ panes: {} }]))
    expect(size()).toBe('')
  })

  it('leaves all other keys to the window', () => {
    const { edge } = panes()
    const pressed = vi.fn()
    window.addEventListener('keydown', pressed)
    fireEvent.keyDown(edge, { key: 'a' })
    fireEvent.keyDown(edge, { key: 'ArrowLeft' })
    window.removeEventListener('keydown', pressed)
    expect(pressed).toHaveBeenCalledOnce()
  })
})

describe('the tour', () => {
  it('begins when the sample project is opened for the first time, and only then', async () => {
    const { bridge, user } = renderWindow(<App />, { ...keeping({ tourSeen: false }), 'project.current': () => null })
    await user.click(await screen.findByRole('button', { name: 'Open sample project' }))
    const step = await screen.findByRole('dialog', { name: 'Screens' })
    expect(step).toHaveTextContent('1 of 5')
    expect(bridge.inputsOf('app.saveSettings')).toEqual([{ tourSeen: true }])
    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(tour.get().shown).toBe(false)
  })

  it('does not begin again by itself', async () => {
    const { user } = renderWindow(<App />, { ...keeping({ tourSeen: true }), 'project.current': () => null })
    await user.click(await screen.findByRole('button', { name: 'Open sample project' }))
    await screen.findByRole('navigation', { name: 'Screens' })
    expect(tour.get().shown).toBe(false)
  })

  it('goes through its steps by keys alone, over the screens they are about', async () => {
    const { user } = renderWindow(<App />, keeping())
    await screen.findByRole('navigation', { name: 'Screens' })
    act(startTour)
    for (const [index, { name, screen: where }] of tourSteps.entries()) {
      expect(await screen.findByRole('dialog', { name: i18n.t(`comfort.tour.steps.${name}.title`) })).toBeVisible()
      await waitFor(() => expect(shell.get().screen).toBe(where))
      await user.keyboard(index % 2 === 0 ? '{Enter}' : '{ArrowRight}')
    }
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(shell.get()).toMatchObject({ screen: 'review', reviewFilter: { states: ['pending'] } })
  })

  it('has a few pairs drafted where there are none, by the demo generator alone', async () => {
    const none = { 'project.stats': () => someStats({ items: 8, candidates: 0 }) }
    const demo = renderWindow(<App />, { ...keeping(), ...none })
    await screen.findByRole('navigation', { name: 'Screens' })
    act(startTour)
    await waitFor(() => expect(demo.bridge.inputsOf('run.start')).toEqual([{ limit: 3 }]))
    demo.unmount()
    act(endTour)

    const provider = { ...appSettings().provider, kind: 'openai' as const }
    const model = renderWindow(<App />, { ...keeping({ provider }), ...none })
    await screen.findByRole('navigation', { name: 'Screens' })
    act(startTour)
    await waitFor(() => expect(shell.get().screen).toBe('review'))
    expect(model.bridge.inputsOf('run.start')).toEqual([])
  })

  it('is taken again from the sheet of keys', async () => {
    const { bridge, user } = renderWindow(<App />, keeping())
    await screen.findByRole('navigation', { name: 'Screens' })
    act(() => bridge.emit('menu.action', { action: 'help' }))
    await user.click(await screen.findByRole('button', { name: 'Take the tour' }))
    expect(await screen.findByRole('dialog', { name: 'Screens' })).toBeVisible()
  })
})

test('the command palette offers what the keys do on the screen, and does it', async () => {
  const { user } = renderWindow(<App />, keeping())
  await screen.findByRole('navigation', { name: 'Screens' })
  await user.keyboard('{Control>}k{/Control}')
  const palette = await screen.findByRole('dialog', { name: 'Commands' })
  expect(await within(palette).findByRole('button', { name: /Larger text/ })).toBeVisible()
  expect(within(palette).queryByRole('button', { name: /^Accept/ })).toBeNull()
  await user.click(within(palette).getByRole('button', { name: /Larger text/ }))
  await waitFor(() => expect(document.documentElement.style.fontSize).toBe('110%'))
})
