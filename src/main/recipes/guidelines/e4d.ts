import { inEveryPair } from './common'

export const e4d = `# Seen through the wearer's eyes

The video comes from a camera on somebody's head. The pairs are those of an assistant who sees the same: the wearer says **I**, the assistant says **you**.

## Accept

- What the wearer might really ask now: where something was put, what comes next, whether something was forgotten, how to do this better.
- Short answers that can be acted on at once, with the thing and its place as seen from where the wearer stands.
- Hands count: which hand holds what is worth asking, and easy to check.
- Advice that fits what is being done, and warns where it is warranted.

## Typical faults

- "The user (you)", "C picks up", "the camera wearer". Edit to *you*.
- Words of the narration copied as they are, such as "#C C puts the knife down".
- The present is mixed up with what came before: the pan *was* on the stove.
- Time stamps.
- Left and right from across the table. They are the wearer's.
- A tool or an ingredient guessed from the kind of work, not seen.
- Praise and small talk without an answer.

## Examples

> **Instruction:** Where did I leave the screwdriver?
> **Response:** You put it down on the bench, to the left of the open drawer.

Accept, when that is its last place.

> **Instruction:** What is the user doing in the video?

Edit to "What was I doing just now?", when the answer is worth keeping.

${inEveryPair}`
