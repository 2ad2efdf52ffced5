/** A name of a column or a key as others write it: `File Name` is `file_name`. */
const lookUp = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_')

/**
 * What the column, or the key, is called that names the media file, best first. `file_name` is that of Hugging Face's image folders
 * (https://huggingface.co/docs/datasets/image_dataset), others are those of published tables.
 */
const fileNames = [
  'file media image filename file_name image_name image_path image_file image_file_name image_filename img_path img_name img picture',
  'media_path video video_path video_name video_file file_path filepath path file_names images videos',
].flatMap((line) => line.split(' '))

/** Names of files as Hugging Face's image folders have them beside `file_name`: `image_file_name`, `frames_file_names`. */
const otherFileName = /_file_names?$/

/** What captions are called besides `caption`, `captions`, `caption_1` and so on; only where none is called so. */
const otherCaptionNames = ['text', 'texts', 'description', 'descriptions', 'comment', 'comments', 'sentence', 'sentences']
const captionName = /^captions?_?\d*$/

/** Columns that number the captions of an image, or the rows of a table, and say nothing of the image. */
const numbering = /^(?:(?:comment|caption|sentence)_(?:number|no|index|idx)|unnamed:_\d+)$/

export interface Columns {
  /** the position of the column of the files; -1 where there is none */
  readonly file: number
  readonly id: number
  readonly captions: readonly number[]
  /** what is of no use in a context */
  readonly numbering: readonly number[]
  readonly others: readonly number[]
}

/** What each of some columns, or keys, holds, told by their names. */
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
