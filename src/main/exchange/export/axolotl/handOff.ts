import type { BoxFamily } from '../../../../shared/domain'
import { defaultsFor, type HandOff, type HandOffTarget, learningRates, roleOfSplits, toYamlGroups } from '../training/handOff'
import { dataFile } from '../training/rows'
import { fullImagePixels, sequenceLength } from '../training/setFacts'
import { settingsFile } from './validateAxolotl'

/** axolotl has chat templates for few vision models; other models use the template of their tokenizer. */
const chatTemplates: Partial<Record<BoxFamily, string>> = { 'qwen2-vl': 'qwen2_vl', 'qwen2.5-vl': 'qwen2_vl', llava: 'llava' }

/** Creates the YAML with which `axolotl train` trains on the set. */
export function axolotlHandOff({ name, boxes, facts }: HandOffTarget): HandOff {
  const { train, evaluation } = roleOfSplits(facts)
  const dataSet = (split: typeof train) => ({
    path: dataFile({ name }, split, 'jsonl'),
    ds_type: 'json',
    split: 'train',
    type: 'chat_template',
  })
  const text = toYamlGroups({
    'Model: choose one that fits the chat template': {
      base_model: defaultsFor(boxes).model,
      chat_template: chatTemplates[boxes ?? 'qwen2.5-vl'] ?? 'tokenizer_default',
    },
    'Needed for sets with media: leave as it is': {
      processor_type: 'AutoProcessor',
      skip_prepare_dataset: true,
      remove_unused_columns: false,
      sample_packing: false,
    },
    'Data: paths from this folder': {
      datasets: [dataSet(train)],
      ...(evaluation ? { test_datasets: [dataSet(evaluation)], evals_per_epoch: 1 } : { val_set_size: 0 }),
      sequence_len: sequenceLength(facts.longest.full),
      pad_to_sequence_len: false,
    },
    'Hyper-parameters: choose': {
      output_dir: 'output/sft',
      adapter: 'lora',
      lora_r: 16,
      lora_alpha: 32,
      lora_dropout: 0.05,
      lora_target_modules: String.raw`model.language_model.layers.[\d]+.(mlp|cross_attn|self_attn).(up|down|gate|q|k|v|o)_proj`,
      micro_batch_size: 1,
      gradient_accumulation_steps: 8,
      num_epochs: 3,
      optimizer: 'adamw_torch',
      lr_scheduler: 'cosine',
      learning_rate: learningRates.sft,
      warmup_ratio: 0.1,
      bf16: true,
      gradient_checkpointing: true,
      logging_steps: 10,
      saves_per_epoch: 1,
    },
  })
  return {
    software: 'axolotl',
    files: [{ name: settingsFile, text }],
    commands: ['pip install axolotl', `axolotl train ${settingsFile}`],
    notes: [
      'Choose the model (`base_model`) and the `chat_template` that axolotl has for it. The hyper-parameters are a beginning.',
      'axolotl opens media from the folder in which it is started.',
      ...(boxes === 'qwen2.5-vl'
        ? [`Set no \`image_size\`: the boxes count in pixels of images of at most ${fullImagePixels} pixels, as the processor makes them.`]
        : []),
    ],
  }
}
