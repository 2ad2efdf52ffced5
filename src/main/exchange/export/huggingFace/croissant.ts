import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import path from 'node:path'
import { writeTextFile } from '../atomicDirectory'
import type { SplitFiles } from '../training/openTables'
import type { Columns, Feature } from '../training/parquetTable'
import type { FormatTarget } from '../training/records'

export const croissantFile = 'croissant.json'

export const conformsTo = ['http://mlcommons.org/croissant/1.1', 'http://mlcommons.org/croissant/RAI/1.0'] as const

const own = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, `cr:${name}`]))

/** The context of the specification, but with https: mlcroissant takes the http://schema.org of its appendix for another vocabulary. */
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

/** Writes Croissant 1.1 metadata with the RAI vocabulary: each file with its hash, and a record set for each. */
export async function writeCroissant(target: FormatTarget, columns: Columns, splits: readonly SplitFiles[]): Promise<readonly string[]> {
  const { directory, name, about, generator } = target
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
          // Of the struct of an image, mlcroissant wants the bytes.
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
    datePublished: new Date(target.decidedAt()).toISOString().slice(0, 10),
    license: about.license ?? 'not stated',
    creator: { '@type': 'sc:Organization', name: about.creator },
    'rai:dataCollection':
      'Media and annotations were imported into a project; pairs were drafted from them by a model or written by a person.',
    'rai:dataAnnotationProtocol':
      'Reviewers accept, edit or reject each pair next to its media. Only accepted and edited pairs are in this set.',
    'rai:machineAnnotationTools': [generator],
    'rai:dataLimitations': 'Texts may repeat faults of the model that drafted them and of the annotations that it was given.',
    distribution,
    recordSet,
  }
  await writeTextFile(path.join(directory, croissantFile), (write) => write(`${JSON.stringify(croissant, null, 2)}\n`))
  return [croissantFile]
}
