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

/** Whether what is typed there is text. */
export const isTextField = (target: EventTarget | null): boolean => closest(target, textInputs)

/** Whether the control with the focus needs this key itself: space on a button, arrows in a row of tabs. */
export function controlTakes(key: string, target: EventTarget | null): boolean {
  if (key === 'Space' || key === 'Enter') return closest(target, pressedBySpace)
  return key.startsWith('Arrow') && closest(target, movedByArrows)
}

const withShift: ReadonlySet<Action> = new Set(reasonActions)

/**
 * Returns the action that a pressed key means where it was pressed, or null. The first action of the keymap wins a clash.
 * @param isOffered whether an action can be chosen here
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
