import type { Recipe } from './recipe'
import { relateEarlier } from './relations/relate'
import { otherFields } from './template'

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

/**
 * Stories of albums (VST of MIMIC-IT, after VIST). Albums have different numbers of pictures, which only Otter's video group takes in one
 * batch.
 */
export const vst: Recipe = {
  id: 'vst',
  prefix: 'VST',
  group: 'VIDEO_TEXT',
  text: { outputForm: 'pairs', systemMessage, contextTemplate },
  taskDescription: 'Tell and discuss the story of an album of pictures.',
  media: 'album',
  formats: ['vist', 'jsonl'],
  frames: null,
  relate: relateEarlier,
}
