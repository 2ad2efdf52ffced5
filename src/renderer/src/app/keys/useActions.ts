import { useLayoutEffect, useRef } from 'react'
import { useKeymap } from './Keymap'
import { pushScope, type ActionHandlers, type KeyScope } from './keyScopes'

/** Adds a key scope while the component is mounted. */
export function useKeyScope({ isEnabled = true, actions = {}, ...scope }: Partial<KeyScope> & Pick<KeyScope, 'level'>) {
  const keymap = useKeymap()
  const latest = useRef<KeyScope>({ ...scope, actions, isEnabled, keymap })
  useLayoutEffect(() => {
    latest.current = { ...scope, actions, isEnabled, keymap }
  })
  useLayoutEffect(() => pushScope(latest), [])
}

/**
 * Connects actions of the keymap with their handlers on a screen. Keys without modifiers are ignored in text fields; all keys are ignored
 * below a dialog, while `isEnabled` is false, and while an input method composes a character.
 */
export const useActions = (actions: ActionHandlers, isEnabled = true) => useKeyScope({ level: 'screen', actions, isEnabled })

/** Ignores key repeats, so that a key that is held down acts once. */
export const once = (act: () => void) => (event: KeyboardEvent) => {
  if (!event.repeat) act()
}
