import type { en } from '../en'
import type { Translation } from '../translation'

export const comfort = {
  section: 'Uiterlijk',
  contrast: 'Hoog contrast',
  contrastHint: 'Systeem volgt ook een systeem dat om hoog contrast vraagt.',
  useContrast: 'Het thema met hoog contrast gebruiken',
  language: 'Taal',
  languages: { system: 'Systeem', en: 'English', nl: 'Nederlands' },
  textSize: 'Grootte van de tekst',
  textSizeNow: 'Grootte van de tekst: {{share}}',
  panes: 'Deelvensters',
  panesHint:
    'Sleep de rand van een deelvenster, of verplaats hem met de pijltoetsen als hij de focus heeft. Dubbelklikken of Enter zet hem terug.',
  resetPanes: 'Alle deelvensters terugzetten',
  edges: {
    libraryInspector: 'Breedte van het deelvenster van het item',
    reviewSide: 'Breedte van het deelvenster van het paar',
    reviewDetails: 'Hoogte van wat over het paar bekend is',
    promptPreview: 'Breedte van de voorvertoning',
  },
  paletteKeys: 'Op dit scherm',
  tour: {
    start: 'De rondleiding tonen',
    again: 'De rondleiding door het venster nog eens volgen',
    next: 'Volgende',
    back: 'Terug',
    skip: 'De rondleiding beëindigen',
    close: 'Klaar',
    closeTour: 'De rondleiding beëindigen',
    place: '{{step}} van {{steps}}',
    steps: {
      pair: {
        title: 'Media en paar',
        text: 'Links staan de media van een item; zoom met het wiel of met + en −. Rechts staat een paar dat erover is opgesteld: een instructie en een antwoord.',
      },
      decide: {
        title: 'Toetsen die beslissen',
        text: '{{accept}} accepteert, {{reject}} wijst af met een reden, {{ignore}} laat weg. Het volgende paar komt meteen, en {{undo}} neemt elke beslissing terug.',
      },
      edit: {
        title: 'Bewerken',
        text: 'Bijna goed? {{edit}} opent de tekst om te bewerken, {{save}} slaat op en accepteert. Wat u typt, blijft bewaard, ook als het venster sluit.',
      },
      exemplars: {
        title: 'Voorbeelden en prompt',
        text: 'Geaccepteerde paren worden voorbeelden: de volgende prompts tonen ze aan het model. Hier ziet u precies wat het model krijgt.',
      },
      export: {
        title: 'Exporteren',
        text: 'Zijn de paren beoordeeld, exporteer dan de geaccepteerde als MIMIC-IT of JSONL. De bestanden worden teruggelezen en gecontroleerd.',
      },
    },
  },
  problems: {
    'wrong-use': 'Dat kan niet',
    'not-found': 'Niet gevonden',
    exists: 'Het bestaat al',
    'unreadable-project': 'Het project is niet te lezen',
    'newer-project': 'Het project is van een nieuwere versie',
    'older-project': 'Het project is van een eerdere versie',
    'damaged-project': 'Het project is beschadigd',
    'read-only': 'Het kan alleen worden gelezen',
    'disk-full': 'De schijf is vol',
    busy: 'Het is in gebruik',
    hidden: 'Verborgen bij blind beoordelen',
    'bad-file': 'Het bestand is anders dan verwacht',
    'bad-media': 'De media zijn niet te lezen',
    'bad-template': 'Het sjabloon is fout',
    'no-key': 'Er is geen sleutel',
    provider: 'De server van het model antwoordde met een fout',
    conflict: 'Het is intussen veranderd',
    internal: 'Er ging iets mis',
  },
} satisfies Translation<(typeof en)['comfort']>
