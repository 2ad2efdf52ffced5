import type { HandOff } from '../training/handOff'

/** Maximum batch size. Otter drops incomplete batches, so a small set needs a small batch size. */
const maxBatchSize = 4

/**
 * Creates the shell script that trains on the set with Otter's `pipeline/train/instruction_following.py`. It starts in the folder of the
 * set, since Otter opens the paths of the training YAML unchanged.
 */
export function otterHandOff({ set, yaml, pairs }: { readonly set: string; readonly yaml: string; readonly pairs: number }): HandOff {
  const file = 'train_otter.sh'
  const text = `#!/usr/bin/env bash
# Trains Otter on this set. OTTER is the folder of a clone of its repository. Options after the name of this script replace those below.
set -euo pipefail
OTTER="$(cd "\${OTTER:?set OTTER to the folder of your clone of Otter}" && pwd)"
# The paths in ${yaml} are relative to this folder.
cd "$(dirname "$0")"
MODEL="\${MODEL:-luodian/OTTER-MPT7B-Init}"

# Otter checks the training YAML with a test of its own, which pytest finds only by its path from here.
export PYTEST_ADDOPTS="'$OTTER/unit_tests/test_prerun.py'"

PYTHONPATH="$OTTER" accelerate launch \\
  --config_file="$OTTER/pipeline/accelerate_configs/accelerate_config_zero2.yaml" \\
  --num_processes="\${GPUS:-1}" \\
  "$OTTER/pipeline/train/instruction_following.py" \\
  --pretrained_model_name_or_path="$MODEL" \\
  --model_name=otter \\
  --instruction_format=simple \\
  --training_data_yaml=${yaml} \\
  --batch_size=${Math.min(pairs, maxBatchSize)} \\
  --num_epochs=3 \\
  --learning_rate=2e-5 \\
  --lr_scheduler=cosine \\
  --warmup_steps_ratio=0.01 \\
  --max_seq_len=2000 \\
  --workers=4 \\
  --external_save_dir=output \\
  --run_name=${set} \\
  --save_hf_model \\
  "$@"
`
  return {
    software: 'Otter',
    files: [{ name: file, text }],
    commands: ['git clone https://github.com/Luodian/Otter ~/Otter   # and install it as its README says', `OTTER=~/Otter bash ${file}`],
    notes: [
      `Choose the model: \`MODEL=luodian/OTTER-9B-INIT OTTER=~/Otter bash ${file}\`. \`GPUS=4\` before the command uses four GPUs. The hyper-parameters in the script are a beginning.`,
      `A batch that is not full is left out: keep \`--batch_size\` times \`GPUS\` at most ${pairs}.`,
      'Models of MPT and LLaMA read 2,048 tokens; Otter fails at exactly that `--max_seq_len`.',
    ],
  }
}
