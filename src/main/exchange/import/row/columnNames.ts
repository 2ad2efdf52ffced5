/** Normalises the name of a column or key: `File Name` becomes `file_name`. */
const lookUp = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_')

/**
 * Names of the column or key that contains the media file, best first. `file_name` is used by the image folders of Hugging Face
 * (https://huggingface.co/docs/datasets/image_dataset), others by published tables.
 */
const fileNames = [
  'file media image filename file_name image_name image_path image_file image_file_name image_filename img_path img_name img picture',
  'media_path video video_path video_name video_file file_path filepath path file_names images videos',
].flatMap((line) => line.split(' '))

/** Further file names in image folders of Hugging Face, in addition to `file_name`: `image_file_name`, `frames_file_names`. */
const otherFileName = /_file_names?$/

/** Names of caption columns if there is no `caption`, `captions`, `caption_1` and so on. */
const otherCaptionNames = ['text', 'texts', 'description', 'descriptions', 'comment', 'comments', 'sentence', 'sentences']
const captionName = /^captions?_?\d*$/

/** Columns that only number the captions of an image or the rows of a table, with no information about the image. */
const numbering = /^(?:(?:comment|caption|sentence)_(?:number|no|index|idx)|unnamed:_\d+)$/

export interface Columns {
  /** Index of the file column; -1 if there is none. */
  readonly file: number
  readonly id: number
  readonly captions: readonly number[]
  /** Indexes of columns that are useless in a context. */
  readonly numbering: readonly number[]
  readonly others: readonly number[]
}

/** Determines the content of columns or keys from their names. */
export function sortColumns(names: readonly string[]): Columns {
  const keys = names.map(lookUp)
  const file = keys.indexOf(fileNames.find((name) => keys.includes(name)) ?? keys.find((name) => otherFileName.test(name)) ?? '')
  const id = keys.indexOf('id')
  const called = [...keys.keys()].filter((index) => captionName.test(keys[index] ?? '') && index !== file)
  const other = otherCaptionNames.find((name) => keys.includes(name))
  const captions = called.length > 0 || other === undefined ? called : [keys.indexOf(other)]
  const numbers = [...keys.keys()].filter((index) => numbering.test(keys[index] ?? ''))
  const special = new Set([file, id, ...captions, ...numbers])
  return { file, id, captions, numbering: numbers, others: [...keys.keys()].filter((index) => !special.has(index)) }
}
