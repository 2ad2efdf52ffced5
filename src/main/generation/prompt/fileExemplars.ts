import type { FileExemplar } from '../../../shared/domain'
import type { ReadableDb } from '../../store/sql/types'
import { getGenerationSettings } from '../../store/project/project'
import { currentPromptVersion, listPromptExemplars } from '../../store/project/prompts'
import { groupByItem, noAnnotation } from './buildPrompt'
import { toPromptExemplar } from './preparePrompt'
import { compileTemplate } from './renderContext'
import { withoutPairsOf } from './sameExamples'
import { selectExemplars } from './selectExemplars'

/** Belongs to no item, so that every approved pair can be chosen. */
const noItem = 0

/**
 * What a prompt file of the project holds as examples: those that came with one, then the pinned and the most recent approved pairs, as
 * many as the project's policy puts into a prompt, with the annotation that the current template renders. What came with the file is not
 * written twice, so that a file written, imported and written again is the same.
 * @throws Problem bad-template
 */
export function collectFileExemplars(db: ReadableDb): FileExemplar[] {
  const version = currentPromptVersion(db)
  const render = compileTemplate(version.contextTemplate)
  const imported = listPromptExemplars(db, version.id)
  const chosen = selectExemplars(db, { ...getGenerationSettings(db).exemplars, fill: 'recent' }, { itemId: noItem })
  const exemplars = withoutPairsOf(chosen, imported).map((candidate) => toPromptExemplar(db, candidate))
  const own = groupByItem(exemplars).map(([item, pairs]) => ({
    annotation: render(item),
    pairs: pairs.map(({ instruction, response, kind = null, conversation = null, turn = null, rationale = null }) => {
      return { instruction, response, kind, conversation, turn, rationale }
    }),
  }))
  const examples = [...imported, ...own].map(({ annotation, pairs }) => ({
    annotation: annotation.trim() ? annotation : noAnnotation,
    pairs,
  }))
  return [...new Map(examples.map((example) => [JSON.stringify([example.annotation.trim(), example.pairs]), example])).values()]
}
