import { keysOf, type Action, type KeymapOverrides } from '../../../../shared/keymap'

const names: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  '-': '−',
}

const onMac = () => /Mac/.test(navigator.userAgent)

/** Formats a key of the keymap as it is labelled on a keyboard: `Mod+Enter` → `Ctrl+Enter`, on a Mac `⌘Enter`. */
export function keyText(key: string, mac = onMac()): string {
  // The key itself may be a plus sign.
  const parts = key.endsWith('+') ? [...key.slice(0, -1).split('+').filter(Boolean), '+'] : key.split('+')
  const words = parts.map((part) => {
    if (part === 'Mod') return mac ? '⌘' : 'Ctrl'
    if (mac && part === 'Shift') return '⇧'
    if (mac && part === 'Alt') return '⌥'
    return names[part] ?? part
  })
  return words.join(mac ? '' : '+')
}

/** Returns the formatted first key of an action, or an empty string if it has none. */
export function keysOfAction(action: Action, keymap: KeymapOverrides): string {
  const [key] = keysOf(action, keymap)
  return key ? keyText(key) : ''
}
