import { useLayoutEffect, useRef } from 'react'
import { useKeymap } from './Keymap'
import { pushScope, type ActionHandlers, type KeyScope } from './keyScopes'

/** Pushes a scope of keys while the component is on the screen. */
export function useKeyScope({ isEnabled = true, actions = {}, ...scope }: Partial<KeyScope> & Pick<KeyScope, 'level'>) {
  const keymap = useKeymap()
  const latest = useRef<KeyScope>({ ...scope, actions, isEnabled, keymap })
  useLayoutEffect(() => {
    latest.current = { ...scope, actions, isEnabled, keymap }
  })
  useLayoutEffect(() => pushScope(latest), [])
}

/**
 * Connects actions of the keymap with what they do on a screen. Bare keys are dead in text fields, and everything is dead below a dialog,
 * while `isEnabled` is false and while an input method composes a character.
 */
export const useActions = (actions: ActionHandlers, isEnabled = true) => useKeyScope({ level: 'screen', actions, isEnabled })

/** A key held down acts once. */
export const once = (act: () => void) => (event: KeyboardEvent) => {
  if (!event.repeat) act()
}
