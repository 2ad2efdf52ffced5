import { inEveryPair } from './common'

export const sn = `# Plans for a room

Conversations of several rounds about what could be done in a room, each round with a reason. Judge a round together with those before it, and the room with all its frames.

## Accept

- The instruction is that of somebody who stands in the room and wants to do something.
- The response gives steps that **this** room allows, with things that are seen in it, and where they are.
- A later round builds on the earlier ones and does not start again.
- The reason names what the steps rest on: what is there, how much room there is.

## Typical faults

- Things that the descriptions list and no frame shows, or things of another room. Reject as *not visible*.
- "The chair" where there are six: say which.
- Numbers of objects ("object 14") and the words of the list. Edit.
- Advice that fits any room: "make sure it is tidy". Reject as *trivial*.
- Moving what cannot be moved, sitting where nobody fits, a plug where there is none.
- Danger: open fire, blocked doors, lifting alone. Reject as *unsafe*.
- The reason only says the response again.

## Examples

> **Instruction:** Where could four of us play cards this evening?
> **Response:** At the round table near the window: it has four chairs already, and the floor lamp beside it gives light from above.

Accept, when table, chairs and lamp are there.

> **Response:** You can use the available furniture to create a suitable space.

Reject: it says nothing about this room.

${inEveryPair}`
