import type { Pieces, RecordMedia, TrainingRecord } from './records'

export interface TextTurn {
  readonly role: 'user' | 'assistant'
  readonly text: string
}

/**
 * Returns one placeholder per medium, each on its own line, as LLaVA, Qwen, LLaMA-Factory and ms-swift expect before the first question.
 */
export const mediaTokens = (media: readonly RecordMedia[]): string => media.map(({ kind }) => `<${kind}>\n`).join('')

/**
 * Converts the turns of a record to text, including its answer unless the record is a preference row with two answers.
 * @param before text before the first question
 */
export function toTextTurns({ history, prompt, outcome }: TrainingRecord, render: (pieces: Pieces) => string, before: string): TextTurn[] {
  const turns: TextTurn[] = []
  for (const { user, assistant } of history)
    turns.push({ role: 'user', text: render(user) }, { role: 'assistant', text: render(assistant) })
  turns.push({ role: 'user', text: render(prompt) })
  if (outcome.kind !== 'dpo') turns.push({ role: 'assistant', text: render(outcome.answer) })
  const [first] = turns
  if (first && before !== '') turns[0] = { ...first, text: before + first.text }
  return turns
}

/** Yields all texts of a record unchanged, to check for content that a format cannot store. */
export function* plainTexts({ system, history, prompt, outcome }: TrainingRecord): Generator<string> {
  if (system !== null) yield system
  const answers = outcome.kind === 'dpo' ? [outcome.chosen, outcome.rejected] : [outcome.answer]
  for (const pieces of [...history.flatMap(({ user, assistant }) => [user, assistant]), prompt, ...answers])
    for (const piece of pieces) if (typeof piece === 'string') yield piece
}

/** Returns the paths of the media of one kind, in order. */
export const pathsOf = (media: readonly RecordMedia[], kind: RecordMedia['kind']): string[] =>
  media.flatMap((each) => (each.kind === kind ? each.path : []))
