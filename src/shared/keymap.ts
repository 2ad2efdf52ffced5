import { z } from 'zod'

/** Actions of the window and their default keys; the help sheet, the hints next to buttons and the settings use the same list. */
export const actionSchema = z.enum([
  'accept',
  'edit',
  'reject',
  'ignore',
  'exemplar',
  'exemplarReason',
  'flag',
  'comment',
  'fix',
  'split',
  'addPair',
  'turnUp',
  'turnDown',
  'acceptItem',
  'rejectItem',
  'reason1',
  'reason2',
  'reason3',
  'reason4',
  'reason5',
  'reason6',
  'reason7',
  'reason8',
  'reason9',
  'saveAndAccept',
  'leaveField',
  'spelling',
  'undo',
  'redo',
  'previous',
  'next',
  'skip',
  'wholeItem',
  'previousOfItem',
  'nextOfItem',
  'pause',
  'search',
  'desk',
  'grid',
  'table',
  'focusMode',
  'similar',
  'zoomIn',
  'zoomOut',
  'zoomFit',
  'boxes',
  'labels',
  'previousBox',
  'nextBox',
  'rotate',
  'darker',
  'brighter',
  'lessContrast',
  'moreContrast',
  'blink',
  'difference',
  'previousMedium',
  'nextMedium',
  'firstMedium',
  'lastMedium',
  'play',
  'frameBack',
  'frameForward',
  'slower',
  'faster',
  'loop',
  'subtitles',
  'surround',
  'fillWindow',
  'guidelines',
  'ownFigures',
  'library',
  'prompt',
  'runs',
  'review',
  'exemplars',
  'export',
  'settings',
  'help',
  'shortcuts',
  'palette',
  'fontLarger',
  'fontSmaller',
  'fontReset',
])
export type Action = z.infer<typeof actionSchema>

export const keymapOverridesSchema = z.partialRecord(actionSchema, z.array(z.string().min(1)).max(4))
export type KeymapOverrides = z.infer<typeof keymapOverridesSchema>

/**
 * Keys are written as `Mod+Shift+Z`: Mod is Ctrl, or Command on a Mac; the last part is KeyboardEvent.key, letters in upper case, the space
 * bar `Space`. `inFields` actions also work while a text field has the focus; all others are disabled there.
 */
export const actions = {
  accept: { keys: ['A'], group: 'decide', inFields: false },
  edit: { keys: ['E'], group: 'decide', inFields: false },
  reject: { keys: ['X'], group: 'decide', inFields: false },
  ignore: { keys: ['I'], group: 'decide', inFields: false },
  exemplar: { keys: ['F'], group: 'decide', inFields: false },
  exemplarReason: { keys: ['Alt+F'], group: 'decide', inFields: false },
  flag: { keys: ['G'], group: 'decide', inFields: false },
  comment: { keys: ['N'], group: 'decide', inFields: false },
  fix: { keys: ['Y'], group: 'decide', inFields: false },
  split: { keys: ['Alt+S'], group: 'decide', inFields: true },
  addPair: { keys: ['Alt+N'], group: 'decide', inFields: false },
  turnUp: { keys: ['Alt+ArrowUp'], group: 'decide', inFields: false },
  turnDown: { keys: ['Alt+ArrowDown'], group: 'decide', inFields: false },
  acceptItem: { keys: ['Alt+A'], group: 'decide', inFields: false },
  rejectItem: { keys: ['Alt+X'], group: 'decide', inFields: false },
  reason1: { keys: ['1'], group: 'decide', inFields: false },
  reason2: { keys: ['2'], group: 'decide', inFields: false },
  reason3: { keys: ['3'], group: 'decide', inFields: false },
  reason4: { keys: ['4'], group: 'decide', inFields: false },
  reason5: { keys: ['5'], group: 'decide', inFields: false },
  reason6: { keys: ['6'], group: 'decide', inFields: false },
  reason7: { keys: ['7'], group: 'decide', inFields: false },
  reason8: { keys: ['8'], group: 'decide', inFields: false },
  reason9: { keys: ['9'], group: 'decide', inFields: false },
  saveAndAccept: { keys: ['Mod+Enter'], group: 'decide', inFields: true },
  leaveField: { keys: ['Escape'], group: 'decide', inFields: true },
  spelling: { keys: ['Alt+.'], group: 'decide', inFields: true },
  undo: { keys: ['Mod+Z'], group: 'decide', inFields: false },
  redo: { keys: ['Mod+Shift+Z'], group: 'decide', inFields: false },
  previous: { keys: ['ArrowLeft'], group: 'browse', inFields: false },
  next: { keys: ['ArrowRight'], group: 'browse', inFields: false },
  skip: { keys: ['S'], group: 'browse', inFields: false },
  wholeItem: { keys: ['V'], group: 'browse', inFields: false },
  previousOfItem: { keys: ['ArrowUp'], group: 'browse', inFields: false },
  nextOfItem: { keys: ['ArrowDown'], group: 'browse', inFields: false },
  pause: { keys: ['P'], group: 'browse', inFields: false },
  search: { keys: ['/'], group: 'browse', inFields: false },
  desk: { keys: ['Q'], group: 'browse', inFields: false },
  grid: { keys: ['O'], group: 'browse', inFields: false },
  table: { keys: ['T'], group: 'browse', inFields: false },
  focusMode: { keys: ['Shift+F'], group: 'browse', inFields: false },
  similar: { keys: ['M'], group: 'browse', inFields: false },
  zoomIn: { keys: ['+', '='], group: 'media', inFields: false },
  zoomOut: { keys: ['-'], group: 'media', inFields: false },
  zoomFit: { keys: ['0'], group: 'media', inFields: false },
  boxes: { keys: ['B'], group: 'media', inFields: false },
  labels: { keys: ['W'], group: 'media', inFields: false },
  previousBox: { keys: ['Alt+Shift+B'], group: 'media', inFields: false },
  nextBox: { keys: ['Alt+B'], group: 'media', inFields: false },
  rotate: { keys: ['R'], group: 'media', inFields: false },
  darker: { keys: ['['], group: 'media', inFields: false },
  brighter: { keys: [']'], group: 'media', inFields: false },
  lessContrast: { keys: ['{'], group: 'media', inFields: false },
  moreContrast: { keys: ['}'], group: 'media', inFields: false },
  blink: { keys: ['K'], group: 'media', inFields: false },
  difference: { keys: ['D'], group: 'media', inFields: false },
  previousMedium: { keys: ['Shift+ArrowLeft'], group: 'media', inFields: false },
  nextMedium: { keys: ['Shift+ArrowRight'], group: 'media', inFields: false },
  firstMedium: { keys: ['Home'], group: 'media', inFields: false },
  lastMedium: { keys: ['End'], group: 'media', inFields: false },
  play: { keys: ['Space'], group: 'media', inFields: false },
  frameBack: { keys: [','], group: 'media', inFields: false },
  frameForward: { keys: ['.'], group: 'media', inFields: false },
  slower: { keys: ['<'], group: 'media', inFields: false },
  faster: { keys: ['>'], group: 'media', inFields: false },
  loop: { keys: ['L'], group: 'media', inFields: false },
  subtitles: { keys: ['C'], group: 'media', inFields: false },
  surround: { keys: ['U'], group: 'media', inFields: false },
  fillWindow: { keys: ['J'], group: 'media', inFields: false },
  guidelines: { keys: ['H'], group: 'window', inFields: false },
  ownFigures: { keys: ['Alt+I'], group: 'window', inFields: false },
  library: { keys: ['Mod+1'], group: 'window', inFields: true },
  prompt: { keys: ['Mod+2'], group: 'window', inFields: true },
  runs: { keys: ['Mod+3'], group: 'window', inFields: true },
  review: { keys: ['Mod+4'], group: 'window', inFields: true },
  exemplars: { keys: ['Mod+5'], group: 'window', inFields: true },
  export: { keys: ['Mod+6'], group: 'window', inFields: true },
  settings: { keys: ['Mod+7', 'Mod+,'], group: 'window', inFields: true },
  help: { keys: ['Mod+8'], group: 'window', inFields: true },
  shortcuts: { keys: ['?'], group: 'window', inFields: false },
  palette: { keys: ['Mod+K'], group: 'window', inFields: true },
  // On some keyboards the plus sign is typed with Shift and the equals key, so that key also works without Shift.
  fontLarger: { keys: ['Mod++', 'Mod+=', 'Mod+Shift++'], group: 'window', inFields: true },
  fontSmaller: { keys: ['Mod+-'], group: 'window', inFields: true },
  fontReset: { keys: ['Mod+0'], group: 'window', inFields: true },
} as const satisfies Record<Action, { keys: readonly string[]; group: 'decide' | 'browse' | 'media' | 'window'; inFields: boolean }>

