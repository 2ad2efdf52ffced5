import type { en } from '../en'
import type { Translation } from '../translation'

export const common = {
  productName: 'Exemplar',
  cancel: 'Annuleren',
  close: 'Sluiten',
  choose: 'Kiezen…',
  chooseFor: 'Kiezen: {{label}}',
  chooseFolder: 'Map kiezen…',
  chooseFolderFor: 'Map kiezen: {{label}}',
  nothingChosen: 'Niets gekozen',
  tryAgain: 'Opnieuw proberen',
  loading: 'Laden…',
  demo: 'demo',
  problemItem: 'Item: {{item}}',
  codeFault: 'Er ging iets mis in het venster zelf',
  states: {
    pending: 'Open',
    accepted: 'Geaccepteerd',
    edited: 'Bewerkt',
    rejected: 'Afgewezen',
    ignored: 'Genegeerd',
  },
} satisfies Translation<(typeof en)['common']>
