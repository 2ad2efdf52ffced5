import type { CandidateFilter } from '../review'
import type { SortColumn } from '../table'

/**
 * Who may see the data of a call, a filter or a column of the table.
 * - `shared`: the same for everybody; contains nothing that a reviewer decided, typed or marked.
 * - `own`: depends on the active reviewer. In blind review it covers only their own decisions and undecided pairs, and an attention check
 *   looks like any other pair.
 * - `lead`: covers the decisions of all reviewers. In blind review only the lead receives it.
 */
export type Visibility = 'own' | 'shared' | 'lead'

/** Visibility of each filter. In blind review an `own` filter finds only undecided pairs and the reviewer's own. */
export const filterVisibility = {
  states: 'own',
  runId: 'shared',
  promptVersionId: 'shared',
  itemId: 'shared',
  itemIds: 'shared',
  kind: 'shared',
  origin: 'shared',
  flagged: 'own',
  tag: 'shared',
  commented: 'own',
  reason: 'own',
  reviewer: 'own',
  decidedFrom: 'own',
  decidedBefore: 'own',
  exemplarId: 'own',
  look: 'shared', // the queue itself shows its pairs as undecided
  language: 'own',
  similarTo: 'own',
  query: 'own',
  onlyOwn: 'shared',
} as const satisfies Record<keyof CandidateFilter, Exclude<Visibility, 'lead'>>

/** Visibility of sorting by each column: `marks` are other reviewers' remarks, which even the reviewer's own decided pairs can have. */
export const sortVisibility = {
  state: 'own',
  instruction: 'own',
  response: 'own',
  item: 'shared',
  kind: 'shared',
  run: 'shared',
  prompt: 'shared',
  reviewer: 'own',
  decidedAt: 'own',
  reasons: 'own',
  flag: 'marks',
  tags: 'shared',
  comments: 'marks',
  language: 'own',
  rating: 'marks',
  exemplar: 'marks',
} as const satisfies Record<SortColumn, 'own' | 'shared' | 'marks'>
