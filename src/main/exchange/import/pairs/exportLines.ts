import { z } from 'zod'
import { draftedPairSchema, pairSchema, providerKindSchema } from '../../../../shared/domain'
import { Message } from '../../../../shared/messages/message'
import { lastPart } from '../annotationFiles'
import { readRecords } from '../json/jsonRow'
import { parseContext } from '../row/entry'
import { isVideoName } from '../row/mediaNamed'
import { keysOf } from '../row/leftOut'
import { isKeyed } from '../row/shapes'
import { listDataFiles } from './dataFiles'
import type { PairEntry, PairRecord } from './record'
import type { PairsContext, ReadPairs } from './readPairs'
import { readRowContent } from './rowContent'

const lineSchema = z.looseObject({
  id: z.union([z.number(), z.string()]),
  item: z.string().min(1),
  media: z.array(
    z.looseObject({ file: z.string().min(1), name: z.string().min(1), sha256: z.string().optional(), mime: z.string().optional() }),
  ),
  context: z.unknown(),
  instruction: z.string(),
  response: z.string(),
  kind: draftedPairSchema.shape.kind,
  conversation: z.number().nullish(),
  conversationCall: z.number().nullish(),
  turn: z.number().nullish(),
  rationale: z.string().nullish(),
  draft: pairSchema.nullish(),
  system: z.string().nullish(),
  provider: providerKindSchema.nullish(),
  model: z.string().nullish(),
  decision: z.looseObject({ verdict: z.string() }),
})

/** Known keys, including those about the project of the export, which the importing project replaces with its own. */
const lineKeys = keysOf(
  'id item media context instruction response kind conversation conversationCall turn rationale draft system provider model ' +
    'decision state origin author splitFrom demo importedFrom prompt run exemplars secondReviews',
)

const isExportLine = (value: unknown) => isKeyed(value) && ['item', 'instruction', 'decision', 'media'].every((key) => key in value)

function readLine(file: string, line: number, value: unknown, { leftOut }: PairsContext): PairRecord | null {
  const parsed = lineSchema.safeParse(value)
  if (!parsed.success) return null
  const { id, item, media, instruction, response, kind, rationale, draft, system, provider, model, conversation, conversationCall, turn } =
    parsed.data
  const context = parseContext(parsed.data.context ?? {})
  leftOut.addKeys(parsed.data, lineKeys, item)
  return {
    ...{ file, line, index: null, id: String(id), item, system: system ?? null, isPreference: false },
    media: media.map(({ file: name, name: fileName, sha256, mime }) => ({
      kind: mime?.startsWith('video/') || isVideoName(name) ? ('video' as const) : ('image' as const),
      ...{ name, otherName: lastPart(name), fileName, sourceHash: sha256 },
    })),
    context: context instanceof Message ? {} : context,
    pairs: [{ instruction, response, rationale: rationale ?? null, kind, draft: draft ?? null, label: null }],
    conversation: conversation == null ? null : { key: `${file} ${item} ${conversationCall ?? ''}:${conversation}`, turn: turn ?? 0 },
    origin: provider && model ? { provider, model } : null,
  }
}

/**
 * Reads lines of Exemplar's own JSONL export, with drafts, reasoning and the order of conversations; other lines are read as training rows.
 */
export const readExportLines: ReadPairs = async function* (path, context) {
  const { notes, leftOut } = context
  for (const { path: file, name } of await listDataFiles(path, 'json', /\.(?:jsonl|ndjson)$/i))
    for await (const records of readRecords(file)) {
      const entries: PairEntry[] = []
      for (const { line, index, value, fault } of records) {
        const own = fault === undefined && isExportLine(value) ? readLine(name, line, value, context) : null
        if (own) {
          entries.push(own)
          continue
        }
        const content = fault ?? readRowContent(value, name, notes, leftOut)
        if (content instanceof Message) entries.push({ file: name, line, index, id: null, fault: content })
        else entries.push({ ...content, file: name, line, index, item: null, conversation: null, origin: null })
      }
      yield entries
    }
}
