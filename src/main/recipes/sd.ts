import type { Recipe } from './recipe'
import { relateNone } from './relations/relate'
import { otherFields } from './template'

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

/** Subtle differences between two pictures of one place (SD of MIMIC-IT, after Spot-the-Diff). */
export const sd: Recipe = {
  id: 'sd',
  prefix: 'SD',
  group: 'IMAGE_TEXT',
  text: { outputForm: 'pairs', systemMessage, contextTemplate },
  taskDescription: 'Find what changed between two pictures of one place.',
  media: 'pair',
  formats: ['spot-the-diff', 'mimic-it', 'jsonl'],
  frames: null,
  relate: relateNone,
}
