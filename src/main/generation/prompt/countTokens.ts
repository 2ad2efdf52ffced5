import type { Message } from '../../../shared/domain'
import { textOf } from './buildPrompt'

/** Chat Completions' own words around each message, and before the reply. */
const tokensAMessage = 3
const tokensBeforeReply = 3

/** Byte-pair encoding slows down with the square of a word's length, so that longer words are counted in pieces. */
const longWord = /\S{400}/g

/** Of longer texts, which no model reads or writes in one call, only the beginning is counted. */
const maxCharacters = 1_000_000

/**
 * Tokens of a text in the o200k_base vocabulary. Exact but for words of more than 400 characters, where it may be off by a few, and for
 * texts of more than a million characters, which are estimated. The vocabulary takes tens of megabytes and is loaded at the first use.
 */
export async function countTokens(text: string): Promise<number> {
  const { countTokens: count } = await import('gpt-tokenizer/encoding/o200k_base')
  if (text.length > maxCharacters) return Math.round(((await countTokens(text.slice(0, maxCharacters))) * text.length) / maxCharacters)
  const pieces = text.replace(longWord, '$&\0').split('\0')
  return pieces.reduce((sum, piece) => sum + count(piece, { disallowedSpecial: new Set() }), 0)
}

/** Tokens of a prompt, images left out. */
export async function countMessageTokens(messages: readonly Message[]): Promise<number> {
  let tokens = tokensBeforeReply
  for (const message of messages) tokens += tokensAMessage + 1 + (await countTokens(textOf(message)))
  return tokens
}
