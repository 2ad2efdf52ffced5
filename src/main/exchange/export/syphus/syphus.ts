import path from 'node:path'
import type { PromptVersion } from '../../../../shared/domain'
import { formatAssistantTurn } from '../../promptFile/promptFileTurn'
import { noAnnotation } from '../../../generation/prompt/buildPrompt'
import { compileTemplate } from '../../../generation/prompt/renderContext'
import { listPromptVersions } from '../../../store/project/prompts'
import type { ApprovedPair } from '../../../store/candidates/approved'
import type { ReadableDb } from '../../../store/sql/types'
import { writeTextFile } from '../files/atomicDirectory'
import {
  createProgress,
  createSetSummary,
  type ExportJob,
  generator,
  groupByItem,
  type ItemPairs,
  listPairs,
  originMarks,
  snapshotMark,
  type Written,
} from '../exportJob'
import { safeFileName } from '../mimicIt/identifiers'

export const promptFileEnd = '_prompt.json'

/**
 * Writes `<name>_prompt.json`, a prompt file for Syphus (Luodian/Otter, mimic-it/syphus): the system message of the newest prompt version
 * that drafted one of the pairs, and for each item a user turn with its annotation, rendered by the template of that version, and an
 * assistant turn with its pairs. Syphus ignores `made_by`.
 */
export async function writeSyphus(job: ExportJob): Promise<Written> {
  const summary = createSetSummary()
  const advance = createProgress(job)
  const version = newestVersion(job.project.db, listPairs(job))
  const toTurns = createTurnWriter(version)
  const file = `${safeFileName(job.project.info.name)}${promptFileEnd}`
  await writeTextFile(path.join(job.staging, file), async (write) => {
    await write(`{\n  "system_message": ${JSON.stringify(version.systemMessage)},\n  "in_context": [`)
    let isFirst = true
    for (const pairs of groupByItem(listPairs(job))) {
      for (const turn of toTurns(pairs)) {
        await write(`${isFirst ? '' : ','}\n    ${JSON.stringify(turn)}`)
        isFirst = false
      }
      for (const pair of pairs) summary.add(pair)
      advance(pairs.length)
    }
    const counted = summary.read()
    const madeBy = { generator, prompt_version: version.id, pairs: counted.pairs, ...originMarks(counted), ...snapshotMark(job) }
    await write(`\n  ],\n  "made_by": ${JSON.stringify(madeBy)}\n}\n`)
  })
  return { files: [file], summary: summary.read(), images: 0, leftOut: [] }
}

/** Returns the turns of the file as the export will write them, formatted over several lines for readability. */
export function previewSyphus(db: ReadableDb, pairs: readonly ApprovedPair[]): string[] {
  const toTurns = createTurnWriter(newestVersion(db, pairs))
  return pairs.map((pair) => JSON.stringify(toTurns([pair]), null, 2))
}

/** Returns the newest version that drafted one of the pairs, or the first version of the project if people wrote all of them. */
function newestVersion(db: ReadableDb, pairs: Iterable<ApprovedPair>): Pick<PromptVersion, 'id' | 'systemMessage' | 'contextTemplate'> {
  let newest: ApprovedPair['promptVersion'] = null
  for (const { promptVersion } of pairs) if (promptVersion && promptVersion.id > (newest?.id ?? 0)) newest = promptVersion
  const first = listPromptVersions(db).toSorted((a, b) => a.id - b.id)[0]
  return newest ?? first ?? { id: 0, systemMessage: '', contextTemplate: '' }
}

function createTurnWriter({ contextTemplate }: Pick<PromptVersion, 'contextTemplate'>) {
  const render = compileTemplate(contextTemplate)
  return (pairs: ItemPairs) => {
    const { itemId: id, itemSourceId: sourceId, media, missing, context } = pairs[0]
    const annotation = render({ id, sourceId, media: [...media], missing: [...missing], context, createdAt: 0 })
    return [
      { role: 'user', content: annotation.trim() === '' ? noAnnotation : annotation },
      { role: 'assistant', content: formatAssistantTurn(pairs.map(({ candidate }) => candidate)) },
    ]
  }
}
