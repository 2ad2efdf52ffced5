import { useEffect, useLayoutEffect, useRef } from 'react'
import { actions, actionSchema, type Action, type KeymapOverrides } from '../../../../shared/keymap'
import { useCall } from '../../api/queries'
import { actionFor } from './actionFor'

/** What an action does. Returning `false` leaves the key to the browser. */
export type ActionHandlers = Partial<Record<Action, (event: KeyboardEvent) => void | false>>

const none: KeymapOverrides = {}

/** The person's own keys, from the settings. */
export const useKeymap = (): KeymapOverrides => useCall('app.settings', {}).data?.keys ?? none

interface Connected {
  readonly handlers: ActionHandlers
  readonly keymap: KeymapOverrides
  readonly enabled: boolean
}

const connected = new Set<{ readonly current: Connected }>()

const handlerOf = (action: Action) =>
  [...connected].find(({ current }) => current.enabled && current.handlers[action])?.current.handlers[action]

/** The actions that would do something now, in the order of the keymap: for the command palette. */
export const possibleActions = (): readonly Action[] => actionSchema.options.filter((action) => handlerOf(action) !== undefined)

/** Does what the key of an action would do. */
export const carryOut = (action: Action): void => void handlerOf(action)?.(new KeyboardEvent('keydown'))

/** A dialog over the window takes all keys. */
const dialogIsOpen = () => document.querySelector('[role="dialog"][aria-modal="true"]') !== null

/** In a panel over the desk, such as the filters, no key decides on the pair behind it or leaves it. */
const panelKeeps = (action: Action, target: EventTarget | null) =>
  (actions[action].group === 'decide' || actions[action].group === 'browse') &&
  target instanceof Element &&
  target.closest('[role="dialog"]') !== null

/**
 * Connects actions of the keymap with what they do while the component is on the screen. Bare keys are dead in text fields, and
 * everything is dead below a dialog, while `enabled` is false and while an input method composes a character.
 */
export function useActions(handlers: ActionHandlers, enabled = true) {
  const keymap = useKeymap()
  const latest = useRef<Connected>({ handlers, keymap, enabled })
  useLayoutEffect(() => {
    latest.current = { handlers, keymap, enabled }
  })
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!latest.current.enabled) return
      const action = actionFor(event, latest.current.keymap)
      const handler = action ? latest.current.handlers[action] : undefined
      if (!action || !handler || dialogIsOpen() || panelKeeps(action, event.target)) return
      if (handler(event) !== false) event.preventDefault()
    }
    window.addEventListener('keydown', press)
    connected.add(latest)
    return () => {
      window.removeEventListener('keydown', press)
      connected.delete(latest)
    }
  }, [])
}
