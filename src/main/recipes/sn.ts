import type { Recipe } from './recipe'
import { relateEarlierRounds } from './relations/relate'
import { otherFields } from './template'

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

/**
 * Planning what to do in a room (SN of MIMIC-IT, after ScanNet and ScanRefer): three conversations of three rounds, each with its reason.
 * A film of a room gives twenty frames. Rooms of pictures have different numbers, which only Otter's video group takes in one batch.
 */
export const sn: Recipe = {
  id: 'sn',
  prefix: 'SN',
  group: 'VIDEO_TEXT',
  text: { outputForm: 'conversations', systemMessage, contextTemplate },
  taskDescription: 'Help somebody to do something in a room.',
  media: 'album',
  formats: ['scanrefer', 'jsonl'],
  frames: { kind: 'even', count: 20 },
  relate: relateEarlierRounds,
}
