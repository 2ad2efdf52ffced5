import { inEveryPair } from './common'

export const sd = `# Small changes between two moments

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
