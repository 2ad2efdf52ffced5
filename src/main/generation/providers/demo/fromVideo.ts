import type { Item } from '../../../../shared/domain'
import { mediumWord, type DemoDraft } from './draft'
import { baseForm, clause, gerund, listed, withoutStop } from './english'
import { clean, draft, ordinal } from './plainDraft'

/** Questions about what recipes of video bring: timed sentences, descriptions, narrations. */
export const draftsFromVideo = (item: Item): DemoDraft[] => [...fromSentences(item), ...fromDescriptions(item), ...fromNarrations(item)]

function fromSentences(item: Item): DemoDraft[] {
  const events = (item.context.sentences ?? []).toSorted((one, other) => one.start - other.start)
  return sequence(clean(events.map(({ text }) => text)), mediumWord(item) === 'clip' ? 'video' : 'scene')
}

/** The same for anything that is told in its order. */
function sequence(told: readonly string[], medium: string): DemoDraft[] {
  const [first] = told
  const last = told.at(-1)
  if (first === undefined || last === undefined) return []
  return [
    draft({
      kind: 'description',
      wordings: ['What happens in the {medium}?', 'Describe the {medium} from its beginning to its end.'],
      words: { medium },
      response: told.join(' '),
    }),
    draft({
      kind: 'conversation',
      wordings: ['How does the {medium} begin?', 'What is shown at the very beginning?'],
      words: { medium },
      response: first,
    }),
    ...(told.length > 1
      ? [
          draft({
            kind: 'conversation',
            wordings: ['How does the {medium} end?', 'What is shown at the very end?'],
            words: { medium },
            response: last,
          }),
        ]
      : []),
    ...told.slice(1).map((event, at) =>
      draft({
        kind: 'position',
        wordings: ['What comes directly after this: {before}?', 'What is shown next, after this: {before}?'],
        words: { before: clause(told[at] ?? '') },
        response: event,
      }),
    ),
    draft({
      kind: 'reasoning',
      wordings: [
        'How would you sum up the {medium} for someone who missed it?',
        'What would you tell a friend who could not watch the {medium}?',
      ],
      words: { medium },
      response: `I would begin with what is shown first: ${clause(first)}.${told.length > 1 ? ` Then I would tell how it ends: ${clause(last)}.` : ''}`,
    }),
  ]
}

function fromDescriptions(item: Item): DemoDraft[] {
  const descriptions = clean(item.context.descriptions)
  const [first] = descriptions
  if (first === undefined) return []
  return [
    draft({
      kind: 'description',
      wordings: ['What happens in this clip?', 'Describe the clip in a few sentences.'],
      response: descriptions.join(' '),
    }),
    draft({
      kind: 'conversation',
      wordings: ['What is the clip about?', 'What is the most important thing in this clip?'],
      response: first,
      more: descriptions[1] ?? '',
    }),
    ...descriptions.slice(1).map((description, at) =>
      draft({
        kind: 'conversation',
        wordings: [
          `What else is there to notice in the clip, as a ${ordinal(at + 1)} point?`,
          `Name a ${ordinal(at + 1)} thing that the clip shows.`,
        ],
        response: description,
      }),
    ),
    draft({
      kind: 'reasoning',
      wordings: ['Why might this moment matter in the whole story?', 'What would make a viewer remember this clip?'],
      response: `What stays in mind is what can be seen: ${clause(first)}. It sets the mood for what follows.`,
    }),
  ]
}

/** “#C C looks at the saucer” → “looking at the saucer”, what the wearer is told; null where it is about somebody else. */
function deedOf(text: string): string | null {
  const [, verb, rest] = /^(?:#C\s+)?C\s+(\p{L}+)(.*)$/u.exec(withoutStop(text.replace(/#unsure/gi, 'something'))) ?? []
  return verb === undefined ? null : `${gerund(baseForm(verb))}${rest ?? ''}`
}

const nameOf = (object: string) => object.replace(/\s*:\s*\[.*$/, '').trim()

function fromNarrations({ context }: Item): DemoDraft[] {
  const steps = (context.narrations ?? []).toSorted((one, other) => one.time - other.time)
  const deeds = steps.flatMap(({ text }) => deedOf(text) ?? [])
  const things = [...new Set(steps.flatMap(({ objects }) => objects.map(nameOf)).filter(Boolean))]
  const drafts: DemoDraft[] = []
  const [first] = deeds
  const last = deeds.at(-1)
  if (first !== undefined && last !== undefined)
    drafts.push(
      draft({
        kind: 'description',
        wordings: ['What have I been doing?', 'Can you sum up what I did just now?'],
        response: `You were ${deeds.join(', and then ')}.`,
      }),
      draft({ kind: 'conversation', wordings: ['What did I do first?', 'How did I begin?'], response: `You began by ${first}.` }),
      draft({
        kind: 'conversation',
        wordings: ['What am I doing now?', 'What am I busy with at the moment?'],
        response: `You are ${last}.`,
      }),
      draft({
        kind: 'reasoning',
        wordings: ['What should I do next?', 'What would be a sensible next step for me?'],
        response: `You are ${last}, so it is likely that you will go on with what is in front of you${things.length > 0 ? `, such as ${things.at(-1)}` : ''}.`,
      }),
    )
  for (const [at, deed] of deeds.slice(1).entries())
    drafts.push(
      draft({
        kind: 'position',
        wordings: ['What did I do before {deed}?', 'Remind me what I did just before {deed}.'],
        words: { deed },
        response: `Before that you were ${deeds[at] ?? ''}.`,
      }),
    )
  if (things.length > 0)
    drafts.push(
      draft({
        kind: 'conversation',
        wordings: ['Which things have I had in view?', 'What is there in front of me?'],
        response: `You have had ${listed(things)} in view.`,
      }),
    )
  return drafts
}
