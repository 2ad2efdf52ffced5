import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { message } from '../../../../../shared/messages/message'
import { Problem } from '../../../../../shared/problem'
import { badFile, decodeUtf8 } from '../../text/readLines'

export interface Classes {
  /** Class names by number. */
  readonly names: ReadonlyMap<number, string>
  /** Whether labels have key points after their box. */
  readonly hasKeyPoints: boolean
  /** Numbers of the key points of a label, as `kpt_shape` states them; null if it does not. */
  readonly keyNumbers: number | null
  /** Whether the file itself defines the meaning of labels with many numbers. */
  readonly isTaskKnown: boolean
  /** Number of classes that the file states; null if it does not. */
  readonly counted: number | null
  /** The file that contains the names. */
  readonly file: string
}

const largestBytes = 4 * 1024 * 1024
const textFiles = ['classes.txt', 'obj.names', '_darknet.labels', 'labels.txt', 'predefined_classes.txt']
const yamlFiles = ['data.yaml', 'data.yml', 'dataset.yaml', 'dataset.yml']
/** Number of parent folders of the labels in which class names are searched: `data/labels/train`. */
const maxLevels = 3

const yamlSchema = z.looseObject({
  names: z.union([z.array(z.union([z.string(), z.number()])), z.record(z.string(), z.union([z.string(), z.number()]))]),
  nc: z.number().optional(),
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
  const { nc = null, kpt_shape: points, task } = parsed.data
  return {
    names,
    hasKeyPoints: points !== undefined,
    keyNumbers: points?.reduce((all, each) => all * each, 1) ?? null,
    isTaskKnown: (points ?? task) !== undefined,
    counted: nc,
    file,
  }
}

function fromText(file: string, text: string): Classes {
  const lines = text
    .replace(/\s+$/, '')
    .split(/\r?\n/)
    .map((name) => name.trim())
  const names = new Map([...lines.entries()].filter(([, name]) => name !== ''))
  return { names, hasKeyPoints: false, keyNumbers: null, isTaskKnown: false, counted: null, file }
}

const isYaml = (name: string) => /\.ya?ml$/i.test(name)

/** Checks whether a file contains class names. */
export const isClassList = (name: string): boolean => textFiles.includes(name.toLowerCase())

const besideLabels = /^(train|val|valid|test|trainval|readme.*|notes|license.*|requirements)\.txt$/i

/**
 * Checks whether a text file among the labels is not a label file but an image list or documentation: `train.txt`, `README.roboflow.txt`.
 * Label files may have such names as well (`license_plate_1.txt`), but their first line contains only numbers.
 */
export const isBesideLabels = (name: string, text: string): boolean =>
  besideLabels.test(name) && !/^[-+\d.e,\s]*$/i.test(text.trimStart().split(/\r?\n/, 1)[0] ?? '')

export const mayBeBesideLabels = (name: string): boolean => besideLabels.test(name)

/** Reads class names; null if the file does not exist. */
async function readClasses(file: string): Promise<Classes | null> {
  const text = await readText(file)
  return text === null ? null : isYaml(file) ? fromYaml(file, text) : fromText(file, text)
}

/**
 * Finds the class names: in the given YAML file, otherwise in the nearest `data.yaml` or `classes.txt` in the folder of the labels or a
 * parent.
 * @throws Problem 'bad-file' if there are none, because labels are meaningless without names, or if two lists differ
 */
export async function findClasses(path: string): Promise<Classes> {
  const isFolder = (await stat(path)).isDirectory()
  const named = !isFolder && isYaml(path) ? await readClasses(path) : null
  if (named) return named
  let folder = isFolder ? path : dirname(path)
  const found: Classes[] = []
  // A list next to the labels may differ from the YAML file of the data set. If another list cannot be read, it is ignored.
  for (let level = 0; level <= maxLevels && !found.some(({ file }) => isYaml(file)); level++) {
    for (const file of [...yamlFiles, ...textFiles].map((name) => join(folder, name))) {
      const list = await readClasses(file).catch((error: unknown) => {
        if (found.length === 0 || !(error instanceof Problem)) throw error
        return null
      })
      if (list) found.push(list)
    }
    folder = dirname(folder)
  }
  const [nearest, ...others] = found
  for (const other of others) if (nearest) requireSameNames(nearest, other)
  if (nearest) return nearest
  throw badFile(path, message('import.yolo.namesNotFound'), message('import.yolo.addNamesFile', { file: basename('classes.txt') }))
}

/** Rejects differing lists, with which labels would get wrong names. A list may be shorter, and may differ in case and separators. */
function requireSameNames(one: Classes, other: Classes): void {
  const plain = (name: string) => name.toLowerCase().replace(/[\s_-]+/g, ' ')
  for (const [index, name] of one.names) {
    const another = other.names.get(index)
    if (another === undefined || plain(another) === plain(name)) continue
    const [first, second] = [basename(one.file), relative(dirname(one.file), other.file).replaceAll('\\', '/')]
    const remedy = isYaml(first) ? message('import.yolo.chooseNames', { first, second }) : message('import.yolo.deleteNames')
    throw badFile(one.file, message('import.yolo.namesDiffer', { first, second, index, one: name, other: another }), remedy)
  }
}
