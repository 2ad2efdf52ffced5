import type { Database } from 'better-sqlite3'
import { up as start } from './migrations/0001Start'
import { up as promptDraft } from './migrations/0002PromptDraft'
import { up as recipes } from './migrations/0003Recipes'
import { up as embeddings } from './migrations/0004Embeddings'
import { up as reviewDesk } from './migrations/0005ReviewDesk'
import { up as sessions } from './migrations/0006Sessions'
import { up as languages } from './migrations/0007Languages'
import { up as editing } from './migrations/0008Editing'
import { up as quality } from './migrations/0009Quality'
import { up as guidelines } from './migrations/0010Guidelines'
import { up as counted } from './migrations/0011Counted'
import { up as markSteps } from './migrations/0012MarkSteps'
import { up as narrowCandidates } from './migrations/0013NarrowCandidates'
import { up as keptDrafts } from './migrations/0014KeptDrafts'
import { up as lead } from './migrations/0015Lead'
import { up as runLeases } from './migrations/0016RunLeases'
import { up as imageIds } from './migrations/0017ImageIds'

/** The migrations that created the schemas 1 to 17, in order; `user_version` is the number of applied migrations. They never change. */
export const migrations: readonly ((db: Database) => void)[] = [
  start,
  promptDraft,
  recipes,
  embeddings,
  reviewDesk,
  sessions,
  languages,
  editing,
  quality,
  guidelines,
  counted,
  markSteps,
  narrowCandidates,
  keptDrafts,
  lead,
  runLeases,
  imageIds,
]
