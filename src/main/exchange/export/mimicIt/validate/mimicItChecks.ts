import type { Findings } from '../../files/findings'

/**
 * Requirements of Otter's loader for a MIMIC-IT set (pipeline/mimicit_utils of Luodian/Otter: `preload_dataset` and `MimicitDataset`), one
 * check per requirement. Errors stop the training or silently degrade it; warnings deserve attention.
 */
export const mimicItChecks = {
  /** A training YAML exists and is valid. */
  'training-yaml': 'error',
  /** 1: group names, paths, sample numbers. */
  group: 'error',
  'data-set': 'error',
  path: 'error',
  'num-samples': 'error',
  'task-description': 'warning',
  /** 2: `data`, and ids that are unique in the whole training run. */
  'instructions-file': 'error',
  'unique-ids': 'error',
  meta: 'warning',
  /** 3: contents of an entry. */
  entry: 'error',
  text: 'error',
  'image-ids': 'error',
  'train-file': 'error',
  'train-key': 'error',
  'trained-once': 'warning',
  'never-trained': 'warning',
  /** 4: relations. */
  relations: 'error',
  'dangling-relation': 'error',
  'self-relation': 'error',
  /** 5: images. */
  'images-file': 'error',
  'image-missing': 'error',
  'image-twice': 'error',
  'data-prefix': 'error',
  base64: 'error',
  'image-decodes': 'error',
  'image-unused': 'warning',
  /** 6: the index. */
  'pandas-index': 'error',
  /** 7: sizes. */
  'part-size': 'error',
  'row-groups': 'warning',
  /** 8: frames and batches. */
  'empty-video': 'error',
  'image-counts': 'warning',
  /** 9: conventions of the published files. */
  'image-size': 'warning',
  /** 10: changes that the loader makes to the text. */
  'stripped-characters': 'warning',
  'token-limit': 'warning',
} as const

export type MimicItCheck = keyof typeof mimicItChecks
export type MimicItFindings = Findings<MimicItCheck>
