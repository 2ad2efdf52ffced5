import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { message } from '../../../../../shared/messages/message'
import { badFile, decodeUtf8 } from '../../text/readLines'

export interface Classes {
  /** the name of a class by its number */
  readonly nameOf: (index: number) => string | undefined
  /** whether labels hold key points behind their box */
  readonly hasKeyPoints: boolean
  /** whether the file itself says what labels of many numbers are */
  readonly isTaskKnown: boolean
  /** the file they are from */
  readonly file: string
}

const largestBytes = 4 * 1024 * 1024
const textFiles = ['classes.txt', 'obj.names', '_darknet.labels', 'labels.txt', 'predefined_classes.txt']
const yamlFiles = ['data.yaml', 'data.yml', 'dataset.yaml', 'dataset.yml']
/** Folders above the labels in which the names of the classes are looked for: `data/labels/train`. */
const maxLevels = 3

const yamlSchema = z.looseObject({
  names: z.union([z.array(z.union([z.string(), z.number()])), z.record(z.string(), z.union([z.string(), z.number()]))]),
  kpt_shape: z.array(z.number()).optional(),
  task: z.string().optional(),
})

async function readText(file: string): Promise<string | null> {
  const found = await stat(file).catch(() => undefined)
  if (!found?.isFile()) return null
  if (found.size > largestBytes) throw badFile(file, message('import.yolo.namesFileTooLarge'))
  const text = decodeUtf8(await readFile(file))
  if (text === null) throw badFile(file, message('import.notUtf8Text'), message('import.saveAsUtf8'))
  return text
}

function fromYaml(file: string, text: string): Classes {
  let value: unknown
  try {
    value = parse(text, { maxAliasCount: 20 })
  } catch {
    throw badFile(file, message('import.yolo.notValidYaml'))
  }
  const parsed = yamlSchema.safeParse(value)
  if (!parsed.success) throw badFile(file, message('import.yolo.noNames'))
  const names = new Map(Object.entries(parsed.data.names).map(([index, name]) => [Number(index), String(name).trim()]))
  const { kpt_shape: points, task } = parsed.data
  return { nameOf: (index) => names.get(index), hasKeyPoints: points !== undefined, isTaskKnown: (points ?? task) !== undefined, file }
}

function fromText(file: string, text: string): Classes {
  const names = text
    .replace(/\s+$/, '')
    .split(/\r?\n/)
    .map((name) => name.trim())
  return { nameOf: (index) => names[index] || undefined, hasKeyPoints: false, isTaskKnown: false, file }
}

const isYaml = (name: string) => /\.ya?ml$/i.test(name)

/** Whether a file holds the names of classes. */
export const isClassList = (name: string): boolean => textFiles.includes(name.toLowerCase())

const besideLabels = /^(train|val|valid|test|trainval|readme.*|notes|license.*|requirements)\.txt$/i

/**
 * Whether a text is no label but a list of images, or words about them, as lies beside labels: `train.txt`, `README.roboflow.txt`. Labels may
 * be called so, too (`license_plate_1.txt`): these have nothing but numbers in their first line.
 */
export const isBesideLabels = (name: string, text: string): boolean =>
  besideLabels.test(name) && !/^[-+\d.e,\s]*$/i.test(text.trimStart().split(/\r?\n/, 1)[0] ?? '')

export const mayBeBesideLabels = (name: string): boolean => besideLabels.test(name)

/**
 * The names of the classes: of the YAML file that was named, else of the nearest `data.yaml` or `classes.txt` in the folder of the labels or
 * one above it. Throws Problem 'bad-file' where there are none, since a label without its name says nothing.
 */
export async function findClasses(path: string): Promise<Classes> {
  const isFolder = (await stat(path)).isDirectory()
  if (!isFolder && isYaml(path)) return fromYaml(path, (await readText(path)) ?? '')
  let folder = isFolder ? path : dirname(path)
  for (let level = 0; level <= maxLevels; level++) {
    for (const name of [...yamlFiles, ...textFiles]) {
      const file = join(folder, name)
      const text = await readText(file)
      if (text !== null) return isYaml(name) ? fromYaml(file, text) : fromText(file, text)
    }
    folder = dirname(folder)
  }
  throw badFile(path, message('import.yolo.namesNotFound'), message('import.yolo.addNamesFile', { file: basename('classes.txt') }))
}
