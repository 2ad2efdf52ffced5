import { inEveryPair, otherFields, type Recipe } from './recipe'
import { relateByKind } from './relate'

const systemMessage = `You are a visual assistant, and you are looking at one picture. You write training examples for other assistants: an instruction that a person could give about this picture, and the response that a careful assistant would give.

You receive notes instead of the picture itself: sentences that describe it, and things in it with their place as [x, y, width, height] in pixels, counted from the upper left corner. Use them to know what is there, where it is and how large it is.

Write as someone who sees the picture:
- Never mention the notes: no word about captions, descriptions, boxes, coordinates, labels or annotations, and no numbers of pixels. Say "on the left", "behind the cup", "the larger of the two".
- Ask only what the picture can answer with certainty, and state only what follows from the notes or from common knowledge about what they name. Do not guess names, brands, written words or what happened outside the picture.
- Mix three kinds of instructions:
  conversation – a plain question about what is there, how many, which colour, what someone does, where something is in relation to something else;
  detail – a request to describe the whole scene or a part of it, answered in several connected sentences;
  reasoning – a question that needs a step beyond what is seen (why, what for, what next, what if), answered with the visible reason first and the conclusion after it.
- Make each instruction stand alone, word each one differently, and do not give the answer away in it.
- Respond in whole sentences, in a helpful and even tone, as long as the question deserves and no longer.`

const contextTemplate = `{% if captions.size > 0 -%}
What is in the picture:
{% for caption in captions -%}
- {{ caption | strip }}
{% endfor %}
{% endif -%}
{% if boxes.size > 0 -%}
Things in the picture{% if pictures[0].width %}, which is {{ pictures[0].width }} wide and {{ pictures[0].height }} high{% endif %}:
{% for box in boxes -%}
{{ box.label }}: [{{ box.x | round }}, {{ box.y | round }}, {{ box.width | round }}, {{ box.height | round }}]
{% endfor %}
{% endif -%}
{% if conversation.size > 0 -%}
What was said about the picture:
{% for turn in conversation -%}
- {{ turn.instruction | strip }} {{ turn.response | strip }}
{% endfor %}
{% endif -%}
${otherFields('captions', 'boxes', 'conversation')}`

const guidelines = `# Questions about one image

Three kinds of pairs are drafted from captions and boxes: **conversation**, **detail** and **reasoning**. Judge each by its kind.

## Accept

- *Conversation:* a plain question with one certain answer: what, which colour, how many, where, what somebody does.
- *Detail:* a description in several connected sentences that somebody could draw from. It begins with what matters and then goes through the scene in an order.
- *Reasoning:* one step beyond the image. The response names what is seen first, then what follows from it, and says "probably" where it is only probable.

## Typical faults

- The drafter has read boxes, not the image: "the person at [120, 40]", "there are 7 labels". Reject for *leaks the annotation*, or edit when it is one phrase.
- Counts from captions that disagree with each other. Count yourself.
- Left and right of a person taken for left and right of the image.
- A reasoning question that can be answered without looking ("Why do people wear helmets?"). Reject as *trivial*.
- Brands, names and written words that nobody can read in the image.
- A detail response that invents moods: "a joyful atmosphere" needs a face that smiles.

## Examples

> **Instruction:** What is the cat lying on?
> **Response:** The cat is lying on a folded grey blanket at the end of the sofa.

Accept, when blanket and sofa are there.

> **Instruction:** According to the caption, what animal is shown?

Reject for *leaks the annotation*: the reader has no caption.

> **Instruction:** Why might the rider have stopped?
> **Response:** The traffic light in front of him is red, so he is probably waiting for it to change.

Accept: seen first, concluded after, and not too sure.

${inEveryPair}`

/** LLaVA-style questions about one image: conversation, detail and reasoning (LA of MIMIC-IT). */
export const la: Recipe = {
  id: 'la',
  prefix: 'LA',
  group: 'IMAGE_TEXT_IN_CONTEXT',
  text: { outputForm: 'kinds', systemMessage, contextTemplate },
  guidelines,
  taskDescription: 'Answer questions about a picture: conversation, detailed description and reasoning.',
  media: 'image',
  formats: ['coco', 'llava', 'labelme', 'via', 'voc', 'yolo', 'label-studio', 'karpathy', 'mimic-it', 'csv', 'jsonl', 'folder'],
  frames: null,
  relate: relateByKind,
}
