import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { HelpSheet } from '../../src/renderer/src/app/keys/HelpSheet'
import { KeyHint } from '../../src/renderer/src/app/keys/KeyHint'
import { useActions, type ActionHandlers } from '../../src/renderer/src/app/keys/useActions'
import { actionSchema } from '../../src/shared/keymap'
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
    const [accept, next, help] = [vi.fn(), vi.fn(), vi.fn()]
    renderWindow(
      <>
        <Desk handlers={{ accept, next, help }} />
        <div role="dialog" aria-label="filters">
          <button type="button">switch</button>
        </div>
      </>,
    )
    const inPanel = screen.getByRole('button', { name: 'switch' })
    for (const key of ['a', 'ArrowRight', '?']) fireEvent.keyDown(inPanel, { key })
    expect([accept, next, help].map((handler) => handler.mock.calls.length)).toEqual([0, 0, 1])
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
        <HelpSheet opened onClose={() => undefined} />
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

describe('the sheet of keys', () => {
  it('shows every action with its key', async () => {
    renderWindow(<HelpSheet opened onClose={() => undefined} />)
    const sheet = await screen.findByRole('dialog', { name: 'Keys' })
    expect(within(sheet).getAllByRole('term')).toHaveLength(actionSchema.options.length + 1)
    expect(within(sheet).getByText('Ctrl+Shift+Z')).toBeVisible()
    expect(within(sheet).queryByText('used twice')).toBeNull()
  })

  it('points out keys that two actions claim', async () => {
    renderWindow(<HelpSheet opened onClose={() => undefined} />, { 'app.settings': () => appSettings({ keys: { accept: ['E'] } }) })
    expect(await screen.findAllByText('used twice')).toHaveLength(2)
  })
})
