import { actions, actionSchema, keyName, keysOf, type Action, type KeymapOverrides } from '../../../../shared/keymap'

const textInputs =
  'input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=range]), textarea, select, [contenteditable=""], [contenteditable="true"]'
const pressedBySpace = 'button, summary, a[href], [role="button"], input, video'
const movedByArrows =
  '[role="tablist"], [role="radiogroup"], [role="slider"], [role="separator"], [role="listbox"], [role="menu"], input[type=range], video'

const closest = (target: EventTarget | null, selector: string) => target instanceof Element && target.closest(selector) !== null

/** Whether what is typed there is text. */
export const isTextField = (target: EventTarget | null): boolean => closest(target, textInputs)

/** Whether the control with the focus needs this key itself: space on a button, arrows in a row of tabs. */
function controlTakes(key: string, target: EventTarget | null): boolean {
  if (key === 'Space' || key === 'Enter') return closest(target, pressedBySpace)
  return key.startsWith('Arrow') && closest(target, movedByArrows)
}

/** The action that a pressed key means where it was pressed, or null. The first action of the keymap wins a clash. */
export function actionFor(event: KeyboardEvent, overrides: KeymapOverrides): Action | null {
  if (event.isComposing || event.defaultPrevented) return null
  const key = keyName(event)
  const inField = isTextField(event.target)
  if (controlTakes(key, event.target)) return null
  return actionSchema.options.find((action) => (!inField || actions[action].inFields) && keysOf(action, overrides).includes(key)) ?? null
}
