import { stringify } from 'yaml'
import type { SetAbout } from '../training/records'
import type { CardFacts, Counted, Quantiles } from './cardFacts'
import type { GeneratedCard } from './mergeCard'
import type { ProjectFacts } from './projectFacts'

export interface CardInput {
  readonly about: SetAbout
  readonly facts: CardFacts
  /** Facts about the project; null if only the pairs are known. */
  readonly project: ProjectFacts | null
  readonly generator: string
  /** YAML keys that describe the files. */
  readonly files?: Readonly<Record<string, unknown>>
  /** Markdown about the files, at the end of the card. */
  readonly usage?: string
}

/** Licence identifiers that the Hub accepts; any other licence is `other` with its name. */
const knownLicenses = new Set(
  'apache-2.0 mit openrail bigscience-openrail-m cc cc0-1.0 cc-by-2.0 cc-by-2.5 cc-by-3.0 cc-by-4.0 cc-by-sa-3.0 cc-by-sa-4.0 cc-by-nc-2.0 cc-by-nc-3.0 cc-by-nc-4.0 cc-by-nd-4.0 cc-by-nc-nd-3.0 cc-by-nc-nd-4.0 cc-by-nc-sa-2.0 cc-by-nc-sa-3.0 cc-by-nc-sa-4.0 gpl-3.0 bsd-3-clause odc-by odbl pddl cdla-permissive-2.0 cdla-sharing-1.0 unknown'.split(
    ' ',
  ),
)
const licenseOf = (license: string | null) => {
  if (license === null) return {}
  const id = license.trim().toLowerCase().replace(/\s+/g, '-')
  return knownLicenses.has(id) ? { license: id } : { license: 'other', license_name: license }
}

const sizes = [1e3, 1e4, 1e5, 1e6, 1e7] as const
const sizeNames = ['n<1K', '1K<n<10K', '10K<n<100K', '100K<n<1M', '1M<n<10M', '10M<n<100M'] as const
const sizeOf = (pairs: number) => sizeNames[sizes.filter((size) => pairs >= size).length] ?? 'n>10M'

const taskOf = ({ images, videos }: CardFacts) =>
  videos > 0
    ? ['video-text-to-text', ...(images > 0 ? ['image-text-to-text'] : [])]
    : images > 0
      ? ['image-text-to-text']
      : ['question-answering']

const percent = (part: number, whole: number) => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`)
const number = (value: number) => value.toLocaleString('en')
export const toDay = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 10)

/** Converts text from a project to one line of a table or list, escaped so that it cannot end the line or be read as Markdown or HTML. */
const inLine = (text: string) =>
  text
    .replace(/[\s\u0085\u2028\u2029]+/g, ' ')
    .replace(/[\\`*_[\]<>|#~]/g, (sign) => `\\${sign}`)
    .trim()

