import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { message } from '../../../../../shared/messages/message'
import { Problem } from '../../../../../shared/problem'
import { badFile, decodeUtf8 } from '../../text/readLines'

export interface Classes {
  /** the names of the classes by their numbers */
  readonly names: ReadonlyMap<number, string>
  /** whether labels hold key points behind their box */
  readonly hasKeyPoints: boolean
  /** whether the file itself says what labels of many numbers are */
  readonly isTaskKnown: boolean
  /** how many classes the file itself counts, where it does */
  readonly counted: number | null
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
  return { names, hasKeyPoints: points !== undefined, isTaskKnown: (points ?? task) !== undefined, counted: nc, file }
}

function fromText(file: string, text: string): Classes {
  const lines = text
    .replace(/\s+$/, '')
    .split(/\r?\n/)
    .map((name) => name.trim())
  const names = new Map([...lines.entries()].filter(([, name]) => name !== ''))
  return { names, hasKeyPoints: false, isTaskKnown: false, counted: null, file }
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

/** null where the file is not there */
async function readClasses(file: string): Promise<Classes | null> {
  const text = await readText(file)
  return text === null ? null : isYaml(file) ? fromYaml(file, text) : fromText(file, text)
}

/**
 * The names of the classes: of the YAML file that was named, else of the nearest `data.yaml` or `classes.txt` in the folder of the labels or
 * one above it. Throws Problem 'bad-file' where there are none, since a label without its name says nothing, and where two lists differ.
 */
export async function findClasses(path: string): Promise<Classes> {
  const isFolder = (await stat(path)).isDirectory()
  const named = !isFolder && isYaml(path) ? await readClasses(path) : null
  if (named) return named
  let folder = isFolder ? path : dirname(path)
  const found: Classes[] = []
  // A list beside the labels may differ from the YAML file of the data set; another one that cannot be read is not needed.
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

/** Labels that were written with one list would get the names of the other. A list may be shorter, and written in other letters. */
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
