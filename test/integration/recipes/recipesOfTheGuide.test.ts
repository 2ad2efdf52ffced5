import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { getRecipe } from '../../../src/main/recipes/registry'
import { recipeIdSchema } from '../../../src/shared/domain'
import { readProjectFile } from '../../support/projectFiles'
import { run } from '../../support/terminal'

const root = path.resolve(import.meta.dirname, '../../..')
const line = /^npm run -s exemplar -- (new|import) ~\/(\w+) (.*)$/gm
/** The guide's own lines, by recipe. */
const lines = Map.groupBy(readProjectFile('docs/guide/README.md').matchAll(line), ([, , recipe]) => recipe)

/** What the native sample files hold: items, and images or frames that an export has of them. */
const held = { la: [8, 8], cgd: [6, 12], sd: [1, 2], vst: [1, 3], dc: [2, 20], tvc: [2, 32], sn: [1, 1], e4d: [1, 8] } as const
const recipes = recipeIdSchema.exclude(['custom']).options

let home: string
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'exemplar-guide-'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

async function command(...args: string[]): Promise<string> {
  const { code, out, errors } = await run(root, args)
  expect([args[0], code, errors.filter((each) => !each.startsWith('warning: '))]).toEqual([args[0], 0, []])
  return out.join('\n')
}

interface Candidate {
  readonly id: number
  readonly item: string
}

describe('the lines of the guide make a project from native files, which is then drafted, decided and exported without more ado', () => {
  it('there are some for every recipe', () => {
    expect([...lines.keys()]).toEqual(recipes)
  })

  it.each(recipes)('%s', async (recipe) => {
    for (const [, name = '', , rest = ''] of lines.get(recipe) ?? []) await command(name, path.join(home, recipe), ...rest.split(' '))
    const project = path.join(home, recipe)
    await command('generate', project, '--provider', 'demo')
    const drafts = JSON.parse(await command('list', project, '--candidates', '--json')) as Candidate[]
    const [items, images] = held[recipe]
    expect(new Set(drafts.map(({ item }) => item)).size).toBe(items)
    const decisions = path.join(home, 'decisions.jsonl')
    await writeFile(decisions, drafts.map(({ id }) => JSON.stringify({ candidate: id, verdict: 'accept', reviewer: 'Ada' })).join('\n'))
    await command('decide', project, '--file', decisions)
    const out = path.join(home, 'out')
    await command('export', project, '--format', 'mimic-it', '--out', out)

    const { prefix, group } = getRecipe(recipe)
    const { data } = JSON.parse(await readFile(path.join(out, `${prefix}_instructions.json`), 'utf8')) as {
      data: Record<string, { image_ids: string[]; rel_ins_ids: string[] }>
    }
    const entries = Object.values(data)
    expect(entries).toHaveLength(drafts.length)
    expect(new Set(entries.flatMap(({ image_ids }) => image_ids)).size).toBe(images)
    expect(entries.some(({ rel_ins_ids }) => rel_ins_ids.length > 0)).toBe(recipe !== 'sd')
    expect(await readFile(path.join(out, `${prefix}.yaml`), 'utf8')).toContain(`${group}:`)
  })
})
