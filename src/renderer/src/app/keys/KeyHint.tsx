import { keysOf, type Action } from '../../../../shared/keymap'
import { keyText } from './keyText'
import classes from './keys.module.css'
import { useKeymap } from './Keymap'

/** Shows the key of an action next to its name on a button. Hidden from screen readers, which announce `aria-keyshortcuts`. */
export function KeyHint({ action }: { readonly action: Action }) {
  const [key] = keysOf(action, useKeymap())
  if (!key) return null
  return (
    <kbd className={classes.hint} aria-hidden>
      {keyText(key)}
    </kbd>
  )
}

/** Returns the value of `aria-keyshortcuts` for an action. */
export function useKeyShortcuts(action: Action): string {
  return keysOf(action, useKeymap())
    .map((key) => key.replace('Mod', /Mac/.test(navigator.userAgent) ? 'Meta' : 'Control'))
    .join(' ')
}
