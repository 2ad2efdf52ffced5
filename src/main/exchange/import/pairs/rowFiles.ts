import { readRecords } from '../json/jsonRow'
import { Message } from '../../../../shared/messages/message'
import { isKeyed } from '../row/shapes'
import { listDataFiles } from './dataFiles'
import { openProvenance, withProvenance } from './provenance'
import { readRowContent } from './rowContent'
import type { PairContent, PairEntry, PairFault } from './record'
import type { ReadPairs } from './readPairs'

const givenId = (value: unknown): string | null => {
  const id = isKeyed(value) ? value['id'] : null
  return typeof id === 'string' || typeof id === 'number' ? String(id) : null
}

/** Separates the system text in Exemplar's own rows for InternVL's MPO. That format has no system field, so the text precedes the media. */
function splitSystem(content: PairContent): PairContent {
  const [, system, instruction] = /^([^]*?)\n(?:<image>\n)+([^]*)$/.exec(content.pairs[0]?.instruction ?? '') ?? []
  if (system === undefined || instruction === undefined || content.system !== null) return content
  const pairs = content.pairs.map((pair) => ({ ...pair, instruction, draft: pair.draft && { ...pair.draft, instruction } }))
  return pairs.length === 1 ? { ...content, system, pairs } : content
}

/** Reads JSON lists and JSON Lines of LLaVA, Qwen, InternVL, LLaMA-Factory, ms-swift, Alpaca, axolotl, ShareGPT and chat APIs. */
export const readRowFiles: ReadPairs = async function* (path, { notes, leftOut, scratch }) {
  for (const { path: file, name } of await listDataFiles(path, 'json')) {
    const provenance = await openProvenance(file, scratch)
    for await (const records of readRecords(file)) {
      const entries: PairEntry[] = []
      for (const { line, index, value, fault } of records) {
        const content = fault ?? readRowContent(value, name, notes, leftOut)
        if (content instanceof Message) {
          provenance?.find(name, { id: givenId(value), media: [] })
          const left: PairFault = { file: name, line, index, id: givenId(value), fault: content }
          entries.push(left)
          continue
        }
        const found = provenance?.find(name, content) ?? null
        if (found?.pairs.length === 0) notes.add('boxRows', found.item)
        else
          entries.push({
            ...(found ? splitSystem(content) : content),
            ...withProvenance(content, found),
            file: name,
            line,
            index,
            conversation: null,
          })
      }
      yield entries
    }
  }
}
