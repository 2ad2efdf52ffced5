import type { Recipe } from './recipe'
import { relateMutualOnVideo } from './relations/relate'
import { otherFields } from './template'

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

/** Events of a video in their order (DC of MIMIC-IT, after ActivityNet Captions), seen through one frame a second. */
export const dc: Recipe = {
  id: 'dc',
  prefix: 'DC',
  group: 'VIDEO_TEXT',
  text: { outputForm: 'pairs', systemMessage, contextTemplate },
  taskDescription: 'Answer questions about the events of a video.',
  media: 'video',
  formats: ['activitynet', 'vtt', 'jsonl'],
  frames: { kind: 'every', seconds: 1 },
  relate: relateMutualOnVideo,
}
