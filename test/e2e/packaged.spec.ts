import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { expect, test } from '@playwright/test'
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { projectRoot } from '../support/projectFiles'
import { executable, launchArgs, launchEnv, temporaryUserData } from './launch'

// Runs on a package alone: EXEMPLAR_EXE names its program, see playwright.config.ts.
const resources = path.join(path.dirname(executable), 'resources')

/** The packaged command line, on a machine without a display. */
function cli(...args: string[]) {
  const env = { ...launchEnv(temporaryUserData()), DISPLAY: '', WAYLAND_DISPLAY: '' }
  return spawnSync(executable, [...launchArgs, '--cli', ...args], { encoding: 'utf8', env, timeout: 60_000 })
}

test('fuses are as electron-builder.yml says', async () => {
  const wire = await getCurrentFuseWire(executable)
  const on = (fuse: FuseV1Options) => wire[fuse] === FuseState.ENABLE
  expect(on(FuseV1Options.RunAsNode)).toBe(false)
  expect(on(FuseV1Options.EnableCookieEncryption)).toBe(true)
  expect(on(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(false)
  expect(on(FuseV1Options.EnableNodeCliInspectArguments)).toBe(true) // smoke package
  expect(on(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(true)
  expect(on(FuseV1Options.OnlyLoadAppFromAsar)).toBe(true)
})

test('ELECTRON_RUN_AS_NODE is ignored', () => {
  const env = { ...launchEnv(temporaryUserData()), ELECTRON_RUN_AS_NODE: '1' }
  const { stdout } = spawnSync(executable, ['-p', '40 + 2', ...launchArgs, '--cli', '--help'], { encoding: 'utf8', env, timeout: 60_000 })
  expect(stdout.split('\n')).not.toContain('42')
})

test('only app.asar is there to load, with the sample beside it and no tests in it', () => {
  expect(fs.existsSync(path.join(resources, 'app.asar'))).toBe(true)
  expect(fs.existsSync(path.join(resources, 'default_app.asar'))).toBe(false)
  expect(fs.existsSync(path.join(resources, 'app'))).toBe(false)
  expect(fs.readdirSync(path.join(resources, 'sample')).toSorted()).toEqual(['README.md', 'annotations', 'media'])
})

test('sharp is packed for this machine alone: as WebAssembly on Linux, where its native build does not go with GTK', () => {
  const machine = `${process.platform}-${process.arch}`
  const native = process.platform === 'linux' ? [] : [`sharp-${machine}`]
  const packed = fs.readdirSync(path.join(resources, 'app.asar.unpacked/node_modules/@img'))
  const builds = packed.filter((name) => name.startsWith('sharp-') && !name.startsWith('sharp-libvips'))
  expect(builds.toSorted()).toEqual([...native, 'sharp-wasm32'].toSorted())
})

test('--cli needs no display and no window: the whole way from images to a validated export', () => {
  const project = path.join(temporaryUserData(), 'packed.exemplar')
  const sample = path.join(projectRoot, 'resources/sample')
  const done = (...args: string[]) => {
    const { status, stdout, stderr } = cli(...args)
    expect({ args, status, stderr }).toMatchObject({ status: 0, stderr: expect.not.stringContaining('GLib') })
    return stdout
  }
  done('new', project, '--recipe', 'la')
  done(
    'import',
    project,
    '--format',
    'jsonl',
    '--file',
    path.join(sample, 'annotations/items.jsonl'),
    '--media',
    path.join(sample, 'media'),
  )
  done('generate', project, '--provider', 'demo', '--limit', '1')
  const drafted: { id: number }[] = JSON.parse(done('list', project, '--candidates', '--json'))
  expect(drafted.length).toBeGreaterThan(0)

  const decisions = path.join(path.dirname(project), 'decisions.jsonl')
  fs.writeFileSync(
    decisions,
    drafted.map(({ id }) => JSON.stringify({ candidate: id, verdict: 'accept', reviewer: 'packager' })).join('\n'),
  )
  done('decide', project, '--file', decisions)
  const out = path.join(path.dirname(project), 'export')
  done('export', project, '--format', 'mimic-it', '--out', out) // images are scaled here, by sharp
  expect(
    fs
      .readdirSync(out, { recursive: true })
      .map(String)
      .some((name) => name.endsWith('.parquet')),
  ).toBe(true)
})

test('--cli with wrong use says so and ends with 2', () => {
  expect(cli('nonsense').status).toBe(2)
})
