import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { noPause, type Pause } from '../../exportJob'
import { createFindings, type ValidationResult } from '../../files/findings'
import { mimicItChecks, type MimicItFindings } from './mimicItChecks'
import { checkGroup, type GroupFiles } from './mimicItGroup'
import { defaultImageLimits, type ImageLimits, readImages } from './mimicItImages'
import { type Ids, readInstructions, readTrainFile } from './mimicItText'
import { type DataSetEntry, readTrainingYaml } from './mimicItYaml'
import { createNames } from './names'
import { message } from '../../../../../shared/messages/message'

/**
 * Reads a MIMIC-IT set back from the disk, starting with its training YAML, and checks the requirements of Otter's loader. Relative paths
 * are resolved against the folder of the YAML. Every YAML in the folder is a separate training run.
 */
export async function validateMimicIt(
  directory: string,
  { pause = noPause, ...limits }: Partial<ImageLimits> & { readonly pause?: Pause } = {},
): Promise<ValidationResult> {
  const findings = createFindings(mimicItChecks)
  const yamls = (await readdir(directory)).filter((name) => /\.ya?ml$/i.test(name)).toSorted()
  findings.expect(yamls.length > 0, 'training-yaml', '*.yaml', null, message('exportSet.mimicIt.noTrainingYaml'))
  for (const yaml of yamls) await validateRun(path.join(directory, yaml), findings, { ...defaultImageLimits, ...limits, pause })
  return findings.read()
}

async function validateRun(yaml: string, findings: MimicItFindings, limits: ImageLimits & { readonly pause: Pause }): Promise<void> {
  const dataSets = await readTrainingYaml(yaml, findings)
  const ids: Ids = { instructions: createNames(), images: createNames(), owners: [] }
  const instructions = await readOnce(
    dataSets,
    ({ mimicit }) => mimicit,
    (file) => readInstructions(file, { ids, findings }),
  )
  const train = await readOnce(
    dataSets,
    (set) => set.train,
    (file) => readTrainFile(file, { ids, findings }),
  )
  const images = await readOnce(
    dataSets,
    (set) => set.images,
    (file) => readImages(file, findings, limits),
  )
  const files: GroupFiles = { yaml: path.basename(yaml), ids, instructions, train, images }
  for (const group of new Set(dataSets.map((set) => set.group)))
    await checkGroup(
      group,
      dataSets.filter((set) => set.group === group),
      files,
      { findings, pause: limits.pause },
    )
}

/** Reads each file that data sets reference only once. */
async function readOnce<T>(
  dataSets: readonly DataSetEntry[],
  fileOf: (dataSet: DataSetEntry) => string | null,
  read: (file: string) => Promise<T>,
): Promise<ReadonlyMap<string, T>> {
  const contents = new Map<string, T>()
  for (const dataSet of dataSets) {
    const file = fileOf(dataSet)
    if (file !== null && !contents.has(file)) contents.set(file, await read(file))
  }
  return contents
}
