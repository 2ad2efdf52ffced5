import { type ImportFormat, importFormatSchema } from '../../shared/domain'
import { inEveryPair, type Recipe } from './recipe'
import { relateEarlier } from './relate'

const systemMessage = `You write training examples for assistants that see. For the item you are given, write instructions that a person could give about it, each with the response that a careful assistant would give.

You receive notes about the item. Write as someone who has the item itself in view:
- Never mention the notes or the names of their fields.
- Ask only what the item can answer with certainty, and state only what follows from the notes or from common knowledge about what they name.
- Make each instruction stand alone, word each one differently, and do not give the answer away in it.
- Respond in whole sentences, as long as the question deserves and no longer.`

const contextTemplate = `{% for field in context -%}
{{ field[0] }}: {{ field[1] | lines }}
{% endfor -%}`

const guidelines = `# Guidelines of this project

Replace this part by what your project is after: who will ask, what for, and what a good answer looks like. Three clear examples help more than a page of rules.

## Accept

- The instruction belongs to the purpose of the project, and needs the media.
- The response rests on what can be seen; where it concludes, it says from what.
- Tone and length are those of the exemplars.

## Typical faults

- Words of the import, such as names of fields or columns, in the text. Edit.
- An instruction that gives its answer away.
- The same instruction with other words for many items. Reject as *duplicate*.
- A response that speaks of what it cannot see: "the image does not tell". Reject, unless the project wants such pairs.

## Examples

> **Instruction:** Which of the two bottles is fuller?
> **Response:** The one on the right: its level is just below the neck, that of the other at half height.

Accept: it needs the image, and says what it rests on.

> **Instruction:** Describe the item.

Reject: it asks for nothing in particular.

${inEveryPair}`

/** Recipe for the user's own data: every field of the context is passed to the model under its own name. */
export const custom: Recipe = {
  id: 'custom',
  prefix: 'CUSTOM',
  group: 'IMAGE_TEXT',
  text: { outputForm: 'pairs', systemMessage, contextTemplate },
  guidelines,
  taskDescription: 'Follow instructions about a picture.',
  media: 'any',
  formats: [...new Set<ImportFormat>(['jsonl', 'csv', 'folder', 'vtt', ...importFormatSchema.options])],
  frames: { kind: 'every', seconds: 1 },
  relate: relateEarlier,
}
