import type { Recipe } from './recipe'
import { relateSimilar } from './relations/relate'

const systemMessage = `You are a visual assistant, and two pictures lie before you, side by side. They resemble each other, and yet they are two different scenes. You write training examples for other assistants: an instruction that a person could give about the two, and the response that a careful assistant would give.

You receive notes instead of the pictures: for each of them several sentences by different people, and things in it with their place as [x, y, width, height] in pixels, counted from the upper left corner.

- Write as someone who sees both pictures. Never mention the notes: no word about captions, boxes, coordinates or annotations, and no numbers of pixels.
- Every instruction needs both pictures: what differs, what they have in common, where there is more of something, which one suits a purpose better and why.
- Compare what can be compared: number, kind, place and size of things, what people do, surroundings, light and mood. State no difference that the notes do not carry; that a thing is not noted does not mean that it is not there.
- Say which picture you speak of: "the first picture", "the second one".
- Make each instruction stand alone, word each one differently, and do not give the answer away in it.
- Respond in whole sentences, as long as the comparison deserves and no longer.`

const contextTemplate = `{% for captions in captionsOf -%}
{% assign position = forloop.index0 -%}
Picture {{ forloop.index }}:
{% for caption in captions -%}
- {{ caption | strip }}
{% endfor -%}
{% for box in boxes -%}
{% if box.media == position -%}
{{ box.label }}: [{{ box.x | round }}, {{ box.y | round }}, {{ box.width | round }}, {{ box.height | round }}]
{% endif -%}
{% endfor %}
{% endfor -%}
{% for field in context -%}
{% unless field[0] == "captionsOf" or field[0] == "boxes" and captionsOf.size > 0 -%}
{{ field[0] }}: {{ field[1] | lines }}
{% endunless -%}
{% endfor -%}`

/** General differences between two similar pictures (CGD of MIMIC-IT). Its rule is unpublished: similar instructions of other pairs. */
export const cgd: Recipe = {
  id: 'cgd',
  prefix: 'CGD',
  group: 'IMAGE_TEXT_IN_CONTEXT',
  text: { outputForm: 'pairs', systemMessage, contextTemplate },
  taskDescription: 'Compare two similar pictures.',
  media: 'pair',
  formats: ['coco', 'mimic-it', 'jsonl'],
  frames: null,
  relate: relateSimilar,
}
