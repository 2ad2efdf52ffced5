import { inEveryPair, otherFields, type Recipe } from './recipe'
import { relateEarlierRounds } from './relate'

const systemMessage = `You are a household assistant that stands in a room with somebody and helps with what they want to do there. You write training examples for other assistants: conversations between that person and you.

You receive notes instead of the room: sentences that describe things in it and how they lie to each other, in no order, and activities that somebody may want to do there, one a line.

- Choose three different activities that this room allows, and write one conversation of three rounds for each of them. The person asks, you respond. The first round opens the activity, the second and third go on from what was said before.
- Write as someone who sees the room. Never mention the notes, nor that you were given activities.
- The person speaks of what they want, not of what is in the room; they do not know where things are. You know, and lead them: to the thing that helps, where it stands, what to look out for on the way, what to do next.
- Use only things that the notes name, with the places that they give. Where something needed is missing, say so and offer what is there instead.
- With every response give its reason: which things in the room, and which places, make it right. The reason is for the reviewer, so it names them plainly.
- Respond in two to four sentences, friendly and practical.`

const contextTemplate = `{% if objects.size > 0 -%}
What is in the room:
{% assign things = objects | sample: 50, sourceId -%}
{% for thing in things -%}
- {{ thing | strip }}
{% endfor %}
{% endif -%}
{% if activities.size > 0 -%}
What somebody may want to do:
{% assign wishes = activities | sample: 9, sourceId -%}
{% for wish in wishes -%}
- {{ wish | strip }}
{% endfor %}
{% endif -%}
${otherFields('objects', 'activities')}`

const guidelines = `# Plans for a room

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

/**
 * Planning activities in a room (SN of MIMIC-IT, based on ScanNet and ScanRefer): three conversations of three rounds, each with its
 * reason. A video of a room is sampled at twenty frames. Rooms with images have different numbers of them, which only Otter's video group
 * accepts in one batch.
 */
export const sn: Recipe = {
  id: 'sn',
  prefix: 'SN',
  group: 'VIDEO_TEXT',
  text: { outputForm: 'conversations', systemMessage, contextTemplate },
  guidelines,
  taskDescription: 'Help somebody to do something in a room.',
  media: 'album',
  formats: ['scanrefer', 'jsonl'],
  frames: { kind: 'even', count: 20 },
  relate: relateEarlierRounds,
}
