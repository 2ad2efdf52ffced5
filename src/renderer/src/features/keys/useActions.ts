import { useEffect, useLayoutEffect, useRef } from 'react'
import type { Action, KeymapOverrides } from '../../../../shared/keymap'
import { useCall } from '../../queries'
import { actionFor } from './actionFor'

/** What an action does. Returning `false` leaves the key to the browser. */
export type ActionHandlers = Partial<Record<Action, (event: KeyboardEvent) => void | false>>

const none: KeymapOverrides = {}

/** The person's own keys, from the settings. */
export const useKeymap = (): KeymapOverrides => useCall('app.settings', {}).data?.keys ?? none

/** A dialog over the window takes all keys. */
const dialogIsOpen = () => document.querySelector('[role="dialog"][aria-modal="true"]') !== null

/**
 * Connects actions of the keymap with what they do while the component is on the screen. Bare keys are dead in text fields, and
 * everything is dead below a dialog, while `enabled` is false and while an input method composes a character.
 */
export function useActions(handlers: ActionHandlers, enabled = true) {
  const keymap = useKeymap()
  const latest = useRef({ handlers, keymap, enabled })
  useLayoutEffect(() => {
    latest.current = { handlers, keymap, enabled }
  })
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!latest.current.enabled) return
      const action = actionFor(event, latest.current.keymap)
      const handler = action ? latest.current.handlers[action] : undefined
      if (!handler || dialogIsOpen()) return
      if (handler(event) !== false) event.preventDefault()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}
