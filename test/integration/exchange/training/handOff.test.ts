import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { exportPairs } from '../../../../src/main/exchange/export/export'
import { exportTraining, type TrainingOptions } from '../../../../src/main/exchange/export/training/exportTraining'
import { createProjectSource } from '../../../../src/main/exchange/export/pairSource'
import { readConversations } from '../../../../src/main/exchange/export/training/projectSource'
import { trainingGuide } from '../../../../src/main/exchange/export/training/handOff'
import { validateMimicIt } from '../../../../src/main/exchange/export/mimicIt/validate/validateMimicIt'
import { trainingFormats } from '../../../../src/main/exchange/export/training/trainingFormats'
import { kindsOfFormat, type TrainingFormatId, type TrainingKind } from '../../../../src/shared/domain'
import type { Loose } from '../../../support/damageSet'
import { readJson, type TestProject } from '../../../support/exportProject'
import { newMixedProject, newTrainingProject, validate } from '../../../support/trainingSet'

let project: TestProject
let folder: string
beforeAll(async () => {
  project = await newMixedProject({ video: true })
  folder = await mkdtemp(join(tmpdir(), 'hand-off-'))
})
afterAll(() => project.remove())

const formats = ['llamafactory', 'ms-swift', 'trl', 'axolotl'] as const
const cases = formats.flatMap((format) =>
  kindsOfFormat[format].flatMap((kind) => [false, true].map((isSplit) => ({ format, kind, isSplit }))),
)

/** Exports the mixed project; the conversation without media is for validation where the set is split. */
async function exportSet(format: TrainingFormatId, kind: TrainingKind, isSplit: boolean, options: TrainingOptions = {}): Promise<string> {
  const directory = join(folder, `${format}-${kind}-${isSplit}-${options.boxes ?? ''}`)
  async function* conversations() {
    for await (const each of readConversations(project, { kind, system: null, source: createProjectSource(project.db) }))
      yield { ...each, split: isSplit && each.item === 'words' ? ('validation' as const) : ('train' as const) }
  }
  await exportTraining(conversations(), { format: trainingFormats[format], directory, name: 'On' }, { ...options, kind })
  return directory
}

/** Reads settings as PyYAML does. */
const readYaml = async (file: string): Promise<Loose> => parse(await readFile(file, 'utf8'), { version: '1.1' })

/** Runs a script with a program in place of the framework's, from elsewhere, and gives what that was started with. */
async function runScript(script: string, program: string, variables: Record<string, string> = {}) {
  const bin = join(folder, 'bin')
  await mkdir(bin, { recursive: true })
  await writeFile(join(bin, program), '#!/usr/bin/env bash\necho "$PWD"\necho "${ROOT_IMAGE_DIR:-}"\nprintf "%s\\n" "$@"\n')
  await chmod(join(bin, program), 0o755)
  const path = `${bin}:${process.env['PATH']}`
  const [cwd, root, ...args] = execFileSync('bash', [script, '--seed', '7'], {
    cwd: '/',
    env: { ...variables, PATH: path },
    encoding: 'utf8',
  })
    .trimEnd()
    .split('\n')
  const options = new Map<string, string>()
  for (const [at, arg] of args.entries()) {
    const [name = '', value] = arg.split('=')
    if (name.startsWith('--')) options.set(name.slice(2), value ?? args[at + 1] ?? '')
  }
  return { cwd, root, args, options }
}

const isFile = (directory: string, name: unknown) =>
  stat(join(directory, String(name))).then((found) => found.isFile(), () => false) // prettier-ignore

