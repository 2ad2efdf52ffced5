import type { Screen } from '../../app/state/shell'

/** The steps of the tour: the screen and the part of it that each points at. */
export const tourSteps = [
  { name: 'pair', screen: 'review', target: '[data-pair]', position: 'left' },
  { name: 'decide', screen: 'review', target: '[data-tour="actions"]', position: 'top' },
  { name: 'edit', screen: 'review', target: '[data-tour="edit"]', position: 'top' },
  { name: 'exemplars', screen: 'prompt', target: '[data-tour="preview"]', position: 'left' },
  { name: 'export', screen: 'export', target: 'nav [aria-current="page"]', position: 'bottom' },
] as const satisfies readonly {
  readonly name: string
  readonly screen: Screen
  readonly target: string
  readonly position: 'left' | 'top' | 'bottom'
}[]
