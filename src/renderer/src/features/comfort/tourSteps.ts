import type { Screen } from '../../app/state/shell'

/** Steps of the tour: the screen and the element that each step points at. The last step is where the work begins. */
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
