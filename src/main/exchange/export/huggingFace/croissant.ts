import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import path from 'node:path'
import { writeTextFile } from '../files/atomicDirectory'
import type { CardFacts } from '../card/cardFacts'
import type { ProjectFacts } from '../card/projectFacts'
import { limitsOf, toDay } from '../card/renderCard'
import type { SplitFiles } from '../training/openTables'
import type { Columns, Feature } from '../training/parquetTable'
import type { FormatTarget } from '../training/records'

export const croissantFile = 'croissant.json'

export const conformsTo = ['http://mlcommons.org/croissant/1.1', 'http://mlcommons.org/croissant/RAI/1.0'] as const

const own = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, `cr:${name}`]))

/**
 * The context of the specification, but with https: mlcroissant treats the http://schema.org of the specification's appendix as a different
 * vocabulary.
 */
const context = {
  '@language': 'en',
  '@vocab': 'https://schema.org/',
  sc: 'https://schema.org/',
  cr: 'http://mlcommons.org/croissant/',
  rai: 'http://mlcommons.org/croissant/RAI/',
  dct: 'http://purl.org/dc/terms/',
  conformsTo: 'dct:conformsTo',
  data: { '@id': 'cr:data', '@type': '@json' },
  dataType: { '@id': 'cr:dataType', '@type': '@vocab' },
  examples: { '@id': 'cr:examples', '@type': '@json' },
  ...own('citeAs', 'column', 'equivalentProperty', 'extract', 'field', 'fileProperty', 'fileObject', 'fileSet', 'format', 'includes'),
  ...own('isLiveDataset', 'jsonPath', 'key', 'md5', 'parentField', 'path', 'recordSet', 'references', 'regex', 'repeated', 'replace'),
  ...own('samplingRate', 'separator', 'source', 'subField', 'transform'),
}

export async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

const dataType = (feature: Feature): string => {
  if (feature.kind === 'list') return dataType(feature.of)
  return feature.kind === 'image'
    ? 'sc:ImageObject'
    : feature.kind === 'int64'
      ? 'sc:Integer'
      : feature.kind === 'bool'
        ? 'sc:Boolean'
        : 'sc:Text'
}

/**
 * Returns the fields of the RAI vocabulary 1.0 that can be derived from the counts; nothing is known about the identity of the reviewers.
 */
function raiOf(facts: CardFacts, project: ProjectFacts | null, generator: string) {
  const { pairs, models, reviewers, reviewedTwice, demoPairs, hosts, firstDecidedAt, lastDecidedAt } = facts
  const agreement = project?.agreement
  return {
    'rai:dataCollection':
      'Media and annotations were imported into a project; pairs were drafted from them by a model or written by a person.',
    'rai:dataCollectionType': [...(models.length > 0 || demoPairs > 0 ? ['Machine-generated text'] : []), 'Manual Human Curator'],
    ...(hosts.length > 0 ? { 'rai:dataCollectionRawData': `Media published at ${hosts.map(({ name }) => name).join(', ')}.` } : {}),
    ...(firstDecidedAt === null || lastDecidedAt === null
      ? {}
      : { 'rai:dataCollectionTimeframe': [new Date(firstDecidedAt).toISOString(), new Date(lastDecidedAt).toISOString()] }),
    'rai:dataAnnotationProtocol':
      'Reviewers accept, edit or reject each pair next to its media. Only accepted and edited pairs are in this set.',
    'rai:dataAnnotationPlatform': [generator],
    'rai:dataAnnotationAnalysis': [
      `${reviewedTwice} of ${pairs} pairs were judged by two reviewers or more.`,
      ...(agreement && agreement.pairs > 0
        ? [
            `First and second reviews agree on ${agreement.agreed} of ${agreement.pairs} pairs${agreement.kappa === null ? '' : ` (Cohen's kappa ${agreement.kappa.toFixed(2)})`}.`,
          ]
        : []),
    ],
    'rai:annotationsPerItem': ((pairs + reviewedTwice) / Math.max(pairs, 1)).toFixed(2),
    'rai:annotatorDemographics': [`${reviewers} reviewers; nothing about them is recorded.`],
    'rai:machineAnnotationTools': [generator, ...models.map(({ name }) => name), ...(demoPairs > 0 ? ['built-in demo generator'] : [])],
    'rai:dataBiases': limitsOf(facts, project).slice(1),
    'rai:dataLimitations': limitsOf(facts, project).slice(0, 1),
    'rai:personalSensitiveInformation': ['Not examined: media may show people, and texts may describe them.'],
  }
}

/** Writes Croissant 1.1 metadata with the RAI vocabulary: each file with its hash, and a record set for each file. */
export async function writeCroissant(
  target: FormatTarget,
  columns: Columns,
  splits: readonly SplitFiles[],
  facts: CardFacts,
): Promise<readonly string[]> {
  const { directory, name, about, generator, project } = target
  const day = toDay(target.decidedAt())
  const files = splits.flatMap((split) => split.files)
  const distribution = []
  for (const file of files)
    distribution.push({
      ...{ '@type': 'cr:FileObject', '@id': file, name: file, contentUrl: file },
      ...{ encodingFormat: 'application/x-parquet', sha256: await hashFile(path.join(directory, file)) },
    })
  const recordSet = files.map((file) => {
    const id = path.basename(file, '.parquet')
    return {
      ...{ '@type': 'cr:RecordSet', '@id': id, name: id },
      field: Object.entries(columns).map(([column, feature]) => ({
        ...{ '@type': 'cr:Field', '@id': `${id}/${column}`, name: column, dataType: dataType(feature) },
        ...(feature.kind === 'list' ? { repeated: true } : {}),
        source: {
          fileObject: { '@id': file },
          extract: { column },
          // From the struct of an image, mlcroissant needs the bytes.
          ...(dataType(feature) === 'sc:ImageObject' ? { transform: { jsonPath: 'bytes' } } : {}),
        },
      })),
    }
  })
  const croissant = {
    '@context': context,
    '@type': 'sc:Dataset',
    name,
    description: `Instruction–response pairs about images, approved by reviewers. Made with ${generator}.`,
    url: about.url ?? `urn:exemplar:${name}`,
    conformsTo,
    datePublished: day,
    // A three-part version number that is the same for the same pairs.
    version: day.split('-').map(Number).join('.'),
    citeAs: `@misc{${name}, title={${about.creator.replace(/[{}\\]/g, '')}}, year={${day.slice(0, 4)}}, note={Made with ${generator}}}`,
    license: about.license ?? 'not stated',
    creator: { '@type': 'sc:Organization', name: about.creator },
    ...raiOf(facts, project, generator),
    distribution,
    recordSet,
  }
  await writeTextFile(path.join(directory, croissantFile), async (write) => write(`${JSON.stringify(croissant, null, 2)}\n`))
  return [croissantFile]
}
