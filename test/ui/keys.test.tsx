import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { useRef, useState } from 'react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { actionFor } from '../../src/renderer/src/app/keys/actionFor'
import { HelpScreen } from '../../src/renderer/src/features/help/HelpScreen'
import { openHelp, shell } from '../../src/renderer/src/app/state/shell'
import { KeyHint } from '../../src/renderer/src/app/keys/KeyHint'
import { useActions, useKeyScope } from '../../src/renderer/src/app/keys/useActions'
import { availableActions, type ActionHandlers } from '../../src/renderer/src/app/keys/keyScopes'
import { actionSchema, clashes } from '../../src/shared/keymap'
import { appSettings } from './fakeProject'
import { renderWindow } from './render'

function Desk({ handlers, enabled = true }: { readonly handlers: ActionHandlers; readonly enabled?: boolean }) {
  useActions(handlers, enabled)
  return (
    <>
      <input aria-label="field" />
      <button type="button">button</button>
      <KeyHint action="accept" />
    </>
  )
}

describe('keys of the window', () => {
  it('carry out their action, and nothing else of the browser', () => {
    const accept = vi.fn()
    renderWindow(<Desk handlers={{ accept }} />)
    expect(fireEvent.keyDown(document.body, { key: 'a' })).toBe(false)
    expect(accept).toHaveBeenCalledOnce()
    expect(fireEvent.keyDown(document.body, { key: 'q' })).toBe(true)
  })

  it('are dead in a text field, but for those that belong there', () => {
    const [accept, undo, saveAndAccept] = [vi.fn(), vi.fn(), vi.fn()]
    renderWindow(<Desk handlers={{ accept, undo, saveAndAccept }} />)
    const field = screen.getByRole('textbox', { name: 'field' })
    fireEvent.keyDown(field, { key: 'a' })
    fireEvent.keyDown(field, { key: 'z', ctrlKey: true })
    fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true })
    expect(accept).not.toHaveBeenCalled()
    expect(undo).not.toHaveBeenCalled()
    expect(saveAndAccept).toHaveBeenCalledOnce()
  })

  it('decide nothing and browse nowhere from within a panel over the desk; those of the window work there', () => {
    const [accept, next, shortcuts] = [vi.fn(), vi.fn(), vi.fn()]
    renderWindow(
      <>
        <Desk handlers={{ accept, next, shortcuts }} />
        <div role="dialog" aria-label="filters">
          <button type="button">switch</button>
        </div>
      </>,
    )
    const inPanel = screen.getByRole('button', { name: 'switch' })
    for (const key of ['a', 'ArrowRight', '?']) fireEvent.keyDown(inPanel, { key })
    expect([accept, next, shortcuts].map((handler) => handler.mock.calls.length)).toEqual([0, 0, 1])
  })

  it('leave space and arrows to the control that has the focus', () => {
    const play = vi.fn()
    renderWindow(<Desk handlers={{ play }} />)
    fireEvent.keyDown(screen.getByRole('button'), { key: ' ' })
    expect(play).not.toHaveBeenCalled()
    fireEvent.keyDown(document.body, { key: ' ' })
    expect(play).toHaveBeenCalledOnce()
  })

  it('rest while a character is being composed, and while they are switched off', () => {
    const accept = vi.fn()
    const { unmount } = renderWindow(<Desk handlers={{ accept }} />)
    fireEvent.keyDown(document.body, { key: 'a', isComposing: true })
    unmount()
    renderWindow(<Desk handlers={{ accept }} enabled={false} />)
    fireEvent.keyDown(document.body, { key: 'a' })
    expect(accept).not.toHaveBeenCalled()
  })

  it('rest below a dialog', async () => {
    const accept = vi.fn()
    renderWindow(
      <>
        <Desk handlers={{ accept }} />
        <div role="dialog" aria-modal="true" aria-label="above" />
      </>,
    )
    await screen.findByRole('dialog')
    fireEvent.keyDown(document.body, { key: 'a' })
    expect(accept).not.toHaveBeenCalled()
  })

  it('are those of the settings, on the buttons too', async () => {
    const accept = vi.fn()
    renderWindow(<Desk handlers={{ accept }} />, { 'app.settings': () => appSettings({ keys: { accept: ['Mod+J'] } }) })
    await waitFor(() => expect(screen.getByText('Ctrl+J')).toBeVisible())
    fireEvent.keyDown(document.body, { key: 'a' })
    expect(accept).not.toHaveBeenCalled()
    fireEvent.keyDown(document.body, { key: 'j', ctrlKey: true })
    expect(accept).toHaveBeenCalledOnce()
  })
})

function Scope(props: Parameters<typeof useKeyScope>[0]) {
  useKeyScope(props)
  return null
}