/** The action that opens each screen of the project. */
export const actionOfScreen = {
  library: 'library',
  prompt: 'prompt',
  runs: 'runs',
  review: 'review',
  exemplars: 'exemplars',
  export: 'export',
} as const satisfies Record<string, Action>

/** Choose a rejection reason by its number; with Shift several. */
export const reasonActions = [
  'reason1',
  'reason2',
  'reason3',
  'reason4',
  'reason5',
  'reason6',
  'reason7',
  'reason8',
  'reason9',
] as const satisfies readonly Action[]

export function keysOf(action: Action, overrides: KeymapOverrides): readonly string[] {
  return overrides[action] ?? actions[action].keys
}

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'> & { readonly code?: string }

/** On a Mac, Option and a letter type another character or an accent, so the key is identified by its position on the keyboard. */
function plainKey({ key, altKey, code = '' }: Pressed): string {
  const isPlain = key.length > 1 ? key !== 'Dead' : key.charCodeAt(0) < 128
  if (!altKey || isPlain) return key
  return code === 'Period' ? '.' : (/^Key([A-Z])$/.exec(code)?.[1] ?? key)
}

/**
 * Returns the keymap name of a pressed key. Shift is part of it for letters, named keys and with other modifiers; it changes other
 * characters.
 */
export function keyName(event: Pressed): string {
  const pressed = plainKey(event)
  const key = pressed === ' ' ? 'Space' : pressed.length === 1 ? pressed.toUpperCase() : pressed
  const mod = event.ctrlKey || event.metaKey
  const isSign = key.length === 1 && key.toLowerCase() === key.toUpperCase()
  const parts = [mod ? 'Mod' : '', event.altKey ? 'Alt' : '', event.shiftKey && (mod || event.altKey || !isSign) ? 'Shift' : '', key]
  return parts.filter(Boolean).join('+')
}

/**
 * Returns the keymap names of a key pressed with Shift: unchanged, and for a digit also without Shift, since its character varies by
 * keyboard.
 */
export function keyNames(event: Pressed): readonly string[] {
  const digit = event.shiftKey ? /^Digit(\d)$/.exec(event.code ?? '')?.[1] : undefined
  return digit === undefined ? [keyName(event)] : [keyName(event), digit]
}

/** Returns the keys that more than one action uses, with those actions. */
export function clashes(overrides: KeymapOverrides): ReadonlyMap<string, readonly Action[]> {
  const claims = new Map<string, Action[]>()
  for (const action of actionSchema.options)
    for (const key of keysOf(action, overrides)) claims.set(key, [...(claims.get(key) ?? []), action])
  return new Map([...claims].filter(([, claimants]) => claimants.length > 1))
}
