import type { Screen } from '../../app/state/shell'

/** The steps of the tour: the screen and the part of it that each points at. The last one is where the work begins. */
export const tourSteps = [
  { name: 'screens', screen: 'review', target: 'nav [aria-current="page"]', position: 'right' },
  { name: 'exemplars', screen: 'prompt', target: '[data-tour="preview"]', position: 'left' },
  { name: 'pair', screen: 'review', target: '[data-pair]', position: 'left' },
  { name: 'edit', screen: 'review', target: '[data-tour="edit"]', position: 'top' },
  { name: 'decide', screen: 'review', target: '[data-tour="actions"]', position: 'top' },
] as const satisfies readonly {
  readonly name: string
  readonly screen: Screen
  readonly target: string
  readonly position: 'left' | 'right' | 'top'
}[]