describe('what trains on a set', () => {
  it.each(cases)(
    'is beside the data of $format for $kind, split: $isSplit, and passes the validator',
    async ({ format, kind, isSplit }) => {
      const directory = await exportSet(format, kind, isSplit)
      expect((await validate(format, directory)).issues.filter(({ level }) => level === 'error')).toEqual([])
      const guide = await readFile(join(directory, trainingGuide), 'utf8')
      const rows = (await readFile(join(directory, 'provenance.jsonl'), 'utf8')).trimEnd().split('\n').length
      expect([...guide.matchAll(/(\d+) (?:training|validation) row/g)].reduce((sum, [, count]) => sum + Number(count), 0)).toBe(rows)
      const named = guide.match(/\S+\.(?:yaml|sh)\b/)?.[0]
      expect(await isFile(directory, named)).toBe(true)

      if (format === 'llamafactory') {
        const settings = await readYaml(join(directory, `train_${kind}.yaml`))
        const info: Loose = await readJson(join(directory, settings['dataset_dir'], 'dataset_info.json'))
        expect(settings).toMatchObject({ stage: kind, template: 'qwen2_vl', media_dir: '.', dataset: 'on', image_max_pixels: 589_824 })
        expect(settings['eval_dataset']).toBe(isSplit ? 'on_validation' : undefined)
        for (const name of [settings['dataset'], settings['eval_dataset']].filter(Boolean)) {
          expect(info).toHaveProperty(name)
          expect(await isFile(directory, info[name].file_name)).toBe(true)
          expect(Boolean(info[name].ranking)).toBe(kind === 'dpo')
          expect('kto_tag' in info[name].columns).toBe(kind === 'kto')
        }
        expect('video_max_pixels' in settings).toBe(kind !== 'dpo')
      } else if (format === 'trl') {
        const settings = await readYaml(join(directory, `train_${kind}.yaml`))
        expect(settings).toMatchObject({ dataset_train_split: 'train', max_length: null, lora_target_modules: ['all-linear'] })
        expect(await isFile(directory, join(settings['dataset_name'], 'train-00000-of-00001.parquet'))).toBe(true)
        expect(settings['dataset_test_split']).toBe(isSplit ? 'validation' : undefined)
        if (isSplit) expect(await isFile(directory, join(settings['dataset_name'], 'validation-00000-of-00001.parquet'))).toBe(true)
        if (kind === 'kto') expect(settings['per_device_train_batch_size']).toBeGreaterThan(1)
      } else if (format === 'axolotl') {
        const settings = await readYaml(join(directory, 'axolotl.yaml'))
        const sets = [...settings['datasets'], ...(settings['test_datasets'] ?? [])]
        expect(sets).toHaveLength(isSplit ? 2 : 1)
        for (const set of sets) expect(await isFile(directory, set.path)).toBe(true)
        expect(settings).toMatchObject({ chat_template: 'qwen2_vl', sample_packing: false })
      } else {
        const { cwd, root, args, options } = await runScript(join(directory, `train_${kind}.sh`), 'swift')
        expect([cwd, root]).toEqual([directory, directory])
        expect(args[0]).toBe(kind === 'sft' ? 'sft' : 'rlhf')
        expect(options.get('rlhf_type')).toBe(kind === 'sft' ? undefined : kind)
        expect(options.get('seed')).toBe('7')
        for (const name of [options.get('dataset'), ...(isSplit ? [options.get('val_dataset')] : [])])
          expect(await isFile(directory, name)).toBe(true)
      }
    },
  )

  it('holds the longest row, and images of the size that boxes count in', async () => {
    const directory = await exportSet('llamafactory', 'sft', false, { boxes: 'qwen2.5-vl' })
    expect(await readYaml(join(directory, 'train_sft.yaml'))).toMatchObject({ image_max_pixels: 28 * 28 * 16_384 })
    const other = await exportSet('llamafactory', 'sft', false, { boxes: 'qwen3-vl' })
    expect(await readYaml(join(other, 'train_sft.yaml'))).toMatchObject({
      template: 'qwen3_vl_nothink',
      model_name_or_path: expect.stringContaining('Qwen3-VL'),
      image_max_pixels: 589_824,
    })
  })

  it('of MIMIC-IT starts Otter in the folder of the set, with paths that are there', async () => {
    const la = await newTrainingProject('la')
    try {
      const directory = join(folder, 'mimic it')
      const otter = join(folder, 'Otter of mine')
      await mkdir(otter)
      const { files } = await exportPairs(la, { format: 'mimic-it', directory })
      expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(['train_otter.sh', trainingGuide]))
      const { cwd, options } = await runScript(join(directory, 'train_otter.sh'), 'accelerate', { OTTER: otter })
      expect(cwd).toBe(directory)
      expect(options.get('config_file')).toBe(join(otter, 'pipeline/accelerate_configs/accelerate_config_zero2.yaml'))
      const yaml = await readYaml(join(directory, options.get('training_data_yaml') ?? ''))
      for (const sets of Object.values(yaml))
        for (const set of Object.values(sets as Loose))
          for (const [key, name] of Object.entries(set as Loose))
            if (key.endsWith('_path')) expect(await isFile(directory, name)).toBe(true)
      expect((await validateMimicIt(directory)).issues).toEqual([])
    } finally {
      await la.remove()
    }
  })
})
