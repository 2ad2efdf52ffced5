import { inEveryPair } from './common'

export const dc = `# What happens in a video

The context holds sentences with their seconds. Play the part that a pair speaks of; a click on a time in the context seeks.

## Accept

- Questions about the course of things: what is done, in which order, what comes before or after, what it leads to.
- Answers that hold for the **whole** part asked for, not for one lucky frame.
- Time in words of people: "at first", "after the jump", "towards the end".

## Typical faults

- Seconds and time stamps in instruction or response. Edit to words of order; reject for *leaks the annotation* when nothing is left.
- Before and after are turned round. Look.
- Two sentences of the context that overlap are told as two events though they are one.
- What is heard, or said, is told as seen.
- "He wins" where the video ends before that.
- A question that any image of the video answers ("What colour is the mat?"). One of them an item is enough.

## Examples

> **Instruction:** What does the gymnast do right before she lands?
> **Response:** She lets go of the bar, pulls in her knees and turns over once backwards.

Accept, when it is one turn.

> **Instruction:** What happens between 12 and 19 seconds?

Edit to "What happens once he has lit the stove?", when that is the moment.

${inEveryPair}`
