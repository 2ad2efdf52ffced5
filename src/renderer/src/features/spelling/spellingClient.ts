import type { SpellingReply, SpellingRequest } from './spellingMessages'

type Question = SpellingRequest extends infer R ? (R extends unknown ? Omit<R, 'id'> : never) : never

/** Creates the client of the spelling worker, which is started by the first request. Results for a word are cached. */
export function createSpellingClient(start: () => Worker) {
  const waiting = new Map<number, (words: readonly string[]) => void>()
  const right = new Map<string, boolean>()
  let worker: Worker | undefined
  let asked = 0

  function ask(question: Question): Promise<readonly string[]> {
    if (!worker) {
      worker = start()
      worker.addEventListener('message', ({ data }: MessageEvent<SpellingReply>) => {
        waiting.get(data.id)?.(data.words)
        waiting.delete(data.id)
      })
    }
    const id = ++asked
    worker.postMessage({ ...question, id } satisfies SpellingRequest)
    return new Promise((resolve) => waiting.set(id, resolve))
  }

  return {
    /** Returns the misspelled words. */
    findWrong: async (words: readonly string[]): Promise<ReadonlySet<string>> => {
      const unknown = [...new Set(words)].filter((word) => !right.has(word))
      if (unknown.length > 0) {
        const wrong = new Set(await ask({ kind: 'check', words: unknown }))
        for (const word of unknown) right.set(word, !wrong.has(word))
      }
      return new Set(words.filter((word) => right.get(word) === false))
    },
    suggest: (word: string): Promise<readonly string[]> => ask({ kind: 'suggest', word }),
  }
}

export const spelling = createSpellingClient(() => new Worker(new URL('spelling.worker.ts', import.meta.url), { type: 'module' }))
