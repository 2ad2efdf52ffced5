import { stat } from 'node:fs/promises'
import path from 'node:path'
import { writeTextFile } from '../files/atomicDirectory'
import type { CardFacts } from '../card/cardFacts'
import { mergeCard } from '../card/mergeCard'
import { renderCard } from '../card/renderCard'
import type { SplitFiles } from '../training/openTables'
import type { Columns, Feature } from '../training/parquetTable'
import type { FormatTarget } from '../training/records'

export const cardFile = 'README.md'

/** Converts a feature to its form in the YAML of a card. */
const toYaml = (feature: Feature): object => {
  if (feature.kind === 'list')
    return {
      list:
        feature.of.kind === 'struct' ? Object.entries(feature.of.fields).map(([name, of]) => ({ name, ...toYaml(of) })) : feature.of.kind,
    }
  if (feature.kind === 'struct') return { struct: Object.entries(feature.fields).map(([name, of]) => ({ name, ...toYaml(of) })) }
  return { dtype: feature.kind }
}

/**
 * Writes the card of a set: YAML with each column and split, and the facts about the set. Lines that the lead added to an earlier card are
 * kept.
 */
export async function writeCard(
  target: FormatTarget,
  columns: Columns,
  splits: readonly SplitFiles[],
  facts: CardFacts,
): Promise<readonly string[]> {
  const { directory, name, generator, about, project } = target
  const sized = []
  for (const { split, rows, files } of splits) {
    let bytes = 0
    for (const file of files) bytes += (await stat(path.join(directory, file))).size
    sized.push({ name: split, num_bytes: bytes, num_examples: rows })
  }
  const card = renderCard({
    ...{ about, facts, project, generator },
    files: {
      dataset_info: { features: Object.entries(columns).map(([column, feature]) => ({ name: column, ...toYaml(feature) })), splits: sized },
      configs: [{ config_name: 'default', data_files: splits.map(({ split }) => ({ split, path: `data/${split}-*` })) }],
    },
    usage: `\`provenance.jsonl\` has a line for each row: the item, its source and licence, its media and their hashes, and of the pair the run, model, prompt version, exemplars, reply, edits, reviewers and second reviews.
\`croissant.json\` describes the files. The data set loads by \`load_dataset("${name}")\`, with the path of this folder in place of the name.`,
  })
  const merged = mergeCard(await target.readEarlier(cardFile), card)
  await writeTextFile(path.join(directory, cardFile), async (write) => write(merged))
  return [cardFile]
}
