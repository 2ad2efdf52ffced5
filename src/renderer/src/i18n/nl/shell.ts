import type { en } from '../en'
import type { Translation } from '../translation'

export const shell = {
  skipToContent: 'Naar de inhoud',
  screensLabel: 'Schermen',
  screens: {
    library: 'Bibliotheek',
    prompt: 'Prompt',
    runs: 'Runs',
    review: 'Beoordelen',
    exemplars: 'Voorbeelden',
    export: 'Exporteren',
  },
  palette: 'Opdrachten',
  paletteSearch: 'Ga naar een scherm of doe iets…',
  paletteNothing: 'Geen opdracht heeft deze woorden.',
  paletteScreens: 'Schermen',
  paletteActions: 'Acties',
  settings: 'Instellingen',
  keys: 'Toetsen',
  projectMenu: 'Project {{name}}',
  showFolder: 'Tonen in map',
  checkProject: 'Het project controleren',
  closeProject: 'Het project sluiten',
  saved: 'Opgeslagen',
  savedHint: 'Alles wat u deed, is in het project opgeslagen.',
  saving: 'Opslaan…',
  savingHint: 'Wat u het laatst deed, wordt opgeslagen.',
  unsavedPrompt: 'Prompt niet opgeslagen',
  unsavedPromptHint:
    'Uw wijzigingen van de prompt worden als concept bewaard; runs gebruiken de opgeslagen versie. Sla hem op in het promptscherm.',
  readOnly: 'Alleen geopend om te lezen',
  healthy: 'Het project is in orde: {{count}} controles geslaagd.',
  goTo: 'Ga naar {{screen}}',
  themeAuto: 'Het thema van het systeem gebruiken',
  themeLight: 'Het lichte thema gebruiken',
  themeDark: 'Het donkere thema gebruiken',
} satisfies Translation<(typeof en)['shell']>
