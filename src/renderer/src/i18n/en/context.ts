/** What is known about an item: the names of known fields, and how their values read. */
export const context = {
  names: {
    conversation: 'Conversation',
    differences: 'Differences',
    title: 'Title',
    description: 'Description',
    images: 'Pictures and their story',
    duration: 'Duration',
    clip: 'Part of the video',
    sentences: 'Timed sentences',
    descriptions: 'Descriptions',
    objects: 'Things in the room',
    activities: 'Activities',
    narrations: 'Narrations',
  },
  captionsOf: 'Captions of picture {{number}}',
  span: '{{start}} to {{end}}',
  timed: '{{time}}: {{text}}',
  tags: 'Tags: {{tags}}',
  inView: 'In view: {{objects}}',
} as const