const listed = 20
const list = (entries: readonly Counted[]) => {
  const shown = entries.slice(0, listed).map(({ name, count }) => `${inLine(name)} (${number(count)})`)
  return entries.length > listed ? `${shown.join(', ')} and ${number(entries.length - listed)} more` : shown.join(', ')
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

const quantileRow = (name: string, { min, p25, median, p75, p95, max }: Quantiles) => [
  name,
  ...[min, p25, median, p75, p95, max].map(number),
]

/** Returns sentences about what a user of the set must know; they are derived from the counts. */
export function limitsOf(facts: CardFacts, project: ProjectFacts | null): string[] {
  const { pairs, demoPairs, humanPairs, reviewedTwice, licenses, languages, models } = facts
  const unstated = licenses.find(({ name }) => name === 'not stated')?.count ?? 0
  const [language] = languages
  const [model] = models
  return [
    'Texts may repeat faults of the model that drafted them and of the annotations that it was given.',
    ...(demoPairs > 0
      ? [
          `${number(demoPairs)} pairs (${percent(demoPairs, pairs)}) were drafted by the demo generator, which sees no image: do not train on them.`,
        ]
      : []),
    `${number(pairs - reviewedTwice)} pairs (${percent(pairs - reviewedTwice, pairs)}) were judged by one reviewer alone.`,
    ...(project && project.counts.pending > 0
      ? [
          `${number(project.counts.pending)} drafted pairs of the project (${percent(project.counts.pending, sum(project))}) are not reviewed and not in the set; what is in it may not be like them.`,
        ]
      : []),
    ...(model && model.count / pairs > 0.9
      ? [`One model drafted ${percent(model.count, pairs)} of the pairs, so its style prevails.`]
      : []),
    ...(language && language.name !== 'und' && language.count / pairs > 0.9 && languages.length > 1
      ? [`${percent(language.count, pairs)} of the pairs are in one language (${inLine(language.name)}).`]
      : []),
    ...(humanPairs > 0 ? [`${number(humanPairs)} pairs were written by people and follow no draft.`] : []),
    ...(unstated > 0 ? [`The license of the media of ${number(unstated)} items is not stated.`] : []),
  ]
}

const sum = ({ counts }: ProjectFacts) => counts.pending + counts.accepted + counts.edited + counts.rejected + counts.ignored

function renderReview(facts: CardFacts, project: ProjectFacts | null): string {
  const { pairs, accepted, edited, reviewers, reviewedTwice } = facts
  const rows = [
    ['accepted as drafted', `${number(accepted)} (${percent(accepted, pairs)})`],
    ['edited', `${number(edited)} (${percent(edited, pairs)})`],
    ['reviewers', number(reviewers)],
    ['pairs judged by two reviewers or more', `${number(reviewedTwice)} (${percent(reviewedTwice, pairs)})`],
  ]
  if (project) {
    const { counts, agreement, checks } = project
    const judged = counts.accepted + counts.edited + counts.rejected
    rows.push(['acceptance rate in the project (accepted or edited, of accepted, edited and rejected)', percent(counts.accepted + counts.edited, judged)]) // prettier-ignore
    rows.push(['edit rate in the project (edited, of accepted and edited)', percent(counts.edited, counts.accepted + counts.edited)])
    if (agreement.pairs > 0)
      rows.push([
        'agreement of first and second reviews',
        `${percent(agreement.agreed, agreement.pairs)} of ${number(agreement.pairs)} pairs${agreement.kappa === null ? '' : `, Cohen's kappa ${agreement.kappa.toFixed(2)}`}`,
      ])
    if (checks.caught + checks.missed > 0)
      rows.push(['attention checks caught', `${number(checks.caught)} of ${number(checks.caught + checks.missed)}`])
  }
  return table(['review', 'value'], rows)
}

function renderOrigin({ models, promptVersions, humanPairs, demoPairs }: CardFacts, project: ProjectFacts | null): string {
  const lines = [
    ...(models.length > 0 ? [`- Models, by pairs: ${list(models)}`] : []),
    ...(demoPairs > 0 ? [`- Demo generator: ${number(demoPairs)} pairs`] : []),
    ...(humanPairs > 0 ? [`- Written by people: ${number(humanPairs)} pairs`] : []),
    ...(promptVersions.length > 0 ? [`- Prompt versions, by pairs: ${list(promptVersions)}`] : []),
  ]
  if (project) {
    const { dollars, unpriced, promptTokens, completionTokens } = project.cost
    const priced = unpriced > 0 ? `; the price of ${number(unpriced)} runs is not known` : ''
    if (promptTokens + completionTokens > 0)
      lines.push(
        `- Drafting in the project: ${number(promptTokens)} prompt and ${number(completionTokens)} completion tokens, $${dollars.toFixed(2)}${priced}`,
      )
  }
  return lines.length > 0 ? lines.join('\n') : '- Not recorded'
}

/** Renders the card of a set from its counts: YAML for the Hub, and Markdown. The same facts give the same card. */
export function renderCard({ about, facts, project, generator, files = {}, usage }: CardInput): GeneratedCard {
  const { pairs, items, images, videos, languages, licenses, hosts, firstDecidedAt, lastDecidedAt, instructionWords, responseWords } = facts
  const named = languages.filter(({ name }) => name !== 'und').map(({ name }) => name)
  const yaml = {
    pretty_name: about.creator,
    ...licenseOf(about.license),
    ...(named.length > 0 ? { language: named } : {}),
    task_categories: taskOf(facts),
    size_categories: [sizeOf(pairs)],
    annotations_creators: ['expert-generated', ...(facts.humanPairs < pairs ? ['machine-generated'] : [])],
    ...files,
  }
  const text = `# ${inLine(about.creator)}

Instruction–response pairs about ${videos > 0 ? (images > 0 ? 'images and videos' : 'videos') : images > 0 ? 'images' : 'texts'}, drafted by a model or written by a person and approved by reviewers. Made with ${generator}.

## Contents

${table(
  ['count', 'value'],
  [
    ['pairs', number(pairs)],
    ['items', number(items)],
    ...(images > 0 ? [['images', number(images)]] : []),
    ...(videos > 0 ? [['videos', number(videos)]] : []),
    ['decided', firstDecidedAt === null || lastDecidedAt === null ? '–' : `${toDay(firstDecidedAt)} to ${toDay(lastDecidedAt)}`],
  ],
)}

${table(['words', 'min', '25 %', 'median', '75 %', '95 %', 'max'], [quantileRow('instruction', instructionWords), quantileRow('response', responseWords)])}

Languages, by pairs: ${languages.length > 0 ? list(languages) : 'not detected'}${languages.some(({ name }) => name === 'und') ? ' (und: not determined)' : ''}.

## Review

${renderReview(facts, project)}

## Origin

${renderOrigin(facts, project)}

## Sources and licenses

- License of the set: ${about.license === null ? 'not stated' : inLine(about.license)}
${about.url === null ? '' : `- Published at: <${encodeURI(about.url)}>\n`}- Licenses of the media, by items: ${licenses.length > 0 ? list(licenses) : 'not stated'}
${hosts.length > 0 ? `- Media published at, by items: ${list(hosts)}\n` : ''}
## Limits

${limitsOf(facts, project)
  .map((limit) => `- ${limit}`)
  .join('\n')}
${usage ? `\n## Files\n\n${usage}\n` : ''}`
  return { yaml: stringify(yaml, { version: '1.1', lineWidth: 0 }), text }
}
