import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { verdictSchema } from '../../../../shared/domain'
import { lookStateSchema } from '../../../../shared/quality'
import { isCleanValue } from '../../../../shared/text/cleanText'
import { messageOf } from '../../../../shared/problem'
import { message, type Message } from '../../../../shared/messages/message'
import { readLines } from '../../import/text/readLines'
import { noPause, type Pause } from '../exportJob'
import { createFindings, type Findings, type ValidationResult } from '../files/findings'

export const jsonlChecks = {
  'data-file': 'error',
  line: 'error',
  'unique-ids': 'error',
  text: 'error',
  demo: 'error',
  origin: 'error',
  'draft-kept': 'error',
  media: 'error',
  sources: 'error',
  credentials: 'error',
  meta: 'error',
  counts: 'error',
} as const
export type JsonlCheck = keyof typeof jsonlChecks
type JsonlFindings = Findings<JsonlCheck>

const lineSchema = z.object({
  id: z.number().int().positive(),
  item: z.string().min(1),
  media: z.array(z.object({ file: z.string(), sha256: z.string().length(64) })),
  context: z.record(z.string(), z.unknown()),
  instruction: z.string(),
  response: z.string(),
  kind: z.string().nullable(),
  conversation: z.number().int().nullable(),
  turn: z.number().int().nullable(),
  rationale: z.string().nullable(),
  state: z.enum(['accepted', 'edited']),
  draft: z.object({ instruction: z.string(), response: z.string() }).nullable(),
  // Missing in sets of earlier versions.
  origin: z.enum(['model', 'human', 'import']).default('model'),
  author: z.string().nullable().default(null),
  provider: z.string().nullable(),
  model: z.string().nullable(),
  demo: z.boolean(),
  prompt: z.object({ version: z.number() }).nullable(),
  run: z.object({ id: z.number() }).nullable(),
  exemplars: z.array(z.number().int().positive()),
  decision: z.object({ verdict: z.string(), reviewer: z.string(), decidedAt: z.iso.datetime(), seconds: z.number().nullable() }),
  secondReviews: z
    .array(
      z.object({
        outcome: lookStateSchema.nullable(),
        verdict: verdictSchema,
        reviewer: z.string().min(1),
        at: z.iso.datetime(),
        reason: z.string().optional(),
        instruction: z.string().optional(),
        response: z.string().optional(),
      }),
    )
    .default([]),
})
type Line = z.infer<typeof lineSchema>

const promptSchema = z.object({
  version: z.number(),
  outputForm: z.string(),
  systemMessage: z.string(),
  contextTemplate: z.string(),
  fileExemplars: z.array(
    z.object({ annotation: z.string(), pairs: z.array(z.looseObject({ instruction: z.string(), response: z.string() })) }),
  ),
})

const runSchema = z.object({
  id: z.number(),
  settings: z.object({ provider: z.object({ baseUrl: z.string() }) }),
  createdAt: z.iso.datetime(),
})

const metaSchema = z.object({
  pairs: z.number().int(),
  media: z.number().int(),
  generator: z.string(),
  demo: z.literal(true).optional(),
  demo_pairs: z.number().int().optional(),
  human_pairs: z.number().int().optional(),
  prompts: z.array(promptSchema),
  runs: z.array(runSchema),
})
type Meta = z.infer<typeof metaSchema>

/** Reads every `<name>.jsonl` of the folder back, with its `<name>.meta.json` and the media that it references. */
export async function validateJsonl(directory: string, pause: Pause = noPause): Promise<ValidationResult> {
  const findings = createFindings(jsonlChecks)
  const files = (await readdir(directory)).filter((name) => name.endsWith('.jsonl')).toSorted()
  findings.expect(files.length > 0, 'data-file', '*.jsonl', null, message('exportSet.jsonl.noFile'))
  for (const file of files) await validateFile(directory, file, findings, pause)
  return findings.read()
}

async function validateFile(directory: string, file: string, findings: JsonlFindings, pause: Pause): Promise<void> {
  const ids = new Set<number>()
  /** Maps a file name to its SHA-256 hash. */
  const media = new Map<string, string>()
  const metaName = file.replace(/\.jsonl$/, '.meta.json')
  const meta = await readMeta(directory, metaName, findings)
  const sources = meta && readSources(meta, metaName, findings)
  let demoPairs = 0
  let humanPairs = 0
  for await (const { line: number, text, fault } of readLines(path.join(directory, file))) {
    const turn = pause(number, 0)
    if (turn) await turn
    const line = readLine(text ?? '', fault, number, file, findings)
    if (!line) continue
    checkLine(line, file, { ids, sources }, findings)
    if (line.demo) demoPairs += 1
    if (line.origin === 'human') humanPairs += 1
    for (const medium of line.media) media.set(medium.file, medium.sha256)
  }
  findings.expect(ids.size > 0, 'data-file', file, null, message('exportSet.jsonl.noUsablePair'))
  for (const [name, sha256] of media) await checkMedia(directory, name, sha256, file, findings)
  if (meta) checkCounts(meta, metaName, { pairs: ids.size, media: media.size, demoPairs, humanPairs }, findings)
}

