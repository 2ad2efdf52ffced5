import { actions, keysOf, type Action, type KeymapOverrides } from '../../../../shared/keymap'

/** The overrides without those of an action. */
export function withoutOverride(keymap: KeymapOverrides, action: Action): KeymapOverrides {
  const { [action]: _, ...others } = keymap
  return others
}

/** Puts a key of an action in the place of an old one; adds it where `old` is null, takes `old` away where `key` is null. */
export function withKey(keymap: KeymapOverrides, action: Action, old: string | null, key: string | null): KeymapOverrides {
  const before = keysOf(action, keymap)
  const replaced = old === null ? [...before, key] : before.map((known) => (known === old ? key : known))
  const keys = [...new Set(replaced.filter((known) => known !== null))]
  const standard: readonly string[] = actions[action].keys
  if (keys.join('\n') === standard.join('\n')) return withoutOverride(keymap, action)
  return { ...keymap, [action]: keys }
}
