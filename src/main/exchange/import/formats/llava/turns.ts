import { z } from 'zod'
import type { Context } from '../../../../../shared/domain'
import { faultCode } from '../../row/entry'

const textSchema = z.string({ error: faultCode('import.expectedText') })
const addressSchema = z.union([textSchema, z.looseObject({ url: textSchema })]).transform((at) => (typeof at === 'string' ? at : at.url))
/** `{type: 'text', text}`, `{type: 'image', image}`, `{type: 'image_url', image_url: {url}}`, and the same without type. */
const partSchema = z.union([
  textSchema.transform((text) => ({ type: 'text', text })),
  z.looseObject({
    type: z.string().optional(),
    text: textSchema.optional(),
    image: addressSchema.nullish(),
    image_url: addressSchema.nullish(),
    video: addressSchema.nullish(),
    video_url: addressSchema.nullish(),
    url: textSchema.nullish(),
    path: textSchema.nullish(),
  }),
])
type Part = z.infer<typeof partSchema>
const contentSchema = z.union([textSchema, z.array(partSchema)], { error: faultCode('import.llava.expectedTextOrParts') })

/** A turn of LLaVA and ShareGPT (`from`, `value`) or of chat messages (`role`, `content`). */
export const turnSchema = z
  .looseObject({
    from: textSchema.optional(),
    role: textSchema.optional(),
    value: contentSchema.nullish(),
    content: contentSchema.nullish(),
  })
  .refine(({ from, role }) => (from ?? role) !== undefined, { error: faultCode('import.expectedText'), path: ['from'] })
type Turn = z.infer<typeof turnSchema>

export interface NamedMedium {
  readonly kind: 'image' | 'video'
  readonly name: string
  /** The medium itself as base64, if the record contains it. */
  readonly bytes?: string
}

export interface Dialogue {
  readonly rounds: NonNullable<Context['conversation']>
  /** Instructions to the model before the conversation. */
  readonly system: readonly string[]
  /** Number of turns without a matching question or answer. */
  readonly lonely: number
  /** Names of unsupported roles and parts. */
  readonly leftOut: readonly string[]
  /** Media named in the turns themselves. */
  readonly media: readonly NamedMedium[]
  /** Number of media marks in the user's turns. */
  readonly marks: number
}

const roles: Readonly<Record<string, 'user' | 'assistant' | 'system'>> = {
  human: 'user',
  user: 'user',
  gpt: 'assistant',
  assistant: 'assistant',
  model: 'assistant',
  chatgpt: 'assistant',
  bot: 'assistant',
  system: 'system',
  developer: 'system',
}

/** Returns the speaker that a role name refers to; undefined if it is unknown. */
export const roleOf = (name: string) => roles[name] ?? roles[name.toLowerCase()]

const marks = /<(?:image|video)>/g
/** Matches a separate mark: before a line end, another mark, or the start of a sentence. */
const leadingMark = /^<(?:image|video)>(?![^\S\n]+\p{Ll}|[^\S\n]*[.,;:?!'’”)\]])\s*/u
/** Matches a separate mark: after a line end or a sentence. */
const trailingMark = /(?:^|\n|(?<=[.?!:;…。？！：；]))\s*<(?:image|video)>$/u

/** Removes marks that only show the position of media before or after the question; a mark within a sentence is kept as part of it. */
export function withoutOuterMarks(text: string): string {
  let rest = text.trim()
  for (;;) {
    const shorter = rest.replace(leadingMark, '').replace(trailingMark, '').trim()
    if (shorter === rest) return rest
    rest = shorter
  }
}

/** `<img>name</img>` within a text, as Qwen-VL writes it. */
const inlineNames = /<img>([^<\n]+)<\/img>/g

function kindOf({ type, ...part }: Part): 'text' | NamedMedium['kind'] | null {
  if ('text' in part && part.text !== undefined && (type === undefined || type.endsWith('text'))) return 'text'
  if (type === undefined ? 'image' in part || 'image_url' in part : /^(?:input_)?image(?:_url)?$/.test(type)) return 'image'
  if (type === undefined ? 'video' in part || 'video_url' in part : /^(?:input_)?video(?:_url)?$/.test(type)) return 'video'
  return null
}

const nameOf = (part: Part): string | undefined =>
  'url' in part || 'image' in part || 'image_url' in part || 'video' in part || 'video_url' in part || 'path' in part
    ? (part.image ?? part.image_url ?? part.video ?? part.video_url ?? part.path ?? part.url ?? undefined)
    : undefined

/** Returns the text of a turn, with a mark for each part that is a medium. */
export function readContent(content: Turn['content'], media: NamedMedium[], leftOut: Set<string>): string {
  if (typeof content === 'string') {
    if (content.includes('<img>'))
      for (const [, name = ''] of content.matchAll(inlineNames)) media.push({ kind: 'image', name: name.trim() })
    return content
  }
  const texts: string[] = []
  for (const part of content ?? []) {
    const kind = kindOf(part)
    const name = nameOf(part)
    if (kind === null) leftOut.add(part.type ?? '?')
    else if (kind === 'text') texts.push(part.text ?? '')
    else {
      texts.push(`<${kind}>`)
      if (name !== undefined && name !== '') media.push({ kind, name })
    }
  }
  return texts.join('\n')
}

/** Combines turns into rounds of a user message and the model's answer. */
export function readDialogue(turns: readonly Turn[]): Dialogue {
  const rounds: Dialogue['rounds'] = []
  const system: string[] = []
  const media: NamedMedium[] = []
  const leftOut = new Set<string>()
  let [lonely, marked] = [0, 0]
  let asked: string | null = null
  let isFirst = true
  for (const turn of turns) {
    const role = turn.role ?? turn.from ?? ''
    const content = turn.content ?? turn.value
    const kind = roleOf(role)
    if (kind === undefined || (content == null && 'tool_calls' in turn)) {
      leftOut.add(kind === undefined ? role : 'tool_calls')
      continue
    }
    const text = readContent(content, media, leftOut)
    if (kind === 'system') system.push(text.trim())
    else if (kind === 'user') {
      if (text.includes('<')) marked += text.match(marks)?.length ?? 0
      // Media may have a separate turn before the question.
      if (asked !== null && asked !== '') lonely++
      asked = isFirst ? withoutOuterMarks(text) : text.trim()
      if (asked !== '') isFirst = false
    } else {
      const response = text.trim()
      if (asked === null || response === '') lonely++
      else rounds.push({ instruction: asked, response })
      asked = null
      isFirst = false
    }
  }
  if (asked !== null) lonely++
  return { rounds, system: system.filter((text) => text !== ''), lonely, leftOut: [...leftOut], media, marks: marked }
}
