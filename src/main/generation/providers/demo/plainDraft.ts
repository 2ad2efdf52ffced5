import type { DemoDraft } from './draft'
import { asSentence } from './english'

type PlainDraft = Pick<DemoDraft, 'kind' | 'wordings' | 'response'> & Partial<Pick<DemoDraft, 'words' | 'more'>>

/** A draft without words of its own and without a further sentence, unless they are given. */
export const draft = (plain: PlainDraft): DemoDraft => ({ words: {}, more: '', ...plain })

/** Sentences, each once, without those that say nothing. */
export const clean = (texts: readonly string[] = []) => [...new Set(texts.filter((text) => /[\p{L}\p{N}]/u.test(text)).map(asSentence))]

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth']
export const ordinal = (at: number) => ordinals[at] ?? `${at + 1}th`
