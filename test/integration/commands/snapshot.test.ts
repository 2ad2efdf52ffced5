import { readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { snapshotSchema, type SnapshotDiff } from '../../../src/shared/snapshot'
import { cocoArgs, run } from '../../support/terminal'
import { temporaryDirectory } from '../../support/temporaryProject'

const directory = temporaryDirectory()
const snapshot = (...args: readonly string[]) => run(directory, ['snapshot', ...args])

beforeAll(async () => {
  await run(directory, ['new', 'p', '--recipe', 'la'])
  await run(directory, ['import', 'p', ...cocoArgs])
  await run(directory, ['generate', 'p', '--provider', 'demo', '--limit', '3', '--pairs', '3'])
  const lines = Array.from({ length: 9 }, (_, at) =>
    JSON.stringify({ candidate: at + 1, verdict: at === 8 ? 'reject' : 'accept', reviewer: at < 4 ? 'Ada' : 'Bo' }),
  )
  await writeFile(path.join(directory, 'd.jsonl'), lines.join('\n'))
  expect((await run(directory, ['decide', 'p', '--file', 'd.jsonl'])).errors).toEqual([])
})

describe('snapshot', () => {
  it('creates, lists and shows', async () => {
    const created = await snapshot('create', 'p', '--name', 'first', '--split', '34/33/33', '--seed', '5')
    expect(created.errors).toEqual([])
    expect(created.code).toBe(0)
    expect(created.out).toContain('pairs\t8\t8 accepted\t0 edited\t8 by the demo generator\t0 by people')
    expect(created.out).toContain('split\t34/33/33\tseed 5')
    expect((await snapshot('list', 'p')).out).toEqual([expect.stringMatching(/^first\t8 pairs\ttrain 3, validation \d, test \d\t/)])
    const shown = await snapshot('show', 'p', 'first')
    expect(shown.out).toEqual(created.out)
    const json = await snapshot('show', 'p', 'first', '--json')
    expect(snapshotSchema.parse(JSON.parse(json.out.join('\n')))).toMatchObject({ name: 'first', seed: 5, facts: { counts: { pairs: 8 } } })
  })

  it('takes the pairs that a filter finds', async () => {
    const filtered = await snapshot(
      'create',
      'p',
      '--name',
      'of Ada',
      '--reviewer',
      'Ada',
      '--state',
      'accepted',
      '--not-flagged',
      '--json',
    )
    expect(snapshotSchema.parse(JSON.parse(filtered.out.join('\n')))).toMatchObject({
      filter: { reviewer: 'Ada', states: ['accepted'], flagged: false },
      facts: { counts: { pairs: 4 } },
    })
  })

  it('shows how two differ, with their texts', async () => {
    const edit = { candidate: 5, verdict: 'edit', instruction: 'What is it?', response: 'Something new.', reviewer: 'Cy' }
    await writeFile(path.join(directory, 'd.jsonl'), [edit, { candidate: 1, verdict: 'reject', reviewer: 'Cy' }].map((line) => JSON.stringify(line)).join('\n')) // prettier-ignore
    await run(directory, ['decide', 'p', '--file', 'd.jsonl'])
    await snapshot('create', 'p', '--name', 'second', '--split', '34/33/33', '--seed', '5')
    const { out, code } = await snapshot('diff', 'p', 'first', 'second')
    expect(code).toBe(0)
    expect(out[0]).toMatch(/^added 0\tremoved 1\tchanged \d \(text 1, .*\)\tunchanged \d$/)
    expect(out).toContain('  +\tWhat is it?\tSomething new.')
    expect(out.some((line) => line.startsWith('−\tpair 1\t'))).toBe(true)
    const json = await snapshot('diff', 'p', 'first', 'second', '--json')
    const parsed = JSON.parse(json.out.join('\n')) as { summary: SnapshotDiff; pairs: { candidateId: number }[] }
    expect(parsed.summary.removed).toBe(1)
    expect(parsed.pairs).toHaveLength(parsed.summary.removed + parsed.summary.changed)
  })

  it('is exported in its splits', async () => {
    const { code, out } = await run(directory, ['export', 'p', '--snapshot', 'first', '--format', 'mimic-it', '--out', 'set'])
    expect(code).toBe(0)
    expect(out.at(-1)).toMatch(/^8 pairs, /)
    expect((await readdir(path.join(directory, 'set'))).toSorted()).toEqual(['test', 'train', 'validation'])
    expect((await run(directory, ['validate', 'set'])).out.at(-1)).toMatch(/^mimic-it: \d+ checks, 0 errors/)
    const training = await run(directory, ['export', 'p', '--snapshot', 'first', '--format', 'trl', '--kind', 'sft', '--out', 'trl'])
    expect(training.out.at(-1)).toMatch(/^8 rows \(sft\) of 8 pairs/)
  })

  it.each([
    [['create', 'p', '--name', 'first'], 'error: This project already has a snapshot named first.'],
    [['create', 'p', '--name', ' '], 'error: The name of a snapshot has 1 to 80 characters.'],
    [['create', 'p', '--name', 'x', '--tag', 'none'], 'error: No approved pairs match the filter.'],
    [['create', 'p', '--name', 'x', '--flagged', '--not-flagged'], 'error: --flagged and --not-flagged exclude each other.'],
    [['create', 'p', '--name', 'x', '--split', '80/30'], `error: option '--split <shares>' argument '80/30' is invalid.`],
    [['create', 'p', '--name', 'x', '--rating', '9'], `error: option '--rating <n>' argument '9' is invalid.`],
    [['create', 'p'], `error: required option '--name <name>' not specified`],
    [['show', 'p', 'nobody'], 'error: Snapshot nobody does not exist in this project.'],
    [['diff', 'p', 'first', 'nobody'], 'error: Snapshot nobody does not exist in this project.'],
    [['diff', 'p', 'first', 'first'], 'error: A snapshot does not differ from itself.'],
  ])('refuses %j with a remedy', async (args, error) => {
    const { code, errors, out } = await snapshot(...args)
    expect(errors[0]?.startsWith(error)).toBe(true)
    expect(errors[0]).toContain('→')
    expect(code).toBe(2)
    expect(out).toEqual([])
  })

  it('refuses to export what is no snapshot', async () => {
    for (const format of ['jsonl', 'trl', 'mimic-it']) {
      const { code, errors } = await run(directory, ['export', 'p', '--snapshot', 'nobody', '--format', format, '--out', 'none'])
      expect(errors[0]).toMatch(/^error: Snapshot nobody does not exist in this project\. → /)
      expect(code).toBe(2)
    }
  })

  it('deletes one, and names what is not there', async () => {
    await snapshot('create', 'p', '--name', 'short-lived')
    const { out, code } = await snapshot('delete', 'p', '--name', 'short-lived')
    expect([out, code]).toEqual([[expect.stringMatching(/^deleted\tshort-lived\t\d pairs$/)], 0])
    expect((await snapshot('list', 'p')).out.some((line) => line.startsWith('short-lived'))).toBe(false)
    const again = await snapshot('delete', 'p', '--name', 'short-lived')
    expect(again.code).not.toBe(0)
    expect(again.errors.join()).toContain('Snapshot short-lived does not exist in this project.')
  })
})
