import type { en } from '../en'
import type { Translation } from '../translation'

export const context = {
  empty: 'Van dit item is niets bekend dan zijn media.',
  noDifference: 'Er is er geen.',
  nothing: 'niets',
  yes: 'ja',
  no: 'nee',
  span: '{{start}} tot {{end}}',
  area: '{{width}} × {{height}} op {{x}}, {{y}}',
  onPicture: 'op foto {{number}}',
  picture: 'Foto {{number}}',
  all: 'Alle {{count, number}} tonen',
  fewer: 'Minder tonen',
  fields: {
    captions: 'Bijschriften',
    captionsOf: 'Bijschriften',
    boxes: 'Kaders',
    conversation: 'Gesprek',
    differences: 'Verschillen',
    title: 'Titel',
    description: 'Beschrijving',
    images: 'Foto’s van het album',
    duration: 'Duur',
    clip: 'Fragment',
    sentences: 'Zinnen met tijden',
    descriptions: 'Beschrijvingen',
    objects: 'Voorwerpen',
    activities: 'Bezigheden',
    narrations: 'Vertellingen',
  },
} satisfies Translation<(typeof en)['context']>
