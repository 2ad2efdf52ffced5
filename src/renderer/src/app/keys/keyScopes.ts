import { actions, actionSchema, keyName, type Action, type KeymapOverrides } from '../../../../shared/keymap'
import { actionFor, controlTakes, isTextField } from './actionFor'

/** Levels of key scopes, lowest first: the topmost scope that handles a key receives it. */
const levels = ['global', 'screen', 'panel', 'dialog', 'textField'] as const
export type ScopeLevel = (typeof levels)[number]

/** Handles a key. Returning `false` passes the key on to the lower scopes, and finally to the browser. */
export type KeyHandler = (event: KeyboardEvent) => void | false
export type ActionHandlers = Partial<Record<Action, KeyHandler>>

export interface KeyScope {
  readonly level: ScopeLevel
  readonly actions: ActionHandlers
  /**
   * Keys that are not actions of the keymap and cannot be changed, such as Enter and Escape of a panel. They also work in its text fields.
   */
  readonly fixedKeys?: Readonly<Record<string, KeyHandler>> | undefined
  /** Element that must contain the focus for the keys to work, if given. */
  readonly within?: { readonly current: Element | null } | undefined
  readonly isEnabled: boolean
  readonly keymap: KeymapOverrides
}
/** Reference to the current version of a scope. */
export interface ScopeRef {
  readonly current: KeyScope
}

const scopes: ScopeRef[] = []

/** Adds a scope on top of the other scopes of its level. @returns a function that removes it */
export function pushScope(scope: ScopeRef): () => void {
  if (scopes.length === 0) document.addEventListener('keydown', dispatchKey)
  scopes.push(scope)
  return () => {
    scopes.splice(scopes.indexOf(scope), 1)
    if (scopes.length === 0) document.removeEventListener('keydown', dispatchKey)
  }
}

const rank = (level: ScopeLevel) => levels.indexOf(level)

/** Returns the enabled scopes from the given level upwards, topmost first. While a modal dialog is open, lower levels are inactive. */
function stack(lowest: ScopeLevel): readonly KeyScope[] {
  return scopes
    .map(({ current }) => current)
    .filter(({ isEnabled, level }) => isEnabled && rank(level) >= rank(lowest))
    .reverse()
    .toSorted((one, other) => rank(other.level) - rank(one.level))
}

/** Returns whether a modal dialog is open, which receives all keys. */
const dialogIsOpen = () => document.querySelector('[role="dialog"][aria-modal="true"]') !== null

/** Returns whether a non-modal panel, such as the filters, blocks the key of an action that decides on the pair behind it or leaves it. */
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
 * The only key listener of the window: passes a key to the topmost scope that handles it. It is attached to the document because an open
 * tooltip stops Escape before it reaches the window.
 */
function dispatchKey(event: KeyboardEvent): void {
  if (event.isComposing || event.defaultPrevented) return
  for (const scope of stack(dialogIsOpen() ? 'dialog' : 'global')) {
    const handler = handlerFor(scope, event)
    if (handler && handler(event) !== false) return event.preventDefault()
  }
}

/** Returns the actions that currently have a handler, in the order of the keymap. */
export function availableActions(): readonly Action[] {
  const available = stack('global')
  return actionSchema.options.filter((action) => available.some((scope) => scope.actions[action] !== undefined))
}

/** Runs an action as if its key had been pressed. */
export function carryOut(action: Action): void {
  const event = new KeyboardEvent('keydown')
  stack('global').some((scope) => scope.actions[action] && scope.actions[action](event) !== false)
}
