import type { Item } from '../../../../shared/domain'
import type { DemoDraft } from './draft'
import { capitalized, clause } from './english'
import { clean, draft, ordinal } from './plainDraft'

/** Questions about what recipes of pictures bring: earlier conversations, captions by picture, differences, albums. */
export const draftsFromStills = (item: Item): DemoDraft[] => [
  ...fromConversation(item),
  ...fromImageCaptions(item),
  ...fromDifferences(item),
  ...fromAlbum(item),
]

/** What was asked about a picture before is asked again. */
const fromConversation = ({ context: { conversation = [] } }: Item) =>
  conversation
    .filter(({ instruction, response }) => instruction.trim() !== '' && response.trim() !== '')
    .map(({ instruction, response }) =>
      draft({ kind: 'conversation', wordings: [withoutBraces(instruction.trim())], response: response.trim() }),
    )

/** In a wording, braces stand for words. */
const withoutBraces = (text: string) => text.replace(/[{}]/g, '')

function fromImageCaptions({ context }: Item): DemoDraft[] {
  const [first = [], second = []] = (context.captionsOf ?? []).map(clean)
  const [one] = first
  const [other] = second
  if (!one || !other) return []
  return [
    draft({
      kind: 'comparison',
      wordings: ['How do the two pictures differ?', 'What sets the second picture apart from the first?'],
      response: `Each of them shows something of its own. In the first one: ${clause(one)}. In the second one: ${clause(other)}.`,
      more: first[1] ? `About the first one could be added: ${clause(first[1])}.` : '',
    }),
    draft({
      kind: 'description',
      wordings: ['Describe the two pictures one after the other.', 'What does each of the two pictures show?'],
      response: `The first picture: ${first.slice(0, 2).join(' ')} The second picture: ${second.slice(0, 2).join(' ')}`,
    }),
    draft({
      kind: 'conversation',
      wordings: ['What is to be seen in the first picture?', 'What does the first picture show?'],
      response: one,
      more: first[1] ?? '',
    }),
    draft({
      kind: 'conversation',
      wordings: ['What is to be seen in the second picture?', 'What does the second picture show?'],
      response: other,
      more: second[1] ?? '',
    }),
    draft({
      kind: 'reasoning',
      wordings: [
        'Why would somebody put these two pictures side by side?',
        'What could one learn from looking at the two pictures together?',
      ],
      response: `They resemble each other at first sight, which makes it interesting what sets them apart. One shows this: ${clause(one)}. The other shows this: ${clause(other)}.`,
    }),
  ]
}

function fromDifferences({ context }: Item): DemoDraft[] {
  if (!context.differences) return []
  const differences = clean(context.differences)
  const [first] = differences
  if (first === undefined)
    return [
      draft({
        kind: 'comparison',
        wordings: ['Did anything change between the two pictures?', 'What differs between the two pictures?'],
        response: 'Nothing changed: the two pictures show the same.',
      }),
      draft({
        kind: 'reasoning',
        wordings: ['Should a guard look more closely at the second picture?', 'Would you raise an alarm after the second picture?'],
        response: 'No. The two pictures show the same, so there is nothing that calls for a closer look.',
      }),
    ]
  return [
    draft({
      kind: 'comparison',
      wordings: ['What changed between the first picture and the second?', 'How do the two pictures differ, if you compare them closely?'],
      response: differences.join(' '),
    }),
    ...differences.map((difference, at) =>
      draft({
        kind: 'conversation',
        wordings:
          at === 0
            ? ['Name one thing that is not as it was before.', 'What is the first thing that you notice when you compare the pictures?']
            : [
                `What else can be said when the pictures are compared, as point number ${at + 1}?`,
                `Name a ${ordinal(at)} observation about the two pictures.`,
              ],
        response: difference,
      }),
    ),
    draft({
      kind: 'reasoning',
      wordings: ['What should somebody who watches this place look at first?', 'Why would a guard compare these two pictures with care?'],
      response: `What is different from before deserves a look: ${clause(first)}. Why it came to this cannot be seen.`,
    }),
  ]
}

function fromAlbum({ context }: Item): DemoDraft[] {
  if (!context.images) return []
  const stories = context.images.map(({ story }) => clean(story)[0]).filter((sentence) => sentence !== undefined)
  const title = context.title?.trim()
  const description = clean([context.description ?? ''])[0]
  const drafts: DemoDraft[] = []
  if (stories.length > 0)
    drafts.push(
      draft({
        kind: 'description',
        wordings: ['Tell the story of this album.', 'What happened on the day that these pictures were taken?'],
        response: stories.join(' '),
      }),
      draft({
        kind: 'reasoning',
        wordings: ['How do the pictures lead from one to the next?', 'Why do these pictures belong together?'],
        response: `They tell of one thing after another. It begins like this: ${clause(stories[0] ?? '')}. It ends like this: ${clause(stories.at(-1) ?? '')}.`,
      }),
    )
  if (description)
    drafts.push(
      draft({
        kind: 'conversation',
        wordings: ['What is this album about?', 'What are these pictures about as a whole?'],
        response: description,
      }),
    )
  if (title)
    drafts.push(
      draft({
        kind: 'conversation',
        wordings: ['Which title would suit this album?', 'What would you write on the cover of this album?'],
        response: `“${capitalized(title)}” would suit it.`,
        more: 'It says in a few words what the pictures have in common.',
      }),
    )
  for (const [at, image] of context.images.entries()) {
    const [sentence] = clean(image.story)
    if (sentence)
      drafts.push(
        draft({
          kind: 'conversation',
          wordings: [`What is the ${ordinal(at)} picture about?`, `What does the ${ordinal(at)} picture add to the story?`],
          response: sentence,
        }),
      )
  }
  return drafts
}