function readLine(text: string, fault: Message | null, number: number, file: string, findings: JsonlFindings): Line | undefined {
  const fail = (reason: Message) => {
    findings.expect(false, 'line', file, `line ${number}`, reason)
    return undefined
  }
  if (fault !== null) return fail(message('common.sentence', { text: fault }))
  try {
    const value: unknown = JSON.parse(text)
    // Lone surrogates and control characters can only occur as escapes in JSON, so most lines need no further check.
    const isClean = !/\\u(?:d[89a-f]|00[01])/i.test(text) || isCleanValue(value)
    findings.expect(isClean, 'text', file, `line ${number}`, message('exportSet.brokenText'))
    const parsed = lineSchema.safeParse(value)
    if (parsed.success) return parsed.data
    const [issue] = parsed.error.issues
    return fail(message('common.labelled', { label: issue?.path.join('.'), text: issue?.message }))
  } catch (error) {
    return fail(message('exportSet.jsonl.lineNotJson', { reason: messageOf(error) }))
  }
}

function isOfOrigin({ origin, author, provider, model, prompt, run }: Line): boolean {
  // An imported file may not specify which model drafted its pairs.
  if (origin === 'import') return author === null && prompt === null && run === null && (provider === null) === (model === null)
  const human = origin === 'human'
  return [author !== null, provider === null, model === null, prompt === null, run === null].every((is) => is === human)
}

function checkLine(
  line: Line,
  file: string,
  { ids, sources }: { ids: Set<number>; sources: Sources | undefined },
  findings: JsonlFindings,
): void {
  const id = String(line.id)
  findings.expect(!ids.has(line.id), 'unique-ids', file, id, message('exportSet.jsonl.duplicatePair'))
  ids.add(line.id)
  findings.expect(line.instruction.trim() !== '' && line.response.trim() !== '', 'text', file, id, message('exportSet.jsonl.emptyText'))
  findings.expect(
    line.demo === (line.provider === 'demo'),
    'demo',
    file,
    id,
    message('exportSet.jsonl.demoContradictsProvider', { demo: String(line.demo), provider: String(line.provider) }),
  )
  findings.expect(line.state !== 'edited' || line.draft !== null, 'draft-kept', file, id, message('exportSet.jsonl.draftMissing'))
  findings.expect(isOfOrigin(line), 'origin', file, id, message('exportSet.jsonl.originContradicted', { origin: line.origin }))
  if (!sources) return
  const { prompt, run } = line
  const noPrompt = message('exportSet.jsonl.promptUnknown', { version: prompt?.version ?? '', file: sources.file })
  findings.expect(prompt === null || sources.prompts.has(prompt.version), 'sources', file, id, noPrompt)
  const noRun = message('exportSet.jsonl.runUnknown', { run: run?.id ?? '', file: sources.file })
  findings.expect(run === null || sources.runs.has(run.id), 'sources', file, id, noRun)
}

async function checkMedia(directory: string, name: string, sha256: string, file: string, findings: JsonlFindings): Promise<void> {
  const inside = /^media\/[^/\\]+$/.test(name)
  if (!findings.expect(inside, 'media', file, name, message('exportSet.jsonl.mediumOutsideFolder'))) return
  const whole = path.join(directory, name)
  const found = await stat(whole).catch(() => undefined)
  if (!findings.expect(found?.isFile() === true, 'media', file, name, message('exportSet.jsonl.mediumMissing'))) return
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(whole)) hash.update(chunk as Buffer)
  findings.expect(hash.digest('hex') === sha256, 'media', file, name, message('exportSet.jsonl.mediumChanged'))
}

async function readMeta(directory: string, name: string, findings: JsonlFindings): Promise<Meta | undefined> {
  try {
    const meta = metaSchema.parse(JSON.parse(await readFile(path.join(directory, name), 'utf8')))
    findings.passed(1)
    return meta
  } catch (error) {
    findings.expect(false, 'meta', name, null, message('exportSet.jsonl.fileUnusable', { reason: messageOf(error) }))
    return undefined
  }
}

interface Sources {
  /** Name of the file that lists them. */
  readonly file: string
  readonly prompts: ReadonlySet<number>
  readonly runs: ReadonlySet<number>
}

function readSources({ prompts, runs }: Meta, file: string, findings: JsonlFindings): Sources {
  for (const { id, settings } of runs) {
    const address = settings.provider.baseUrl
    const url = URL.canParse(address) ? new URL(address) : null
    const isPublic = url === null || `${url.username}${url.password}${url.search}` === ''
    findings.expect(url !== null, 'meta', file, String(id), message('exportSet.jsonl.baseAddressInvalid'))
    findings.expect(isPublic, 'credentials', file, String(id), message('exportSet.jsonl.baseAddressHasCredentials'))
  }
  return { file, prompts: new Set(prompts.map(({ version }) => version)), runs: new Set(runs.map(({ id }) => id)) }
}

function checkCounts(
  meta: Meta,
  name: string,
  counted: { pairs: number; media: number; demoPairs: number; humanPairs: number },
  findings: JsonlFindings,
): void {
  const difference = message('exportSet.jsonl.countsDiffer', {
    pairs: meta.pairs,
    media: meta.media,
    countedPairs: counted.pairs,
    countedMedia: counted.media,
  })
  findings.expect(meta.pairs === counted.pairs && meta.media === counted.media, 'counts', name, null, difference)
  const marked = counted.demoPairs === 0 ? meta.demo === undefined : meta.demo === true && meta.demo_pairs === counted.demoPairs
  findings.expect(marked, 'demo', name, null, message('exportSet.jsonl.demoPairsDiffer', { demoPairs: counted.demoPairs }))
  const isMarked = (meta.human_pairs ?? 0) === counted.humanPairs
  findings.expect(isMarked, 'origin', name, null, message('exportSet.jsonl.humanPairsDiffer', { humanPairs: counted.humanPairs }))
}
