import type { en } from '../en'
import type { Translation } from '../translation'

export const spelling = {
  title: 'Spelling',
  menu: 'In plaats van “{{word}}”',
  none: 'Geen suggestie',
  add: 'Aan de woorden van het project toevoegen',
  added: '“{{word}}” is nu een van de woorden van het project.',
  replaced: '“{{word}}” is ingevuld.',
  allRight: 'Geen woord van dit veld is fout gespeld.',
  setting: 'De spelling controleren',
  settingHint:
    'Onderstreept foute Engelse woorden terwijl u een paar bewerkt. Alt+. gaat naar het volgende en stelt andere voor. Namen van het item zijn goed.',
  words: 'Woorden van het project',
  wordsHint: 'Goed in dit project, wat het woordenboek ook zegt. Druk na elk woord op Enter.',
} satisfies Translation<(typeof en)['spelling']>
