import type { PromptState } from '../../../../../shared/contract'
import type { ProjectInfo } from '../../../../../shared/domain'
import type { ShownPrompt } from '../promptDraft'
import { compareState } from './compareState'
import { CompareSetup } from './CompareSetup'
import { ComparisonView } from './ComparisonView'

interface Props {
  readonly project: ProjectInfo
  readonly stored: PromptState
  readonly shown: ShownPrompt
}

/** Two prompt texts beside each other: the setup and earlier comparisons, or one comparison. */
export function ComparePane({ project, stored, shown }: Props) {
  const id = compareState.use((state) => state.comparisonId)
  return id === null ? <CompareSetup stored={stored} shown={shown} /> : <ComparisonView key={id} id={id} project={project} />
}
