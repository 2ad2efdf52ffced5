import type { en } from '../en'
import type { Translation } from '../translation'

export const projects = {
  tagline: 'Multimodale instructiedata opstellen, beoordelen en exporteren.',
  sampleTitle: 'Probeer het voorbeeldproject',
  sampleText:
    'Een paar echte foto’s met bijschriften en kaders. Beoordeel het eerste paar binnen een minuut, zonder sleutel en zonder netwerk.',
  sample: 'Het voorbeeldproject openen',
  create: 'Nieuw project…',
  open: 'Openen…',
  openTitle: 'Kies een projectmap (naam.exemplar)',
  recent: 'Recente projecten',
  recentEmpty: 'Projecten die u opent, staan hier.',
  missing: 'niet gevonden',
  missingHint: 'Op {{path}} is niets meer.',
  forget: '{{name}} vergeten',
  openRecent: '{{name}} openen, {{path}}',
  newTitle: 'Nieuw project',
  name: 'Naam',
  namePlaceholder: 'Straatbeelden',
  folder: 'Map',
  folderHint: 'Het project komt op {{path}}',
  recipe: 'Recept',
  recipeHint: 'Wat uw items zijn, en wat erover wordt opgesteld. Het blijft bij het project.',
  recipes: {
    la: {
      title: 'LA: vragen over een foto',
      text: 'Eén foto met bijschriften en kaders. Gesprek, beschrijving en redenering worden daaruit opgesteld, zoals in LLaVA.',
    },
    cgd: {
      title: 'CGD: twee gelijkende foto’s',
      text: 'Twee foto’s die op elkaar lijken, elk met bijschriften en kaders. De paren vragen wat ze delen en wat ze onderscheidt.',
    },
    sd: {
      title: 'SD: zoek het verschil',
      text: 'Twee opnamen van één plaats, zoals een parkeerplaats, en de zinnen die vertellen wat er veranderd is. Ook waar niets veranderd is.',
    },
    vst: {
      title: 'VST: een verhaal in een album',
      text: 'Een album in zijn volgorde, met titels, labels en de zinnen van een verhaal. De paren volgen mensen en gebeurtenissen erdoor.',
    },
    dc: {
      title: 'DC: wat er in een video gebeurt',
      text: 'Een video met zinnen die elk van een seconde tot een andere gelden. De paren vragen wat er gebeurt, wanneer, en waarom.',
    },
    tvc: {
      title: 'TVC: scènes uit een serie',
      text: 'Een kort fragment van een serie of film met beschrijvingen van de scène. De paren vragen wie wat doet, en wat zij voelen.',
    },
    sn: {
      title: 'SN: plannen voor een kamer',
      text: 'Een kamer waar doorheen wordt gelopen, met de voorwerpen en wat er te doen is. Drie gesprekken van drie beurten, elk antwoord met zijn reden.',
    },
    e4d: {
      title: 'E4D: door uw eigen ogen',
      text: 'Video van een camera die iemand draagt, stap voor stap verteld. Een assistent helpt bij wat de handen doen.',
    },
    custom: {
      title: 'Eigen: uw eigen recept',
      text: 'Uw eigen velden, sjabloon, uitvoer en relatie van paren. Daarnaar wordt gevraagd zodra het project er is.',
    },
  },
  recoverTitle: 'Een beschadigd project herstellen',
  recoverDamaged: 'Het projectbestand is beschadigd',
  recoverReading: 'Lezen wat te redden is…',
  recoverHint: 'Kies waarmee u verdergaat. Tot dan verandert er niets, en het beschadigde bestand blijft in de projectmap bewaard.',
  recoverSalvaged: 'Hersteld uit het beschadigde bestand',
  recoverBackup: 'Back-up van {{date}}',
  recoverNoBackup: 'Geen gave back-up',
  recoverNothing: 'Uit het beschadigde bestand was niets te herstellen.',
  recoverLost: 'Delen van deze tabellen zijn verloren: {{tables}}.',
  recoverLeftOut_one: '{{count}} rij hoort bij een verloren rij en valt weg.',
  recoverLeftOut_other: '{{count}} rijen horen bij verloren rijen en vallen weg.',
  recoverUseSalvaged: 'Herstelde gegevens gebruiken',
  recoverUseBackup: 'Back-up gebruiken',
  recoverSound: 'Het project is gaaf. Er is niets veranderd.',
  recoverOpen: 'Project openen',
  recoverCounts: { items: 'Items', candidates: 'Paren', decisions: 'Beslissingen', runs: 'Runs', newestDecision: 'Nieuwste beslissing' },
  createNow: 'Het project maken',
} satisfies Translation<(typeof en)['projects']>
