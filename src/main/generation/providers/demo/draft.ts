import type { Item } from '../../../../shared/domain'

export const demoKinds = ['count', 'position', 'comparison', 'description', 'reasoning', 'conversation'] as const
export type DemoKind = (typeof demoKinds)[number]

/** Something that can be asked about an item, in several wordings, with its answer. */
export interface DemoDraft {
  readonly kind: DemoKind
  /** `{name}` stands for a word of `words` */
  readonly wordings: readonly string[]
  readonly words: Readonly<Record<string, string>>
  readonly response: string
  /** a further sentence, for those who like longer responses; may be empty */
  readonly more: string
}

export const fillWording = (wording: string, words: Readonly<Record<string, string>>): string =>
  wording.replace(/\{(\w+)\}/g, (_, name: string) => words[name] ?? '')

/** Whether an instruction is this wording, whatever its words. */
export function hasWording(instruction: string, wording: string): boolean {
  const pattern = wording.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '.+')
  return new RegExp(`^${pattern}$`, 'i').test(instruction.trim())
}

/** The kind of question that an instruction asks, by its words. */
export function kindOf(instruction: string): DemoKind {
  if (/\b(how many|count|number of)\b/i.test(instruction)) return 'count'
  if (/\b(which|what) .*\b(more|larger|bigger|smaller|largest|smallest)\b|\bcompare\b/i.test(instruction)) return 'comparison'
  if (/\b(why|how would|what if|would|should|could)\b/i.test(instruction)) return 'reasoning'
  if (/\b(where|which part|position|left or right)\b/i.test(instruction)) return 'position'
  if (/\b(describe|in detail|everything|what does .* show)\b/i.test(instruction)) return 'description'
  return 'conversation'
}

/** `picture`, `pictures` or `clip`: what the item shows. */
export function mediumWord(item: Item): string {
  if (item.media.some(({ kind }) => kind === 'video')) return 'clip'
  return item.media.length > 1 ? 'pictures' : 'picture'
}
