export const projects = {
  tagline: 'Draft, review and export multimodal instruction data.',
  sampleTitle: 'Try the sample project',
  sampleText: 'A few real pictures with captions and boxes. Review the first pair within a minute, without a key and without a network.',
  sample: 'Open the sample project',
  create: 'New project…',
  open: 'Open…',
  openTitle: 'Choose a project folder (name.exemplar)',
  recent: 'Recent projects',
  recentEmpty: 'Projects that you open are listed here.',
  missing: 'not found',
  missingHint: 'There is nothing at {{path}} any more.',
  forget: 'Forget {{name}}',
  updating:
    '{{name}} is of an earlier version of Exemplar and is being brought up to date. A copy of it as it was is kept in its backups folder.',
  openRecent: 'Open {{name}}, {{path}}',
  newTitle: 'New project',
  name: 'Name',
  namePlaceholder: 'Street scenes',
  folder: 'Folder',
  folderHint: 'The project becomes {{path}}',
  recipe: 'Recipe',
  recipeHint: 'What your items are, and what is drafted about them. It stays with the project.',
  recipes: {
    la: {
      title: 'LA: questions about a picture',
      text: 'One picture with its captions and boxes. Conversation, description and reasoning are drafted from them, as in LLaVA.',
    },
    cgd: {
      title: 'CGD: two similar pictures',
      text: 'Two pictures that resemble each other, each with captions and boxes. The pairs ask what they share and what sets them apart.',
    },
    sd: {
      title: 'SD: spot the difference',
      text: 'Two views of one place, such as a car park, and the sentences that tell what has changed. Also where nothing has changed.',
    },
    vst: {
      title: 'VST: a story in an album',
      text: 'An album in its order, with titles, tags and the sentences of a story. The pairs follow people and events through it.',
    },
    dc: {
      title: 'DC: what happens in a video',
      text: 'A video with sentences that each hold from one second to another. The pairs ask what happens, when, and why.',
    },
    tvc: {
      title: 'TVC: scenes of a series',
      text: 'A short clip of a series or film with descriptions of its scene. The pairs ask who does what, and what they feel.',
    },
    sn: {
      title: 'SN: plans for a room',
      text: 'A room that is walked through, with its objects and things to do there. Three conversations of three rounds, each answer with its reason.',
    },
    e4d: {
      title: 'E4D: through your own eyes',
      text: 'Video of a camera that somebody wears, narrated step by step. An assistant helps with what the hands are doing.',
    },
    custom: {
      title: 'Custom: your own recipe',
      text: 'Your own fields, template, output and relation of pairs. You are asked for them once the project is there.',
    },
  },
  createNow: 'Create the project',
} as const
