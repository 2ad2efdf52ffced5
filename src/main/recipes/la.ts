import type { Recipe } from './recipe'
import { relateByKind } from './relations/relate'
import { otherFields } from './template'

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

/** LLaVA-style questions about one picture: conversation, detail and reasoning (LA of MIMIC-IT). */
export const la: Recipe = {
  id: 'la',
  prefix: 'LA',
  group: 'IMAGE_TEXT_IN_CONTEXT',
  text: { outputForm: 'kinds', systemMessage, contextTemplate },
  taskDescription: 'Answer questions about a picture: conversation, detailed description and reasoning.',
  media: 'image',
  formats: ['coco', 'llava', 'labelme', 'via', 'voc', 'yolo', 'label-studio', 'karpathy', 'mimic-it', 'csv', 'jsonl', 'folder'],
  frames: null,
  relate: relateByKind,
}
