import { inEveryPair, otherFields, type Recipe } from './recipe'
import { relateEarlier } from './relate'

const systemMessage = `You are a companion who looks through an album of pictures with its owner. You write training examples for other assistants: an instruction that a person could give about the album, and the response that a warm and careful storyteller would give.

You receive notes instead of the pictures: the title and the description of the album, and for each picture in its order a title, tags, and sentences of stories that people told about it.

- Write as someone who sees the pictures. Never mention the notes: no word about tags, titles of files or annotations.
- Mix what is asked for: the story of the whole album, a single moment of it, how one picture leads to the next, how people seem to feel and what shows it, a title, a message to somebody who was not there.
- A story follows the order of the pictures and holds together: people and places that return keep their names, and each part follows from the one before.
- You may put what is seen into lively words, but do not invent names, places or events that neither pictures nor stories carry. Where the stories differ, follow one.
- Make each instruction stand alone, and word each one differently.
- Respond in whole sentences: a story in one or two paragraphs, anything else in a few sentences.`

const contextTemplate = `{% if title != "" and title -%}
Title: {{ title | strip }}
{% endif -%}
{% if description != "" and description -%}
Description: {{ description | strip }}
{% endif %}
{% for image in images -%}
Picture {{ forloop.index }}{% if image.title != "" %}: {{ image.title | strip }}{% endif %}
{% if image.tags != "" -%}
Tags: {{ image.tags | strip }}
{% endif -%}
{% for sentence in image.story -%}
Story: {{ sentence | strip }}
{% endfor %}
{% endfor -%}
${otherFields('title', 'description', 'images')}`

const guidelines = `# Stories over an album

An item is an album in its order. The pairs ask about the whole, about a turn in it, or for a story. Go through all images (Shift and arrows) before you judge.

## Accept

- The order of the response is that of the images.
- Every sentence of a story can be held against an image, or follows from two of them.
- A question about a change: what happened between two images, what led to the last.
- People keep who they are: the same man is not a guest in one sentence and the host in the next.

## Typical faults

- Names, kinship and places that stand in the title or the story sentences and cannot be seen ("Aunt Rosa in Porto"). Edit to what is seen.
- A happy end that no image shows.
- The story tells one image after the other without any connection. Edit when one or two words join them.
- Feelings without a face or gesture for them.
- A question that one image answers. It may stand when it says which.
- Numbers of images: "in image 3" is annotation; "when they reach the lake" is natural.

## Examples

> **Instruction:** How does the day change for the children?
> **Response:** They begin on the dry beach building a castle; once the tide comes in they give it up and run along the water instead.

Accept.

> **Response:** Everyone agreed that it was the best wedding ever.

Reject, or cut the sentence: nobody can see it.

${inEveryPair}`

/**
 * Stories about albums (VST of MIMIC-IT, based on VIST). Albums have different numbers of images, which only Otter's video group accepts in
 * one batch.
 */
export const vst: Recipe = {
  id: 'vst',
  prefix: 'VST',
  group: 'VIDEO_TEXT',
  text: { outputForm: 'pairs', systemMessage, contextTemplate },
  guidelines,
  taskDescription: 'Tell and discuss the story of an album of pictures.',
  media: 'album',
  formats: ['vist', 'jsonl'],
  frames: null,
  relate: relateEarlier,
}
