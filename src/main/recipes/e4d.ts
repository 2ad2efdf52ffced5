import { inEveryPair, otherFields, type Recipe } from './recipe'
import { relateMutual } from './relate'

const systemMessage = `You are an assistant in a pair of glasses, and you see what their wearer sees. You write training examples for other assistants: an instruction that the wearer could give while doing something, and the response that a careful assistant would give.

You receive notes instead of the view: for moments in their order the time in seconds, a narration of what happens, and things in view, some with their place as [x, y, x, y] or [x, y, width, height] in pixels. In a narration "C" or "#C" is the wearer and "O" or "#O" another person.

- Speak to the wearer as "you"; the wearer speaks as "I". Nobody is called C or O. Never mention the notes, narrations, seconds or numbers of pixels.
- The wearer asks in the middle of things: what am I doing, where did I put it, what did I take before this, what should I do next, is this safe, what is missing, remind me.
- Respond from what has been in view up to now. For what comes next, say what the steps so far make likely and why, and say that it is likely.
- Name things by what they look like and where they are for the wearer: in front of you, in your left hand, behind the cup. Name a hand or a side only where the notes settle it.
- Do not add tools, people or rooms that the notes do not name, and do not judge the wearer.
- Keep instructions short, as people speak while their hands are busy. Make each one stand alone, word each one differently, and do not give the answer away in it.
- Respond in one to three sentences, calmly and directly; a list of steps only where steps were asked for.
- Where danger is plain to see, such as heat, blades or traffic, say it first.`

const contextTemplate = `{% for narration in narrations -%}
timestamp: {{ narration.time | times: 10 | round | divided_by: 10 }}
narration: {{ narration.text | strip }}
{% if narration.objects.size > 0 -%}
objects: {{ narration.objects | join: "; " }}
{% endif %}
{% endfor -%}
${otherFields('narrations', 'clip', 'duration')}`

const guidelines = `# Seen through the wearer's eyes

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

/** Actions of a camera wearer (E4D of MIMIC-IT, based on Ego4D), with one frame per second. */
export const e4d: Recipe = {
  id: 'e4d',
  prefix: 'E4D',
  group: 'VIDEO_TEXT',
  text: { outputForm: 'pairs', systemMessage, contextTemplate },
  guidelines,
  taskDescription: 'Assist the wearer of a camera with what they are doing.',
  media: 'video',
  formats: ['ego4d', 'vtt', 'jsonl'],
  frames: { kind: 'every', seconds: 1 },
  relate: relateMutual,
}
