import { chmod } from 'node:fs/promises'
import path from 'node:path'
import { stringify } from 'yaml'
import type { BoxFamily, Split, TrainingKind } from '../../../../shared/domain'
import { writeTextFile } from '../files/atomicDirectory'
import type { SetFacts } from './setFacts'

/** Inputs for the configuration of a training framework. */
export interface HandOffTarget {
  /** Name of the data set, as used in file names. */
  readonly name: string
  readonly kind: TrainingKind
  /** Model family whose coordinates the boxes use; null if there are no boxes. */
  readonly boxes: BoxFamily | null
  readonly facts: SetFacts
}

export interface HandOff {
  /** Name of the framework. */
  readonly software: string
  /** Files that run or configure the training; shell scripts are made executable. */
  readonly files: readonly { readonly name: string; readonly text: string }[]
  /** Shell commands, run from the folder of the export. */
  readonly commands: readonly string[]
  /** Options left to choose and settings that must not change, as Markdown sentences. */
  readonly notes: readonly string[]
}

/** File that describes which commands to run in which folder. */
export const trainingGuide = 'TRAINING.md'

interface ModelDefaults {
  readonly model: string
  /** LLaMA-Factory's name of the model's prompt template. */
  readonly template: string
}

const modelDefaults: Readonly<Record<BoxFamily, ModelDefaults>> = {
  'qwen2-vl': { model: 'Qwen/Qwen2-VL-7B-Instruct', template: 'qwen2_vl' },
  'qwen2.5-vl': { model: 'Qwen/Qwen2.5-VL-7B-Instruct', template: 'qwen2_vl' },
  'qwen3-vl': { model: 'Qwen/Qwen3-VL-8B-Instruct', template: 'qwen3_vl_nothink' },
  internvl: { model: 'OpenGVLab/InternVL3-8B-hf', template: 'intern_vl' },
  llava: { model: 'llava-hf/llava-1.5-7b-hf', template: 'llava' },
}

/** Returns the model that a configuration names: one that reads the boxes of the set, otherwise Qwen2.5-VL. */
export const defaultsFor = (boxes: BoxFamily | null): ModelDefaults => modelDefaults[boxes ?? 'qwen2.5-vl']

/** Returns the training split, and the evaluation split if there is one. */
export function roleOfSplits({ rows }: SetFacts): { train: Split; evaluation: Split | null } {
  const train = rows.has('train') ? 'train' : ([...rows.keys()][0] ?? 'train')
  return { train, evaluation: train !== 'validation' && rows.has('validation') ? 'validation' : null }
}

/** Common initial learning rates for LoRA training of each kind. */
export const learningRates: Readonly<Record<TrainingKind, number>> = { sft: 0.0001, dpo: 0.000005, kto: 0.000005 }

/** Writes settings as YAML with a heading above each group, quoted so that YAML 1.1 parsers such as PyYAML read the same values. */
export const toYamlGroups = (groups: Readonly<Record<string, object>>): string =>
  Object.entries(groups)
    .map(([heading, settings]) => `# ${heading}\n${stringify(settings, { version: '1.1', lineWidth: 0 })}`)
    .join('\n')

const splitNames = { train: 'training', validation: 'validation', test: 'test' } as const satisfies Record<Split, string>

/** Renders the training guide in Markdown. */
export function renderGuide({ software, commands, notes }: HandOff, rows: ReadonlyMap<Split, number>, generator: string): string {
  const sizes = [...rows].map(([split, count]) => `${count} ${splitNames[split]} ${count === 1 ? 'row' : 'rows'}`).join(', ')
  return `# Training with ${software}

Written by ${generator}: ${sizes}. All paths are relative to the folder of this file. Run the commands there:

\`\`\`sh
${commands.join('\n')}
\`\`\`

${notes.map((note) => `- ${note}`).join('\n')}
`
}

/**
 * Writes the files of a hand-off and the training guide into a folder.
 * @returns the names of the files
 */
export async function writeHandOff(
  directory: string,
  handOff: HandOff,
  { rows, generator }: { readonly rows: ReadonlyMap<Split, number>; readonly generator: string },
): Promise<readonly string[]> {
  const files = [...handOff.files, { name: trainingGuide, text: renderGuide(handOff, rows, generator) }]
  for (const { name, text } of files) {
    const file = path.join(directory, name)
    await writeTextFile(file, async (write) => write(text))
    if (name.endsWith('.sh')) await chmod(file, 0o755)
  }
  return files.map(({ name }) => name)
}
