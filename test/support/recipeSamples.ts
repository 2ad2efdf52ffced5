import { boxSchema, type Context, type RecipeId } from '../../src/shared/domain'

interface Sample {
  readonly sourceId: string
  readonly files: readonly string[]
  readonly context: Context
}

const box = (label: string, media = 0) => boxSchema.parse({ label, x: 40, y: 60, width: 120, height: 90, media })

/** Items as the native samples give them, two where relations go across items. */
export const recipeSamples: Record<RecipeId, readonly Sample[]> = {
  la: [
    {
      sourceId: 'cat',
      files: ['cat.jpg'],
      context: { captions: ['A cat with green eyes looks up.', 'A tabby cat is close.'], boxes: [box('cat')] },
    },
    {
      sourceId: 'cup',
      files: ['coffee.jpg'],
      context: { captions: ['A red cup stands on a table.', 'A spoon lies beside it.'], boxes: [box('cup')] },
    },
  ],
  cgd: [
    {
      sourceId: 'space',
      files: ['rocket.jpg', 'hubble.jpg'],
      context: { captionsOf: [['A rocket stands on its pad.'], ['Many galaxies in the dark.']], boxes: [box('rocket'), box('galaxy', 1)] },
    },
    {
      sourceId: 'table',
      files: ['coffee.jpg', 'cat.jpg'],
      context: { captionsOf: [['A red cup on a table.'], ['A cat looks up.']], boxes: [box('cup'), box('cat', 1)] },
    },
  ],
  sd: [
    {
      sourceId: 'coins',
      files: ['coins_1.jpg', 'coins_2.jpg'],
      context: { differences: ['the fourth coin is gone', 'the fifth coin is missing'] },
    },
  ],
  vst: [
    {
      sourceId: '7001',
      files: ['rocket.jpg', 'hubble.jpg', 'astronaut.jpg'],
      context: {
        title: 'Space day',
        description: 'A day about going to space',
        images: [
          { title: 'Before the launch', tags: 'rocket dusk', story: ['the rocket was ready before sunrise .'] },
          { title: 'Far away', tags: 'stars', story: ['we talked about how far the galaxies are .'] },
          { title: 'The crew', tags: 'portrait', story: ['at the end we met a real astronaut .'] },
        ],
      },
    },
  ],
  dc: [
    {
      sourceId: 'launch_tour',
      files: ['launch_tour.mp4'],
      context: {
        duration: 12,
        sentences: [
          { start: 0, end: 4.2, text: 'The camera moves towards a rocket.' },
          { start: 4, end: 8.1, text: ' It then drifts across galaxies.' },
          { start: 8, end: 12, text: ' At the end an astronaut is shown.' },
        ],
      },
    },
  ],
  tvc: [
    {
      sourceId: 'launch_tour_1',
      files: ['launch_tour.mp4'],
      context: { clip: { start: 0, end: 4.2 }, descriptions: ['A rocket waits on its pad.', 'Bright lamps light the rocket.'] },
    },
    {
      sourceId: 'launch_tour_2',
      files: ['launch_tour.mp4'],
      context: { clip: { start: 8, end: 12 }, descriptions: ['An astronaut smiles at the camera.', 'She wears an orange suit.'] },
    },
  ],
  sn: [
    {
      sourceId: 'garage',
      files: ['motorcycle.jpg'],
      context: {
        objects: [
          'the motorcycle is red .',
          'a bench stands behind the motorcycle .',
          'a shelf with boxes is at the wall .',
          'the floor is made of concrete .',
        ],
        activities: ['A mechanic wants to change the oil.', 'A cleaner wants to sweep the floor.', 'A mover wants to carry the boxes out.'],
      },
    },
  ],
  e4d: [
    {
      sourceId: 'coffee_pov',
      files: ['coffee_pov.webm'],
      context: {
        narrations: [
          { time: 0.9, text: '#C C looks at the cup of espresso', objects: ['a red cup: [172, 18, 412, 308]'] },
          { time: 3.2, text: '#C C looks at the saucer', objects: ['a red saucer: [80, 80, 480, 390]'] },
          { time: 5.6, text: '#C C moves closer to the spoon', objects: [] },
        ],
      },
    },
  ],
  custom: [{ sourceId: 'flower', files: ['flower.jpg'], context: { colour: 'pink', place: 'a garden', season: 'late summer' } }],
}
