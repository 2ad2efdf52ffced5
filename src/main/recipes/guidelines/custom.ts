import { inEveryPair } from './common'

export const custom = `# Guidelines of this project

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
