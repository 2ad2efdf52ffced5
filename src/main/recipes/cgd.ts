import { inEveryPair, type Recipe } from './recipe'
import { relateSimilar } from './relate'

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

const guidelines = `# Differences between two similar images

The images were paired because they look alike. A good pair helps somebody to tell them apart. Use *blink* (K) and *difference* (D).

## Accept

- An instruction that needs **both** images: what sets them apart, what they share, which of them fits a description.
- A response that says plainly which image it speaks of: "the first", "the second", each time.
- Differences that matter: what is there, how many, what is done, where, in what light.

## Typical faults

- One image is described well and the other hardly at all. Edit when the missing half is short.
- First and second are swapped. Check every clause; it is the most frequent fault here.
- A difference that comes from the captions only: one caption mentions a window, the other does not, and both images have one.
- "The first has more people" where the boxes leave out those in the background. Count.
- Differences of size, crop or file rather than of what is shown.
- A list of everything that is the same. Reject as *trivial*.

## Examples

> **Instruction:** What is the main difference between these two kitchens?
> **Response:** In the first, someone is cooking at the stove; the second is empty, and its chairs are put up on the table.

Accept, when both halves hold.

> **Instruction:** What does the first image show?

Reject: it needs one image only.

${inEveryPair}`

/**
 * General differences between two similar images (CGD of MIMIC-IT). Its in-context rule is unpublished; similar instructions of other pairs
 * are used.
 */
export const cgd: Recipe = {
  id: 'cgd',
  prefix: 'CGD',
  group: 'IMAGE_TEXT_IN_CONTEXT',
  text: { outputForm: 'pairs', systemMessage, contextTemplate },
  guidelines,
  taskDescription: 'Compare two similar pictures.',
  media: 'pair',
  formats: ['coco', 'mimic-it', 'jsonl'],
  frames: null,
  relate: relateSimilar,
}
