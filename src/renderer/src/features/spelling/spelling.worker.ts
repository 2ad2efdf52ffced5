import rules from 'dictionary-en/index.aff?raw'
import words from 'dictionary-en/index.dic?raw'
import { createSpeller } from './speller'
import type { SpellingReply, SpellingRequest } from './spellingMessages'

// Runs in a worker: loading the dictionary takes about a second, a suggestion up to 0.1 s.
const speller = createSpeller(rules, words)

self.addEventListener('message', ({ data }: MessageEvent<SpellingRequest>) => {
  const answer = data.kind === 'check' ? data.words.filter((word) => !speller.isRight(word)) : speller.suggest(data.word)
  self.postMessage({ id: data.id, words: answer } satisfies SpellingReply)
})
