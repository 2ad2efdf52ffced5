import { stat } from 'node:fs/promises'
import path from 'node:path'
import { stringify } from 'yaml'
import { writeTextFile } from '../atomicDirectory'
import type { SplitFiles } from '../training/openTables'
import type { Columns, Feature } from '../training/parquetTable'
import type { FormatTarget } from '../training/records'

export const cardFile = 'README.md'

/** A feature as the YAML of a card has it. */
const toYaml = (feature: Feature): object => {
  if (feature.kind === 'list')
    return {
      list:
        feature.of.kind === 'struct' ? Object.entries(feature.of.fields).map(([name, of]) => ({ name, ...toYaml(of) })) : feature.of.kind,
    }
  if (feature.kind === 'struct') return { struct: Object.entries(feature.fields).map(([name, of]) => ({ name, ...toYaml(of) })) }
  return { dtype: feature.kind }
}

/** Writes the card of a set: YAML that names each column and split, and what is known about the set. */
export async function writeCard(
  target: FormatTarget,
  columns: Columns,
  splits: readonly SplitFiles[],
  facts: { readonly records: number; readonly images: number; readonly characters: number; readonly demoRows: number },
): Promise<readonly string[]> {
  const { directory, name, generator, about } = target
  const sized = []
  for (const { split, rows, files } of splits) {
    let bytes = 0
    for (const file of files) bytes += (await stat(path.join(directory, file))).size
    sized.push({ name: split, num_bytes: bytes, num_examples: rows })
  }
  const yaml = {
    pretty_name: about.creator,
    ...(about.license === null ? {} : { license: 'other', license_name: about.license }),
    task_categories: ['image-text-to-text'],
    dataset_info: { features: Object.entries(columns).map(([column, feature]) => ({ name: column, ...toYaml(feature) })), splits: sized },
    configs: [{ config_name: 'default', data_files: splits.map(({ split }) => ({ split, path: `data/${split}-*` })) }],
  }
  const text = `# ${about.creator.replace(/\s+/g, ' ')}

Instruction–response pairs about images, drafted by a model or written by a person and approved by reviewers. Made with ${generator}.

| fact | value |
| --- | --- |
| rows | ${facts.records} |
| images in rows | ${facts.images} |
| mean characters of a response | ${Math.round(facts.characters / Math.max(facts.records, 1))} |
${facts.demoRows > 0 ? `| rows by the demo generator, not for training | ${facts.demoRows} |\n` : ''}| license | ${about.license ?? 'not stated'} |
| youngest decision | ${new Date(target.decidedAt()).toISOString().slice(0, 10)} |

\`provenance.jsonl\` has a line for each row: the item, its media and their hashes, and the run, model, prompt version and reviewer of the pair.
\`croissant.json\` describes the files. The data set loads by \`load_dataset("${name}")\`, with the path of this folder in place of the name.
`
  await writeTextFile(path.join(directory, cardFile), (write) => write(`---\n${stringify(yaml)}---\n\n${text}`))
  return [cardFile]
}
