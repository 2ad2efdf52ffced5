import { defaultsFor, type HandOff, type HandOffTarget, learningRates, roleOfSplits, toYamlGroups } from '../training/handOff'
import { defaultImagePixels, fullImagePixels, sequenceLength, videoLimits } from '../training/setFacts'
import { entryName } from './datasetInfo'

/** Creates the YAML with which `llamafactory-cli train` trains on the set (arguments as in its `hparams`). */
export function llamafactoryHandOff({ name, kind, boxes, facts }: HandOffTarget): HandOff {
  const { model, template } = defaultsFor(boxes)
  const { train, evaluation } = roleOfSplits(facts)
  const bindsSize = boxes === 'qwen2.5-vl'
  const file = `train_${kind}.yaml`
  const text = toYamlGroups({
    'Model: choose one that fits the template': {
      model_name_or_path: model,
      template,
      ...(facts.media.has('image') ? { image_max_pixels: bindsSize ? fullImagePixels : defaultImagePixels } : {}),
      ...(facts.media.has('video')
        ? { video_max_pixels: videoLimits.pixels, video_fps: videoLimits.perSecond, video_maxlen: videoLimits.frames }
        : {}),
    },
    Method: {
      stage: kind,
      do_train: true,
      finetuning_type: 'lora',
      lora_rank: 8,
      lora_target: 'all',
      ...(kind === 'sft' ? {} : { pref_beta: 0.1 }),
      ...(kind === 'dpo' ? { pref_loss: 'sigmoid' } : {}),
    },
    'Data: the entries of dataset_info.json, and paths from this folder': {
      dataset_dir: '.',
      media_dir: '.',
      dataset: entryName(name, train),
      ...(evaluation ? { eval_dataset: entryName(name, evaluation) } : {}),
      cutoff_len: sequenceLength(bindsSize ? facts.longest.full : facts.longest.limited),
    },
    'Hyper-parameters: choose': {
      output_dir: `output/${kind}`,
      per_device_train_batch_size: 1,
      gradient_accumulation_steps: 8,
      learning_rate: learningRates[kind],
      num_train_epochs: kind === 'sft' ? 3 : 1,
      lr_scheduler_type: 'cosine',
      warmup_steps: 10,
      bf16: true,
      logging_steps: 10,
      save_strategy: 'epoch',
      ...(evaluation ? { eval_strategy: 'epoch', per_device_eval_batch_size: 1 } : {}),
      report_to: 'none',
    },
  })
  return {
    software: 'LLaMA-Factory',
    files: [{ name: file, text }],
    commands: ['pip install llamafactory', `llamafactory-cli train ${file}`],
    notes: [
      `Choose the model (\`model_name_or_path\`); \`template\` must be the one that LLaMA-Factory has for it. The hyper-parameters are a beginning.`,
      '`cutoff_len` holds the longest row. A smaller one cuts rows, and cuts the placeholders of images with them.',
      ...(bindsSize ? ['Leave `image_max_pixels` as it is: the boxes count in pixels of images of that size.'] : []),
      ...(boxes && !bindsSize ? [`The boxes have the form of ${boxes}; a model of another family reads them wrongly.`] : []),
    ],
  }
}
