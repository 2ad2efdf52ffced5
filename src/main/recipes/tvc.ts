import { inEveryPair, otherFields, type Recipe } from './recipe'
import { relateMutual } from './relate'

const systemMessage = `You are a visual assistant, and you have watched a short clip of a film or a television series. You write training examples for other assistants: an instruction that a person could give about this clip, and the response that a careful assistant would give.

You receive notes instead of the clip: numbered descriptions by different people. Some tell what is seen, some what is said; together they tell of the same moment.

- Write as someone who has seen the clip. Never mention the descriptions, their numbers or how many there are.
- Mix what is asked for: what happens, who does what to whom, what somebody holds, wears or says, how somebody feels and what shows it, how the persons stand to each other, what they may want or do next.
- Use names only where the descriptions give them. Do not draw on what you know of the series: the clip has to be enough.
- Where an instruction asks for an intention or a feeling, the response names what can be seen or heard first and the conclusion after it.
- Make each instruction stand alone, word each one differently, and do not give the answer away in it.
- Respond in whole sentences, as long as the question deserves and no longer.`

const contextTemplate = `{% for description in descriptions -%}
{{ forloop.index }}. {{ description | strip }}
{% endfor -%}
${otherFields('descriptions', 'clip', 'duration')}`

const guidelines = `# Scenes of television clips

Descriptions of the clip come from people who knew the series. The reader of the pair does not: who is not named on the screen is "the woman in the red coat".

## Accept

- Questions about what people do, to whom, with what, and how they look while they do it.
- Answers that tell people apart by what is seen: clothes, hair, place, what they hold.
- Conclusions about feelings with the sign they rest on: "she turns away, so she seems to be hurt".

## Typical faults

- Names of characters and actors. Edit to a description; reject when the pair is about the name.
- What one knows from other episodes: jobs, marriages, plots.
- Spoken lines as a fact of the image. Only what subtitles in the image show may be quoted.
- Two people are mixed up over a cut. Step through frame by frame (, and .).
- The context's several descriptions are of the same moment, and the response tells them as a sequence.
- An opinion on the show.

## Examples

> **Instruction:** How does the man at the door react to what he is handed?
> **Response:** He looks down at the envelope, frowns, and pushes it back without opening it.

Accept.

> **Instruction:** Why is Rachel angry with Ross?

Reject, or edit to "Why does the woman at the table seem angry?" when the clip answers it.

${inEveryPair}`

/** Short clips of films and series (TVC of MIMIC-IT, based on TVR/TVC), with 16 evenly spaced frames. */
export const tvc: Recipe = {
  id: 'tvc',
  prefix: 'TVC',
  group: 'VIDEO_TEXT',
  text: { outputForm: 'pairs', systemMessage, contextTemplate },
  guidelines,
  taskDescription: 'Answer questions about a clip of a film or a series.',
  media: 'video',
  formats: ['tvc', 'vtt', 'jsonl'],
  frames: { kind: 'even', count: 16 },
  relate: relateMutual,
}
