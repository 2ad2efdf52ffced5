import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { parse } from 'yaml'
import { messageOf } from '../../../../../shared/problem'
import { message, type Message } from '../../../../../shared/messages/message'
import type { MimicItFindings } from './mimicItChecks'

const groups = ['IMAGE_TEXT', 'TEXT_ONLY', 'VIDEO_TEXT', 'IMAGE_TEXT_IN_CONTEXT'] as const
export type Group = (typeof groups)[number]

/** One data set of a training YAML. Paths are absolute; null if the key is missing or its file does not exist. */
export interface DataSetEntry {
  readonly group: Group
  readonly name: string
  readonly mimicit: string | null
  readonly images: string | null
  readonly train: string | null
  /** Whether the YAML specifies a train file, even if it does not exist. */
  readonly namesTrain: boolean
}

type Mapping = Readonly<Record<string, unknown>>
const isMapping = (value: unknown): value is Mapping => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads a training YAML in the same way as `preload_dataset`; relative paths are resolved against its folder. */
export async function readTrainingYaml(file: string, findings: MimicItFindings): Promise<DataSetEntry[]> {
  const name = path.basename(file)
  let content: unknown
  try {
    content = parse(await readFile(file, 'utf8'))
  } catch (error) {
    findings.report('training-yaml', name, null, message('exportSet.mimicIt.yamlUnreadable', { reason: messageOf(error) }))
    return []
  }
  if (!isMapping(content)) {
    findings.report('training-yaml', name, null, message('exportSet.mimicIt.yamlWithoutGroups'))
    return []
  }
  const entries: DataSetEntry[] = []
  for (const [group, dataSets] of Object.entries(content)) {
    if (
      !findings.expect(isGroup(group), 'group', name, group, message('exportSet.mimicIt.unknownGroup', { groups: groups.join(', ') })) ||
      !isGroup(group)
    )
      continue
    if (!findings.expect(isMapping(dataSets), 'group', name, group, message('exportSet.mimicIt.emptyGroup'))) continue
    for (const [dataSet, value] of Object.entries(dataSets as Mapping)) {
      if (!findings.expect(isMapping(value), 'data-set', name, dataSet, message('exportSet.mimicIt.dataSetWithoutKeys'))) continue
      entries.push(await readDataSet(path.dirname(file), name, group, dataSet, value as Mapping, findings))
    }
  }
  return entries
}

const isGroup = (name: string): name is Group => groups.some((group) => group === name)

async function readDataSet(
  directory: string,
  file: string,
  group: Group,
  name: string,
  value: Mapping,
  findings: MimicItFindings,
): Promise<DataSetEntry> {
  const found = new Map<string, string>()
  for (const [key, given] of Object.entries(value)) {
    if (!key.endsWith('_path')) continue
    const resolved = await resolveGiven(directory, given)
    if (
      findings.expect(
        resolved.ok,
        'path',
        file,
        name,
        message('common.labelled', { label: key, text: resolved.ok ? '' : resolved.reason }),
      ) &&
      resolved.ok
    )
      found.set(key, resolved.path)
  }
  findings.expect('mimicit_path' in value, 'path', file, name, message('exportSet.mimicIt.pathKeyMissing'))
  const samples = value.num_samples ?? -1
  const goodSamples = typeof samples === 'number' && Number.isInteger(samples) && samples >= -1
  findings.expect(
    goodSamples,
    'num-samples',
    file,
    name,
    message('exportSet.mimicIt.numSamplesInvalid', { value: JSON.stringify(samples) }),
  )
  const description = value.task_description ?? []
  findings.expect(
    Array.isArray(description) && description.every((text) => typeof text === 'string'),
    'task-description',
    file,
    name,
    message('exportSet.mimicIt.taskDescriptionNotList'),
  )
  return {
    group,
    name,
    mimicit: found.get('mimicit_path') ?? null,
    images: found.get('images_path') ?? null,
    train: found.get('train_config_path') ?? null,
    namesTrain: 'train_config_path' in value,
  }
}

type Resolved = { readonly ok: true; readonly path: string } | { readonly ok: false; readonly reason: Message }

async function resolveGiven(directory: string, given: unknown): Promise<Resolved> {
  if (typeof given !== 'string' || given.trim() === '') return { ok: false, reason: message('exportSet.mimicIt.emptyPath') }
  const resolved = path.resolve(directory, given)
  const found = await stat(resolved).catch(() => undefined)
  return found?.isFile() ? { ok: true, path: resolved } : { ok: false, reason: message('exportSet.mimicIt.noFile', { path: given }) }
}
