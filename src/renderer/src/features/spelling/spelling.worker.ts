import rules from 'dictionary-en/index.aff?raw'
import words from 'dictionary-en/index.dic?raw'
import { createSpeller } from './speller'
import type { SpellingReply, SpellingRequest } from './spellingMessages'

// Beside the window's own thread: reading the dictionary takes about a second, a suggestion up to a tenth of one.
const speller = createSpeller(rules, words)

self.addEventListener('message', ({ data }: MessageEvent<SpellingRequest>) => {
  const answer = data.kind === 'check' ? data.words.filter((word) => !speller.isRight(word)) : speller.suggest(data.word)
  self.postMessage({ id: data.id, words: answer } satisfies SpellingReply)
})
