import type { Message } from '../../../shared/domain'
import { textOf } from './buildPrompt'

/** Tokens that Chat Completions adds around each message, and before the reply. */
const tokensAMessage = 3
const tokensBeforeReply = 3

/** Byte-pair encoding takes quadratic time in the length of a word, so longer words are counted in pieces. */
const longWord = /\S{400}/g

/** Only the beginning of longer texts is counted; no model reads or writes them in one call. */
const maxCharacters = 1_000_000

/**
 * Counts the tokens of a text in the o200k_base vocabulary. Exact, except that words of more than 400 characters may be off by a few
 * tokens, and texts of more than a million characters are estimated. The vocabulary takes tens of megabytes and is loaded on first use.
 */
export async function countTokens(text: string): Promise<number> {
  const { countTokens: count } = await import('gpt-tokenizer/encoding/o200k_base')
  if (text.length > maxCharacters) return Math.round(((await countTokens(text.slice(0, maxCharacters))) * text.length) / maxCharacters)
  const pieces = text.replace(longWord, '$&\0').split('\0')
  return pieces.reduce((sum, piece) => sum + count(piece, { disallowedSpecial: new Set() }), 0)
}

/** Counts the tokens of a prompt, without its images. */
export async function countMessageTokens(messages: readonly Message[]): Promise<number> {
  let tokens = tokensBeforeReply
  for (const message of messages) tokens += tokensAMessage + 1 + (await countTokens(textOf(message)))
  return tokens
}
