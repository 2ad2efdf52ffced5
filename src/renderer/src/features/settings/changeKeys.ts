import { actions, keysOf, type Action, type KeymapOverrides } from '../../../../shared/keymap'

/** Returns the overrides without those of an action. */
export function withoutOverride(keymap: KeymapOverrides, action: Action): KeymapOverrides {
  const { [action]: _, ...others } = keymap
  return others
}

/** Replaces a key of an action by another one; adds `key` if `old` is null, and removes `old` if `key` is null. */
export function withKey(keymap: KeymapOverrides, action: Action, old: string | null, key: string | null): KeymapOverrides {
  const before = keysOf(action, keymap)
  const replaced = old === null ? [...before, key] : before.map((known) => (known === old ? key : known))
  const keys = [...new Set(replaced.filter((known) => known !== null))]
  const standard: readonly string[] = actions[action].keys
  if (keys.join('\n') === standard.join('\n')) return withoutOverride(keymap, action)
  return { ...keymap, [action]: keys }
}
