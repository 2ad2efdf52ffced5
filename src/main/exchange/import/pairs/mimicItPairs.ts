import { readMimicIt } from '../formats/mimicIt/readMimicIt'
import { toEntries } from '../row/entry'
import type { PairRecord } from './record'
import type { ReadPairs } from './readPairs'

/** Reads the pairs of a MIMIC-IT release. The format has no conversations, so each instruction with its answer is a separate pair. */
export const readMimicItPairs: ReadPairs = async function* (_path, _context, request) {
  for await (const some of readMimicIt(request))
    for (const entry of toEntries(some)) {
      const isReminder = entry.kind === 'note' && typeof entry.reason === 'object' && entry.reason.code === 'import.mimicIt.pairsComeBack'
      if (entry.kind !== 'row') {
        if (!isReminder && entry.kind !== 'total') yield [entry]
        continue
      }
      const { mediaNames, otherNames = [], embedded = [], fileNames = [] } = entry
      const media = mediaNames.map((name, at) => ({
        ...{ kind: 'image' as const, name, fileName: fileNames[at], embedded: embedded[at] },
        otherName: [otherNames[at] ?? []].flat()[0],
      }))
      yield (entry.context.conversation ?? []).map((pair): PairRecord => ({
        ...{ file: entry.file, line: entry.line, index: null, id: entry.id, item: null, media, system: null },
        ...{ pairs: [{ ...pair, rationale: null, draft: null, label: null }], isPreference: false, conversation: null, origin: null },
      }))
    }
}
