import path from 'node:path'
import { root } from '../../tools/runtime/paths.mjs'
import type { ImportFormat, OutputForm, RecipeId } from '../../src/shared/domain'
import { relations, type Relation } from './relations'

const annotation = (name: string) => path.join(root, 'resources/sample/annotations', name)

/** A recipe on its native sample files, and what is to come of them. */
export interface RecipeCase {
  readonly recipe: Exclude<RecipeId, 'custom'>
  readonly format: ImportFormat
  /** fields of the import dialog, and what is chosen in them */
  readonly files: Readonly<Record<string, string>>
  readonly items: number
  /** media that the review shows at once */
  readonly shows: { readonly images: number } | { readonly videos: number }
  /** what the model is told of the first item */
  readonly annotation: string
  readonly form: OutputForm
  readonly relation: Relation
  /** of the first exported pair */
  readonly imageIds: readonly string[]
}

const frames = (prefix: string, count: number, first = 0) =>
  Array.from({ length: count }, (_, at) => `${prefix}_${String(first + at).padStart(4, '0')}`)

const coco = {
  format: 'coco',
  files: {
    'Captions file (captions_*.json)': annotation('coco/captions.json'),
    'Instances file (instances_*.json)': annotation('coco/instances.json'),
  },
} as const

const catNotes = `- A close-up of a tabby cat with green eyes looking to the side.
- A brown striped cat's face fills the frame.
- A cat with long whiskers gazes past the camera.
- The cat has a pink nose and a striped forehead.
- A tabby cat in front of a blurred background.`

const file = 'Annotation file'
const filesMap = 'File map: JSON from IDs to file names (optional)'

export const recipeCases: readonly RecipeCase[] = [
  {
    recipe: 'la',
    ...coco,
    items: 8,
    shows: { images: 1 },
    annotation: `What is in the picture:
${catNotes}

Things in the picture, which is 451 wide and 300 high:
cat: [0, 0, 385, 300]`,
    form: 'kinds',
    relation: relations.byKind,
    imageIds: ['LA_IMG_1'],
  },
  {
    recipe: 'cgd',
    ...coco,
    items: 6,
    shows: { images: 2 },
    annotation: `Picture 1:
${catNotes}
cat: [0, 0, 385, 300]

Picture 2:
- A smiling astronaut in an orange suit poses for a portrait.
- A woman in an orange flight suit holds a black helmet in front of her.
- An astronaut stands before a flag and a model of a space shuttle.
- A portrait of an astronaut with a shuttle model in the background.
- A woman wears an orange space suit with a mission patch.
person: [20, 10, 400, 500]
helmet: [280, 340, 228, 170]
flag: [0, 0, 110, 300]
rocket: [350, 0, 110, 290]`,
    form: 'pairs',
    relation: relations.similar,
    imageIds: ['CGD_IMG_1_3_1', 'CGD_IMG_1_3_2'],
  },
  {
    recipe: 'sd',
    format: 'spot-the-diff',
    files: { [file]: annotation('spot_the_diff/train.json') },
    items: 1,
    shows: { images: 2 },
    annotation: `the fourth coin in the top row is gone
the fifth coin in the third row is missing
all the other coins are in the same place`,
    form: 'pairs',
    relation: relations.none,
    imageIds: ['SD_IMG_coins_1', 'SD_IMG_coins_2'],
  },
  {
    recipe: 'vst',
    format: 'vist',
    files: {
      [file]: annotation('visual_story_telling/train.story-in-sequence.json'),
      [filesMap]: annotation('visual_story_telling/files.json'),
    },
    items: 1,
    shows: { images: 3 },
    annotation: `Title: Space day
Description: A day about going to space

Picture 1: Before the launch
Tags: rocket launch dusk
Story: the rocket was ready before sunrise .

Picture 2: Far away
Tags: galaxies hubble stars
Story: we talked about how far the galaxies are .

Picture 3: The crew
Tags: astronaut portrait
Story: at the end we met a real astronaut .`,
    form: 'pairs',
    relation: relations.earlier,
    imageIds: ['VST_IMG_7001_1', 'VST_IMG_7001_2', 'VST_IMG_7001_3'],
  },
  {
    recipe: 'dc',
    format: 'activitynet',
    files: { [file]: annotation('dense_captions/train.json') },
    items: 2,
    shows: { videos: 1 },
    annotation: `timestamps: [[0, 4], [4, 8], [8, 12]]
sentences: ["The camera slowly moves towards a rocket standing on its launch pad at dusk.", "It then drifts across a field of distant galaxies.", "At the end a smiling astronaut in an orange suit is shown in a portrait."]`,
    form: 'pairs',
    relation: relations.mutual,
    imageIds: frames('DC_IMG_launch_tour', 12),
  },
  {
    recipe: 'tvc',
    format: 'tvc',
    files: { [file]: annotation('tv_captions/tvc_train.jsonl') },
    items: 2,
    shows: { videos: 1 },
    annotation: `1. A rocket waits on its pad between two lattice towers.
2. Bright lamps light the base of the rocket.`,
    form: 'pairs',
    relation: relations.mutual,
    imageIds: frames('TVC_IMG_launch_tour_1', 16),
  },
  {
    recipe: 'sn',
    format: 'scanrefer',
    files: {
      [file]: annotation('scene_navigation/scan_info.json'),
      'Activities file, one per line (optional)': annotation('scene_navigation/candidates.txt'),
      [filesMap]: annotation('scene_navigation/files.json'),
    },
    items: 1,
    shows: { images: 1 },
    // Five objects of five, shuffled; nine activities drawn from ten.
    annotation: `What is in the room:
- a metal shelf with cardboard boxes stands against the back wall .
- a red crate is on the lower shelf .
- the floor is made of concrete .
- the motorcycle is red and stands in the middle of the room .
- there is a wooden bench behind the motorcycle , on the left .

What somebody may want to do:
- A mover wants to carry the boxes out.
- An insurer wants to list what is in the garage.
- A child wants to find the red crate.
- A buyer wants to inspect the motorcycle before a test ride.
- A photographer wants to take a picture of the motorcycle.
- A carpenter wants to repair the bench.
- A cleaner wants to sweep the floor.
- A parent wants to tidy up the shelves.
- A mechanic wants to change the oil of the motorcycle.`,
    form: 'conversations',
    relation: relations.earlierRounds,
    imageIds: ['SN_IMG_garage'],
  },
  {
    recipe: 'e4d',
    format: 'ego4d',
    files: { [file]: annotation('ego4d/processed_all_anns.json') },
    items: 1,
    shows: { videos: 1 },
    annotation: `timestamp: 0.9
narration: #C C looks at the cup of espresso
objects: a red cup: [172, 18, 412, 308]; a wooden table: [0, 0, 600, 400]

timestamp: 3.2
narration: #C C looks at the saucer
objects: a red saucer: [80, 80, 480, 390]

timestamp: 5.6
narration: #C C moves closer to the spoon
objects: a metal spoon: [322, 60, 422, 330]`,
    form: 'pairs',
    relation: relations.mutual,
    imageIds: frames('E4D_IMG_coffee_pov_1', 8),
  },
]