describe('the stack of key scopes', () => {
  const press = () => fireEvent.keyDown(document.body, { key: 'Escape' })

  it('gives a key to the topmost scope that has it, and to the one below once that is gone', () => {
    const [screenKey, panelKey, dialogKey] = [vi.fn(), vi.fn(), vi.fn()]
    function Stack() {
      const [above, setAbove] = useState(2)
      return (
        <>
          {above > 1 && <Scope level="dialog" actions={{ leaveField: dialogKey }} />}
          {above > 0 && <Scope level="panel" actions={{ leaveField: panelKey }} />}
          <Scope level="screen" actions={{ leaveField: screenKey }} />
          <button type="button" onClick={() => setAbove(above - 1)}>
            close
          </button>
        </>
      )
    }
    renderWindow(<Stack />)
    for (let closed = 0; closed < 3; closed++) {
      press()
      fireEvent.click(screen.getByRole('button', { name: 'close' }))
    }
    expect([dialogKey, panelKey, screenKey].map(({ mock }) => mock.calls.length)).toEqual([1, 1, 1])
  })

  it('asks the scope below where the one above leaves the key', () => {
    const [above, below] = [vi.fn<() => false>(() => false), vi.fn()]
    renderWindow(
      <>
        <Scope level="panel" actions={{ leaveField: above }} />
        <Scope level="global" actions={{ leaveField: below }} />
      </>,
    )
    expect(press()).toBe(false)
    expect([above.mock.calls.length, below.mock.calls.length]).toEqual([1, 1])
  })

  it('works below a dialog for the scopes of the dialog alone', () => {
    const [onScreen, inDialog] = [vi.fn(), vi.fn()]
    renderWindow(
      <>
        <div role="dialog" aria-modal="true" aria-label="pause" />
        <Scope level="screen" actions={{ accept: onScreen }} />
        <Scope level="dialog" actions={{ pause: inDialog }} />
      </>,
    )
    for (const key of ['a', 'p']) fireEvent.keyDown(document.body, { key })
    expect([onScreen.mock.calls.length, inDialog.mock.calls.length]).toEqual([0, 1])
  })

  it('takes keys within an element while the focus is there', () => {
    const send = vi.fn()
    function Field() {
      const field = useRef<HTMLInputElement>(null)
      useKeyScope({ level: 'textField', within: field, actions: { saveAndAccept: send } })
      return <input aria-label="comment" ref={field} />
    }
    const accept = vi.fn()
    renderWindow(
      <>
        <Scope level="panel" actions={{ saveAndAccept: accept }} />
        <Field />
      </>,
    )
    fireEvent.keyDown(screen.getByRole('textbox', { name: 'comment' }), { key: 'Enter', ctrlKey: true })
    expect([send.mock.calls.length, accept.mock.calls.length]).toEqual([1, 0])
    fireEvent.keyDown(document.body, { key: 'Enter', ctrlKey: true })
    expect([send.mock.calls.length, accept.mock.calls.length]).toEqual([1, 1])
  })

  it('knows what is available now, in the order of the keymap', () => {
    const { unmount } = renderWindow(
      <>
        <Scope level="global" actions={{ help: () => undefined }} />
        <Scope level="screen" actions={{ search: () => undefined, accept: () => undefined }} />
        <Scope level="screen" actions={{ undo: () => undefined }} isEnabled={false} />
      </>,
    )
    expect(availableActions()).toEqual(['accept', 'search', 'help'])
    unmount()
    expect(availableActions()).toEqual([])
  })
})

describe('keys that choose rejection reasons', () => {
  const pressed = (key: string, part: Partial<KeyboardEvent> = {}) =>
    ({ key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...part }) as KeyboardEvent

  it('are digits of the keymap, with Shift whatever sign that makes', () => {
    const isOffered = (action: string) => action.startsWith('reason')
    expect(actionFor(pressed('2'), {}, isOffered)).toBe('reason2')
    expect(actionFor(pressed('"', { shiftKey: true, code: 'Digit2' }), {}, isOffered)).toBe('reason2')
    expect(actionFor(pressed('w'), { reason2: ['W'] }, isOffered)).toBe('reason2')
    expect(actionFor(pressed('2'), { reason2: ['W'] }, isOffered)).toBeNull()
  })

  it('clash as any other key', () => {
    expect([...clashes({ reason1: ['A'] })]).toEqual([['A', ['accept', 'reason1']]])
  })
})

describe('the sheet of keys', () => {
  beforeEach(() => shell.reset())

  it('dims what does nothing on the screen behind it', async () => {
    function Screen() {
      const overlay = shell.use((state) => state.overlay)
      useKeyScope({ level: 'screen', isEnabled: !overlay, actions: { accept: () => undefined, shortcuts: () => openHelp('keys') } })
      return overlay && <HelpScreen />
    }
    renderWindow(<Screen />)
    fireEvent.keyDown(document.body, { key: '?' })
    const sheet = await screen.findByRole('region', { name: 'Shortcuts' })
    const dimmed = within(sheet)
      .getAllByRole('term')
      .filter((term) => term.textContent.includes('not on this screen'))
    expect(dimmed).toHaveLength(actionSchema.options.length - 2)
  })

  it('shows every action with its key, and finds some by name and by key', async () => {
    openHelp('keys')
    const { user } = renderWindow(<HelpScreen />)
    const sheet = await screen.findByRole('region', { name: 'Shortcuts' })
    const terms = () => within(sheet).queryAllByRole('term')
    expect(terms()).toHaveLength(actionSchema.options.length)
    expect(within(sheet).getByText('Ctrl+Shift+Z')).toBeVisible()
    expect(within(sheet).queryByText('conflict')).toBeNull()
    const field = screen.getByRole('searchbox', { name: /^Search shortcuts/ })
    fireEvent.keyDown(document.body, { key: '/' })
    expect(field).toHaveFocus()
    await user.type(field, 'redo')
    expect(terms().map((term) => term.textContent)).toEqual(['Redo decision (not on this screen)'])
    await user.clear(field)
    await user.type(field, 'ctrl+shift+z')
    expect(terms()).toHaveLength(1)
    await user.type(field, 'q')
    expect(await screen.findByText('No matching shortcuts.')).toBeVisible()
  })

  it('points out keys that two actions claim', async () => {
    openHelp('keys')
    renderWindow(<HelpScreen />, { 'app.settings': () => appSettings({ keys: { accept: ['E'] } }) })
    expect(await screen.findAllByText('conflict')).toHaveLength(2)
  })
})
