import { defaultsFor, type HandOff, type HandOffTarget, learningRates, roleOfSplits, toYamlGroups } from '../training/handOff'

/** Creates the YAML with which `trl sft`, `trl dpo` or `trl kto` trains on the set. */
export function trlHandOff({ kind, boxes, facts }: HandOffTarget): HandOff {
  const { train, evaluation } = roleOfSplits(facts)
  const file = `train_${kind}.yaml`
  const text = toYamlGroups({
    'Model: choose': {
      model_name_or_path: defaultsFor(boxes).model,
      dtype: 'bfloat16',
      use_peft: true,
      lora_r: 16,
      lora_alpha: 32,
      lora_target_modules: ['all-linear'],
    },
    'Data: the folder beside this file': {
      // The path must end in a name, since `load_dataset` derives none from ".".
      dataset_name: './data',
      dataset_train_split: train,
      ...(evaluation ? { dataset_test_split: evaluation, eval_strategy: 'epoch', per_device_eval_batch_size: 1 } : {}),
    },
    'Rows are not cut: a cut would part the tokens of an image': { max_length: null },
    'Hyper-parameters: choose': {
      output_dir: `output/${kind}`,
      ...(kind === 'sft' ? {} : { beta: 0.1 }),
      // KTO compares the rows of a batch with each other.
      per_device_train_batch_size: kind === 'kto' ? 2 : 1,
      gradient_accumulation_steps: 8,
      gradient_checkpointing: true,
      learning_rate: learningRates[kind],
      num_train_epochs: kind === 'sft' ? 3 : 1,
      lr_scheduler_type: 'cosine',
      bf16: true,
      logging_steps: 10,
      save_strategy: 'epoch',
      report_to: 'none',
    },
  })
  return {
    software: 'TRL',
    files: [{ name: file, text }],
    commands: ["pip install 'trl[peft]' pillow torchvision", `trl ${kind} --config ${file}`],
    notes: [
      'Choose the model (`model_name_or_path`): a vision model for rows with images. The hyper-parameters are a beginning.',
      'Leave `max_length` empty: TRL would cut long rows, and the tokens of their images with them.',
      ...(boxes ? [`The boxes have the form of ${boxes}; a model of another family reads them wrongly.`] : []),
    ],
  }
}
