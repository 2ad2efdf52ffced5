import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import type { FixPreview, FixRule } from '../../shared/editing'
import { applyFix, compileRule, faultOf } from '../../shared/text/fixText'
import type { ReadableDb } from '../store/sql/types'
import { listPendingTexts } from '../store/candidates/pairText'

const page = 500
const maxExamples = 3
const longestMs = 15_000

/**
 * Previews what each rule on its own would change in the pending pairs: the number of changes, and the first few. Yields to other work
 * after each page; after 15 seconds, or if it is cancelled, returns the results so far.
 */
export async function previewFixes(
  db: ReadableDb,
  rules: readonly FixRule[],
  { signal, now = Date.now }: { readonly signal?: AbortSignal; readonly now?: () => number } = {},
): Promise<FixPreview> {
  const until = now() + longestMs
  const seen = rules.map((rule) => {
    const fault = faultOf(rule)
    const report: FixPreview['rules'][number] = { fault, changes: 0, examples: [] }
    return { report, compiled: fault === null ? compileRule(rule) : null }
  })
  let looked = 0
  let after: Parameters<typeof listPendingTexts>[1] = null
  for (;;) {
    const texts = listPendingTexts(db, after, page)
    for (const { report, compiled } of seen)
      for (const text of compiled ? texts : []) if (compiled) look(report, text, applyFix(compiled, text))
    looked += texts.length
    const last = texts.at(-1)
    const complete = texts.length < page || !last
    if (complete || signal?.aborted || now() > until) return { looked, complete, rules: seen.map(({ report }) => report) }
    after = { itemId: last.itemId, id: last.id }
    await yieldToEventLoop()
  }
}

type Text = ReturnType<typeof listPendingTexts>[number]

function look(report: FixPreview['rules'][number], text: Text, mended: Pick<Text, 'instruction' | 'response'>): void {
  if (mended === text) return
  report.changes += 1
  if (report.examples.length === maxExamples) return
  const part = mended.instruction === text.instruction ? 'response' : 'instruction'
  report.examples.push({ candidateId: text.id, itemSourceId: text.itemSourceId, part, before: text[part], after: mended[part] })
}
