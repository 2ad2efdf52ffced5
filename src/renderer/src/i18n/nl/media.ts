import type { en } from '../en'
import type { Translation } from '../translation'

/** The viewer of pictures and films. */
export const media = {
  adjust: 'Helderheid, contrast, draaiing',
  brightness: 'Helderheid',
  contrast: 'Contrast',
  percent: '{{value, number}} %',
  rotate: 'Draaien',
  reset: 'Weergave terugzetten',
  broken: 'Een medium van item {{item}} kan niet worden getoond.',
  looking: 'Kijken waarom {{name}} niet kan worden getoond…',
  unknownImage:
    '{{name}}: het bestand is zoals het is geïmporteerd, en het venster kan het niet lezen. Zet het om naar JPEG of PNG en importeer dat.',
  unknownVideo:
    '{{name}}: het bestand is zoals het is geïmporteerd, en het venster kan het niet afspelen ({{why}}). Zet het om naar een MP4-bestand met H.264 en importeer dat.',
  noReason: 'geen reden gegeven',
  judgeAnyway: 'U kunt het paar toch beoordelen aan de hand van zijn context.',
  again: 'Opnieuw proberen',
  missingOf: 'Item {{item}} mist media.',
  play: 'Afspelen',
  pause: 'Stilzetten',
  position: 'Plaats in de film',
  mute: 'Geluid uit',
  speed: '{{speed, number}}×',
  seek: 'Ga naar {{time}}',
  said: {
    turned: '{{degrees}} graden gedraaid.',
    brightness: 'Helderheid {{value, number}} %.',
    contrast: 'Contrast {{value, number}} %.',
    reset: 'Getoond zoals het kwam.',
    labelsShown: 'De namen van kaders worden getoond.',
    labelsHidden: 'De namen van kaders zijn verborgen.',
    speed: 'Snelheid {{speed, number}}×.',
    noBoxes: 'Dit item heeft geen kaders.',
    noBox: 'Er is geen kader aangewezen.',
    box_zero: 'Kader {{number}} van {{total}}: {{label}}. Geen woord noemt het.',
    box_one: 'Kader {{number}} van {{total}}: {{label}}. Eén woord is aangewezen.',
    box_other: 'Kader {{number}} van {{total}}: {{label}}. {{count, number}} woorden zijn aangewezen.',
    medium: 'Foto {{number}} van {{total}}: {{name}}.',
  },
} satisfies Translation<(typeof en)['media']>
