import { Document } from 'yaml'
import type { TrainingGroup } from '../../../recipes/recipe'

export interface TrainingDataSet {
  readonly name: string
  readonly mimicitPath: string
  readonly imagesPath: string
  readonly trainConfigPath: string
}

export interface TrainingYaml {
  readonly group: TrainingGroup
  readonly dataSets: readonly TrainingDataSet[]
  readonly taskDescription: string
  readonly generator: string
  readonly demoPairs: number
}

/**
 * The training YAML of Otter (`--training_data_yaml`). A path that is empty fails its loader, so such keys are left out; the description is
 * a list because the loader picks one of several at random.
 */
export function trainingYaml({ group, dataSets, taskDescription, generator, demoPairs }: TrainingYaml): string {
  const description = taskDescription.trim()
  const document = new Document({
    [group]: Object.fromEntries(
      dataSets.map(({ name, mimicitPath, imagesPath, trainConfigPath }) => [
        name,
        {
          mimicit_path: mimicitPath,
          images_path: imagesPath,
          train_config_path: trainConfigPath,
          num_samples: -1,
          ...(description ? { task_description: [description] } : {}),
        },
      ]),
    ),
  })
  document.commentBefore = [
    ` Training data for Otter, written by ${generator}.`,
    ' Otter opens the paths as they stand: they are relative to this folder, so start the training here or put the folder before them.',
    ...(demoPairs > 0 ? [` DEMO: ${demoPairs} pairs were drafted by the built-in demo generator, not by a model.`] : []),
  ].join('\n')
  return document.toString({ lineWidth: 0 })
}
