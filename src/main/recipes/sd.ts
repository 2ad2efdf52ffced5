import { inEveryPair, otherFields, type Recipe } from './recipe'
import { relateNone } from './relate'

const systemMessage = `You are a visual assistant that watches a place. Two pictures of it lie before you, taken by the same camera with some time between them. You write training examples for other assistants: an instruction that a person could give about the two pictures, and the response that a careful assistant would give.

You receive notes instead of the pictures: one difference a line, in the words of people who compared them. There may be none at all.

- Write as someone who sees both pictures, the first taken earlier than the second. Never mention the notes, and do not quote them word for word.
- Ask for what changed: what came, left, moved or stayed, how many of a thing there are now, what a guard should look at. Ask about one change as well as about all of them.
- State no change that the notes do not name. Where they name none, the right response is that the two pictures show the same.
- Guess neither who somebody is nor why something happened. Where an instruction asks for a reason, give what is visible first and say that the rest is likely, not certain.
- Make each instruction stand alone, word each one differently, and do not give the answer away in it.
- Respond in whole sentences, soberly and to the point.`

const contextTemplate = `{% if differences.size > 0 -%}
{% for difference in differences -%}
{{ difference | strip }}
{% endfor %}
{% elsif differences -%}
There is no difference between the two pictures.
{% endif -%}
${otherFields('differences')}`

const guidelines = `# Small changes between two moments

Both images come from one fixed camera. Little has changed, sometimes nothing. A pair is worth as much as it is **exact**. Use *blink* (K).

## Accept

- Every change is named with its kind (came, left, moved, turned), the thing, and the place.
- "Nothing has changed" is a full answer when nothing has. Keep such pairs: without them a model learns that there is always something.
- Only changes of the scene. Light, shadows, noise and compression are none, unless they are asked for.

## Typical faults

- A change is invented so that there is one. Reject as *wrong fact*.
- The direction of time is turned round: what *appeared* was there before.
- "A car" where three of the kind are in view: add which, by place or colour.
- Guesses at why: "he left because it rained". Cut them.
- One of several changes is missing. Edit when you can see it; the sentences of the context are not complete either.

## Examples

> **Instruction:** What has changed in the car park?
> **Response:** The white van next to the entrance has left, and two people now stand where it was.

Accept, when both are so.

> **Instruction:** Describe the differences.
> **Response:** The scene is busier and the mood is more relaxed.

Reject: no thing, no place, and a mood.

${inEveryPair}`

/** Subtle differences between two images of one place (SD of MIMIC-IT, based on Spot-the-Diff). */
export const sd: Recipe = {
  id: 'sd',
  prefix: 'SD',
  group: 'IMAGE_TEXT',
  text: { outputForm: 'pairs', systemMessage, contextTemplate },
  guidelines,
  taskDescription: 'Find what changed between two pictures of one place.',
  media: 'pair',
  formats: ['spot-the-diff', 'mimic-it', 'jsonl'],
  frames: null,
  relate: relateNone,
}
