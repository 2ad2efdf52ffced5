import { defaultsFor, type HandOff, type HandOffTarget, learningRates, roleOfSplits } from '../training/handOff'
import { dataFile } from '../training/rows'
import { defaultImagePixels, sequenceLength, videoLimits } from '../training/setFacts'

/** Creates the shell script that trains on the set with `swift sft` or `swift rlhf`. */
export function msSwiftHandOff({ name, kind, facts }: HandOffTarget): HandOff {
  const { train, evaluation } = roleOfSplits(facts)
  const file = `train_${kind}.sh`
  const variables = [
    'ROOT_IMAGE_DIR="$PWD"',
    `MAX_PIXELS=${defaultImagePixels}`,
    ...(facts.media.has('video') ? [`VIDEO_MAX_PIXELS=${videoLimits.pixels}`, `FPS_MAX_FRAMES=${videoLimits.frames}`] : []),
  ]
  const options = [
    '--model "$MODEL"',
    ...(kind === 'sft' ? [] : [`--rlhf_type ${kind}`, '--beta 0.1']),
    `--dataset ${dataFile({ name }, train, 'jsonl')}`,
    ...(evaluation ? [`--val_dataset ${dataFile({ name }, evaluation, 'jsonl')}`, '--per_device_eval_batch_size 1'] : []),
    `--max_length ${sequenceLength(facts.longest.limited)}`,
    '--torch_dtype bfloat16',
    '--lora_rank 8',
    '--lora_alpha 32',
    '--target_modules all-linear',
    '--freeze_vit true',
    `--learning_rate ${learningRates[kind]}`,
    `--num_train_epochs ${kind === 'sft' ? 3 : 1}`,
    // KTO compares the rows of a batch with each other.
    `--per_device_train_batch_size ${kind === 'kto' ? 2 : 1}`,
    '--gradient_accumulation_steps 8',
    '--warmup_steps 10',
    '--logging_steps 10',
    `--output_dir output/${kind}`,
  ]
  const text = `#!/usr/bin/env bash
# Trains on this set with ms-swift. Options after the name of this script replace those below.
set -euo pipefail
# The paths in the rows are relative to this folder.
cd "$(dirname "$0")"
MODEL="\${MODEL:-${defaultsFor(null).model}}"

${variables.join(' \\\n')} \\
swift ${kind === 'sft' ? 'sft' : 'rlhf'} \\
  ${options.join(' \\\n  ')} \\
  "$@"
`
  return {
    software: 'ms-swift',
    files: [{ name: file, text }],
    commands: ['pip install ms-swift', `bash ${file}`],
    notes: [
      `Choose the model: \`MODEL=Qwen/Qwen3-VL-8B-Instruct bash ${file}\`. The hyper-parameters in the script are a beginning; \`NPROC_PER_NODE=4\` before the command uses four GPUs.`,
      '`--max_length` holds the longest row. Longer rows are left out by ms-swift, or another row takes their place.',
      'Boxes are in pixels of the images as they are; ms-swift turns them into the coordinates of the model.',
    ],
  }
}
