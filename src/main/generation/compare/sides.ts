import type { SideRequest } from '../../../shared/contract'
import type { ComparisonSide, GenerationSettings, RunSettings } from '../../../shared/domain'
import { requirePromptVersion } from '../../store/project/prompts'
import type { ReadableDb } from '../../store/sql/types'
import { preparePrompt } from '../prompt/preparePrompt'
import { embeddingModelFor } from '../run/embedItems'
import type { Request } from './requestKey'

/** Returns the prompt text of one side of a comparison. @throws Problem not-found */
export function readSide(db: ReadableDb, side: SideRequest): ComparisonSide {
  if ('text' in side) return { ...side.text, versionId: null, name: '' }
  const { id, outputForm, systemMessage, contextTemplate, name = '' } = requirePromptVersion(db, side.versionId)
  return { outputForm, systemMessage, contextTemplate, versionId: id, name }
}

export interface PreparedSide extends Request {
  readonly exemplarIds: readonly number[]
}

/** Prepares the prompt of one side for an item, as a run would. @throws Problem not-found, bad-template */
export async function prepareSide(db: ReadableDb, itemId: number, side: ComparisonSide, settings: RunSettings): Promise<PreparedSide> {
  const { versionId, name: _, ...text } = side
  const generation: GenerationSettings = settings.generation
  const { item, messages, exemplars } = await preparePrompt(db, {
    itemId,
    text,
    ...(versionId === null ? {} : { promptVersionId: versionId }),
    settings: generation,
    embeddingModel: embeddingModelFor(generation.exemplars, settings.provider),
  })
  return { item, messages, text, settings, exemplarIds: exemplars.map(({ candidateId }) => candidateId) }
}
