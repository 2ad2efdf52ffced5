import type { en } from '../en'
import type { Translation } from '../translation'

export const recipe = {
  title: 'Eigen recept',
  intro: 'Waaruit een item bestaat, wat erover wordt opgesteld, en welke paren bij de training bijeen horen.',
  menu: 'Eigen recept…',
  fields: 'Velden',
  fieldsHint: 'Namen van de velden van uw import, zoals title of duration. Druk na elk op Enter.',
  fieldsAll: 'Zonder velden krijgt het model elk veld van een item.',
  badField: '“{{field}}” is geen naam: laat aanhalingstekens, accolades en procenttekens weg.',
  takeFound: 'De velden van het eerste item nemen: {{fields}}',
  prefix: 'Voorvoegsel van ids',
  prefixHint: 'Staat voor elke id van een export, zoals {{prefix}}_INS_00001.',
  prefixWrong: 'Gebruik ten hoogste 12 hoofdletters en cijfers, te beginnen met een letter.',
  relation: 'Verwante paren',
  relations: {
    none: 'Geen',
    earlier: 'Eerdere paren van het item',
    mutual: 'Alle andere paren van het item',
    'similar-text': 'Gelijkend naar instructie',
    'similar-image': 'Gelijkend naar foto',
  },
  relationHints: {
    none: 'rel_ins_ids en de trainingslijst van een export blijven leeg.',
    earlier: 'Wat in rel_ins_ids en de trainingslijst van een export komt.',
    mutual: 'Wat in rel_ins_ids en de trainingslijst van een export komt.',
    'similar-text': 'Tien paren van andere items waarvan de instructies het meest gelijken.',
    'similar-image': 'Tien paren van andere items waarvan de eerste foto’s het meest gelijken.',
  },
  template: 'Eerste sjabloon',
  templateHint: 'Uit de velden gemaakt. Bij het opslaan wordt het een nieuwe promptversie.',
  templateTyped: 'U hebt het veranderd, dus volgt het de velden niet meer.',
  generate: 'Weer uit de velden maken',
  templateKept: 'Het sjabloon van het project zoals het is.',
  save: 'Het recept opslaan',
  saved: 'Het recept is opgeslagen.',
} satisfies Translation<(typeof en)['recipe']>
