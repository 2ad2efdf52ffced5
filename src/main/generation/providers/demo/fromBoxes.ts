import type { Box, Item } from '../../../../shared/domain'
import type { DemoDraft } from './draft'
import { capitalized, counted, listed, numberWord, plural } from './english'
import { area, biggestFirst, centreX, placeIn, relationOf, type Frame } from './places'

/** Things of one kind in one picture. */
interface Group {
  readonly label: string
  readonly boxes: readonly Box[]
}

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth']

/** What fills more than this share of the picture has no place in it. */
const mostOfPicture = 0.8

/** Questions about number, place and size, picture by picture. */
export function draftsFromBoxes(item: Item): DemoDraft[] {
  const boxes = (item.context.boxes ?? []).filter(({ label }) => label.trim() !== '')
  const positions = [...new Set(boxes.map(({ media }) => media))]
  return positions.flatMap((position) => {
    const medium = item.media[position]
    const noun = medium?.kind === 'video' ? 'clip' : 'picture'
    const picture = item.media.length > 1 ? `${ordinals[position] ?? 'last'} ${noun}` : noun
    const size = medium?.width && medium.height ? { width: medium.width, height: medium.height } : null
    return draftsOfPicture(groupByLabel(boxes.filter(({ media }) => media === position)), picture, size)
  })
}

function groupByLabel(boxes: readonly Box[]): Group[] {
  const groups = Map.groupBy(boxes, ({ label }) => label.trim().toLowerCase())
  return [...groups].map(([label, members]) => ({ label, boxes: members }))
}

function draftsOfPicture(groups: readonly Group[], picture: string, frame: Frame | null): DemoDraft[] {
  const single = groups
    .flatMap(({ label, boxes }) => (boxes.length === 1 && boxes[0] ? [{ label, box: boxes[0] }] : []))
    .filter(({ box }) => !frame || area(box) < mostOfPicture * frame.width * frame.height)
  const inventory = listed(groups.map(({ label, boxes }) => counted(boxes.length, label)))
  const drafts: DemoDraft[] = [
    {
      kind: 'conversation',
      wordings: ['Which things can you make out in the {picture}?', 'What objects are visible in the {picture}?'],
      words: { picture },
      response: `I can make out ${inventory} in the ${picture}.`,
      more: '',
    },
    ...groups.map((group) => countQuestion(group, picture)),
    ...(frame ? single.map(({ label, box }) => placeQuestion(label, box, picture, frame)) : []),
    ...(groups.length > 1 ? [firstGlance(groups, picture)] : []),
    ...(single.length > 2 ? [guidedTour(single, picture)] : []),
  ]
  for (const [index, one] of single.entries())
    for (const other of single.slice(index + 1)) drafts.push(...pairQuestions(one, other, picture))
  return drafts
}

function countQuestion({ label, boxes }: Group, picture: string): DemoDraft {
  const count = boxes.length
  return {
    kind: 'count',
    wordings: [
      'How many {plural} are there in the {picture}?',
      'Can you count the {plural} in the {picture}?',
      'What is the number of {plural} to be seen here?',
    ],
    words: { plural: plural(label), picture },
    response: `There ${count === 1 ? 'is' : 'are'} ${numberWord(count)} ${count === 1 ? label : plural(label)} in the ${picture}.`,
    more: '',
  }
}

function placeQuestion(label: string, box: Box, picture: string, frame: Frame): DemoDraft {
  const share = area(box) / (frame.width * frame.height)
  return {
    kind: 'position',
    wordings: ['Where in the {picture} is the {label}?', 'In which part of the {picture} do you find the {label}?'],
    words: { label, picture },
    response: `The ${label} is ${placeIn(box, frame)} of the ${picture}.`,
    more: share > 0.3 ? 'It fills a good part of the view.' : share < 0.03 ? 'It is rather small.' : '',
  }
}

function pairQuestions(one: { label: string; box: Box }, other: { label: string; box: Box }, picture: string): DemoDraft[] {
  const words = { one: one.label, other: other.label, picture }
  const relation = relationOf(one.box, other.box)
  const [larger, smaller] = area(one.box) >= area(other.box) ? [one, other] : [other, one]
  const ratio = area(larger.box) / Math.max(1, area(smaller.box))
  const position: DemoDraft = {
    kind: 'position',
    wordings: ['Where is the {one} in relation to the {other}?', 'Looking at the {other}, where would you find the {one}?'],
    words,
    response: `The ${one.label} ${relation('the ' + other.label)}.`,
    more: '',
  }
  if (ratio < 1.4) return [position]
  return [
    position,
    {
      kind: 'comparison',
      wordings: [
        'Which takes up more room in the {picture}, the {one} or the {other}?',
        'Which looks larger here, the {one} or the {other}?',
      ],
      words,
      response: `The ${larger.label} looks ${ratio > 4 ? 'far ' : ''}larger than the ${smaller.label} in the ${picture}.`,
      more: '',
    },
  ]
}

function firstGlance(groups: readonly Group[], picture: string): DemoDraft {
  const [largest] = biggestFirst(groups.flatMap(({ label, boxes }) => boxes.map((box) => ({ label, box }))))
  const label = largest?.label ?? ''
  return {
    kind: 'reasoning',
    wordings: [
      'What would draw a viewer’s eye first in the {picture}, and why?',
      'Why does one part of the {picture} catch the eye before the others?',
    ],
    words: { picture },
    response: `The ${label} takes up the most room of all that can be seen, so the eye is likely to go there first.`,
    more: 'Smaller things around it are noticed only afterwards.',
  }
}

function guidedTour(single: readonly { label: string; box: Box }[], picture: string): DemoDraft {
  const [first, ...others] = single.toSorted((one, other) => centreX(one.box) - centreX(other.box)).map(({ label }) => `the ${label}`)
  const last = others.pop() ?? ''
  const between = others.length > 0 ? `, go on to ${listed(others)},` : ''
  return {
    kind: 'reasoning',
    wordings: [
      'How would you lead someone’s eye through the {picture} from left to right?',
      'In which order would you point out the things in the {picture}, from the left?',
    ],
    words: { picture },
    response: `${capitalized(`I would start with ${first ?? ''} on the left`)}${between} and end with ${last} on the right.`,
    more: '',
  }
}
