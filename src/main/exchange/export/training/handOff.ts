import { chmod } from 'node:fs/promises'
import path from 'node:path'
import { stringify } from 'yaml'
import type { BoxFamily, Split, TrainingKind } from '../../../../shared/domain'
import { writeTextFile } from '../files/atomicDirectory'
import type { SetFacts } from './setFacts'

/** What a configuration of a training framework is made from. */
export interface HandOffTarget {
  /** name of the data set, as in file names */
  readonly name: string
  readonly kind: TrainingKind
  /** whose coordinates the boxes have; null without boxes */
  readonly boxes: BoxFamily | null
  readonly facts: SetFacts
}

export interface HandOff {
  /** how the framework is called */
  readonly software: string
  /** what trains, by name; shell scripts can be run */
  readonly files: readonly { readonly name: string; readonly text: string }[]
  /** shell commands, from the folder of the export */
  readonly commands: readonly string[]
  /** what is left to choose, and what must not be changed, as sentences in Markdown */
  readonly notes: readonly string[]
}

/** Says from which folder to run what. */
export const trainingGuide = 'TRAINING.md'

interface ModelDefaults {
  readonly model: string
  /** LLaMA-Factory's name of the model's prompt */
  readonly template: string
}

const modelDefaults: Readonly<Record<BoxFamily, ModelDefaults>> = {
  'qwen2-vl': { model: 'Qwen/Qwen2-VL-7B-Instruct', template: 'qwen2_vl' },
  'qwen2.5-vl': { model: 'Qwen/Qwen2.5-VL-7B-Instruct', template: 'qwen2_vl' },
  'qwen3-vl': { model: 'Qwen/Qwen3-VL-8B-Instruct', template: 'qwen3_vl_nothink' },
  internvl: { model: 'OpenGVLab/InternVL3-8B-hf', template: 'intern_vl' },
  llava: { model: 'llava-hf/llava-1.5-7b-hf', template: 'llava' },
}

/** The model that a configuration names: one that reads the boxes of the set, else Qwen2.5-VL. */
export const defaultsFor = (boxes: BoxFamily | null): ModelDefaults => modelDefaults[boxes ?? 'qwen2.5-vl']

/** The split to train on, and the one to evaluate with where there is one. */
export function roleOfSplits({ rows }: SetFacts): { train: Split; evaluation: Split | null } {
  const train = rows.has('train') ? 'train' : ([...rows.keys()][0] ?? 'train')
  return { train, evaluation: train !== 'validation' && rows.has('validation') ? 'validation' : null }
}

/** Rates that LoRA training of each kind usually begins with. */
export const learningRates: Readonly<Record<TrainingKind, number>> = { sft: 0.0001, dpo: 0.000005, kto: 0.000005 }

/** Writes settings as YAML with a heading over each group, quoted so that readers of YAML 1.1 such as PyYAML read the same. */
export const toYamlGroups = (groups: Readonly<Record<string, object>>): string =>
  Object.entries(groups)
    .map(([heading, settings]) => `# ${heading}\n${stringify(settings, { version: '1.1', lineWidth: 0 })}`)
    .join('\n')

const splitNames = { train: 'training', validation: 'validation', test: 'test' } as const satisfies Record<Split, string>

/** Writes the text that says what to run where, in Markdown. */
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

/** Writes the files of a hand-off into a folder, with the text that explains them; gives their names. */
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
