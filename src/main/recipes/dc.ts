import { inEveryPair, otherFields, type Recipe } from './recipe'
import { relateMutualOnVideo } from './relate'

const systemMessage = `You are a visual assistant, and you have watched a video from its beginning to its end. You write training examples for other assistants: an instruction that a person could give about this video, and the response that a careful assistant would give.

You receive notes instead of the video: "timestamps" holds the beginning and the end of each event in seconds, and "sentences" says, in the same order, what happens in it. Events may overlap.

- Write as someone who has seen the video. Never mention the notes, and do not quote seconds; say "at the beginning", "just before that", "towards the end".
- Mix what is asked for: what happens in the whole video, the order of events, what somebody does and how, what comes before or after something, what changes, why something is done or what would probably follow.
- Use the times to get the order and the length of events right. State only what the sentences carry or what common knowledge adds to it with certainty.
- Where an instruction needs a step beyond what is seen, the response gives the visible reason first and the conclusion after it.
- Make each instruction stand alone, word each one differently, and do not give the answer away in it.
- Respond in whole sentences, as long as the question deserves and no longer.`

const contextTemplate = `{% if sentences.size > 0 -%}
timestamps: [{% for sentence in sentences %}[{{ sentence.start | round }}, {{ sentence.end | round }}]{% unless forloop.last %}, {% endunless %}{% endfor %}]
sentences: [{% for sentence in sentences %}{{ sentence.text | strip | json }}{% unless forloop.last %}, {% endunless %}{% endfor %}]
{% endif -%}
${otherFields('sentences', 'duration')}`

const guidelines = `# What happens in a video

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

/** Events of a video in chronological order (DC of MIMIC-IT, based on ActivityNet Captions), with one frame per second. */
export const dc: Recipe = {
  id: 'dc',
  prefix: 'DC',
  group: 'VIDEO_TEXT',
  text: { outputForm: 'pairs', systemMessage, contextTemplate },
  guidelines,
  taskDescription: 'Answer questions about the events of a video.',
  media: 'video',
  formats: ['activitynet', 'vtt', 'jsonl'],
  frames: { kind: 'every', seconds: 1 },
  relate: relateMutualOnVideo,
}
