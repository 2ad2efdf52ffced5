import { actions, actionSchema, keyName, type Action, type KeymapOverrides } from '../../../../shared/keymap'
import { actionFor, controlTakes, isTextField } from './actionFor'

/** Where keys belong, from below to above: the topmost scope that has a key takes it. */
const levels = ['global', 'screen', 'panel', 'dialog', 'textField'] as const
export type ScopeLevel = (typeof levels)[number]

/** What a key does. Returning `false` leaves the key to the scopes below, and at last to the browser. */
export type KeyHandler = (event: KeyboardEvent) => void | false
export type ActionHandlers = Partial<Record<Action, KeyHandler>>

export interface KeyScope {
  readonly level: ScopeLevel
  readonly actions: ActionHandlers
  /** keys that are no action of the keymap and cannot be changed, such as Enter and Escape of a panel; they work in its text fields too */
  readonly fixedKeys?: Readonly<Record<string, KeyHandler>> | undefined
  /** the keys work only while the focus is in this element */
  readonly within?: { readonly current: Element | null } | undefined
  readonly isEnabled: boolean
  readonly keymap: KeymapOverrides
}
/** A scope as it is now. */
export interface ScopeRef {
  readonly current: KeyScope
}

const scopes: ScopeRef[] = []

/** Adds a scope on top of those of its level. @returns a function that removes it */
export function pushScope(scope: ScopeRef): () => void {
  if (scopes.length === 0) document.addEventListener('keydown', dispatchKey)
  scopes.push(scope)
  return () => {
    scopes.splice(scopes.indexOf(scope), 1)
    if (scopes.length === 0) document.removeEventListener('keydown', dispatchKey)
  }
}

const rank = (level: ScopeLevel) => levels.indexOf(level)

/** The scopes that may take a key, the topmost first; below a dialog nothing works. */
function stack(lowest: ScopeLevel): readonly KeyScope[] {
  return scopes
    .map(({ current }) => current)
    .filter(({ isEnabled, level }) => isEnabled && rank(level) >= rank(lowest))
    .reverse()
    .toSorted((one, other) => rank(other.level) - rank(one.level))
}

/** A dialog over the window takes all keys. */
const dialogIsOpen = () => document.querySelector('[role="dialog"][aria-modal="true"]') !== null

/** In a panel over the desk, such as the filters, no key decides on the pair behind it or leaves it. */
const panelKeeps = (action: Action, target: EventTarget | null) =>
  (actions[action].group === 'decide' || actions[action].group === 'browse') &&
  target instanceof Element &&
  target.closest('[role="dialog"]:not([aria-modal="true"])') !== null

function handlerFor(scope: KeyScope, event: KeyboardEvent): KeyHandler | undefined {
  const { within, fixedKeys, keymap } = scope
  if (within && !(event.target instanceof Node && within.current?.contains(event.target))) return undefined
  const key = keyName(event)
  const fixed = fixedKeys?.[key]
  if (fixed && (isTextField(event.target) || !controlTakes(key, event.target))) return fixed
  const action = actionFor(event, keymap, (one) => scope.actions[one] !== undefined)
  if (!action || (!within && panelKeeps(action, event.target))) return undefined
  return scope.actions[action]
}

/**
 * The window's one key listener: gives a key to the topmost scope that has it. It listens at the document, where an open tooltip stops Escape
 * on its way to the window.
 */
function dispatchKey(event: KeyboardEvent): void {
  if (event.isComposing || event.defaultPrevented) return
  for (const scope of stack(dialogIsOpen() ? 'dialog' : 'global')) {
    const handler = handlerFor(scope, event)
    if (handler && handler(event) !== false) return event.preventDefault()
  }
}

/** Returns the actions that would do something now, in the order of the keymap. */
export function availableActions(): readonly Action[] {
  const available = stack('global')
  return actionSchema.options.filter((action) => available.some((scope) => scope.actions[action] !== undefined))
}

/** Does what the key of an action would do. */
export function carryOut(action: Action): void {
  const event = new KeyboardEvent('keydown')
  stack('global').some((scope) => scope.actions[action] && scope.actions[action](event) !== false)
}
