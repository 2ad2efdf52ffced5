import type { Language } from '../../shared/comfort'

const english = {
  file: 'File',
  projects: 'Projects',
  settings: 'Settings',
  close: 'Close',
  quit: 'Quit',
  edit: 'Edit',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  selectAll: 'Select All',
  view: 'View',
  fullScreen: 'Full Screen',
  help: 'Help',
  keys: 'Keys',
}

/** The menu's words; the page's own are in `renderer/src/i18n`, which main does not load. */
export const menuTexts: Readonly<Record<Language, typeof english>> = {
  en: english,
  nl: {
    file: 'Bestand',
    projects: 'Projecten',
    settings: 'Instellingen',
    close: 'Sluiten',
    quit: 'Afsluiten',
    edit: 'Bewerken',
    cut: 'Knippen',
    copy: 'Kopiëren',
    paste: 'Plakken',
    selectAll: 'Alles selecteren',
    view: 'Beeld',
    fullScreen: 'Volledig scherm',
    help: 'Help',
    keys: 'Toetsen',
  },
}
