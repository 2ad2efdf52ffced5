import {
  actions,
  actionSchema,
  keyName,
  keyNames,
  keysOf,
  reasonActions,
  type Action,
  type KeymapOverrides,
} from '../../../../shared/keymap'

const textInputs =
  'input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=range]), textarea, select, [contenteditable=""], [contenteditable="true"]'
const pressedBySpace = 'button, summary, a[href], [role="button"], input, video'
const movedByArrows =
  '[role="tablist"], [role="radiogroup"], [role="slider"], [role="separator"], [role="listbox"], [role="menu"], input[type=range], video'

const closest = (target: EventTarget | null, selector: string) => target instanceof Element && target.closest(selector) !== null

/** Returns whether an element accepts text input. */
export const isTextField = (target: EventTarget | null): boolean => closest(target, textInputs)

/** Returns whether the focused control needs this key itself, such as space on a button or the arrow keys in a list of tabs. */
export function controlTakes(key: string, target: EventTarget | null): boolean {
  if (key === 'Space' || key === 'Enter') return closest(target, pressedBySpace)
  return key.startsWith('Arrow') && closest(target, movedByArrows)
}

const withShift: ReadonlySet<Action> = new Set(reasonActions)

/**
 * Returns the action of a key event at its target, or null. If several actions have the key, the first one in the keymap wins.
 * @param isOffered whether an action is available here
 */
export function actionFor(event: KeyboardEvent, overrides: KeymapOverrides, isOffered: (action: Action) => boolean): Action | null {
  const key = keyName(event)
  if (controlTakes(key, event.target)) return null
  const inField = isTextField(event.target)
  const isPressed = (action: Action) => {
    const pressed = withShift.has(action) ? keyNames(event) : [key]
    return keysOf(action, overrides).some((one) => pressed.includes(one))
  }
  return actionSchema.options.find((action) => isOffered(action) && (!inField || actions[action].inFields) && isPressed(action)) ?? null
}
