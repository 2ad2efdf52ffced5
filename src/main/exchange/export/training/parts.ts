import type { Pieces, TrainingRecord, Turn } from './records'

export interface PartMessage<Part> {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: Part[]
}

/**
 * Converts the turns up to the prompt into messages made of parts, with the media before the first question.
 * @param text creates a part from a text
 * @param media parts for the record's media
 */
export function toPartMessages<Part>(
  { system, history, prompt }: Pick<TrainingRecord, 'system' | 'history' | 'prompt'>,
  text: (pieces: Pieces) => Part,
  media: readonly Part[],
): PartMessage<Part>[] {
  const asked = (user: Pieces, at: number) => ({ role: 'user' as const, content: [...(at === 0 ? media : []), text(user)] })
  const said = ({ user, assistant }: Turn, at: number): PartMessage<Part>[] => [
    asked(user, at),
    { role: 'assistant', content: [text(assistant)] },
  ]
  return [
    ...(system === null ? [] : [{ role: 'system' as const, content: [text([system])] }]),
    ...history.flatMap(said),
    asked(prompt, history.length),
  ]
}
