import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { trainingFormatSchema } from '../../../src/shared/domain'
import { cocoArgs, run } from '../../support/terminal'
import { temporaryDirectory } from '../../support/temporaryProject'

const directory = temporaryDirectory()
const exported = (...args: readonly string[]) => run(directory, ['export', 'p', ...args])

beforeAll(async () => {
  await run(directory, ['new', 'p', '--recipe', 'la'])
  await run(directory, ['import', 'p', ...cocoArgs])
  await run(directory, ['generate', 'p', '--provider', 'demo', '--limit', '3', '--pairs', '3'])
  const verdicts = ['accept', 'edit', 'reject']
  const lines = Array.from({ length: 9 }, (_, at) => {
    const verdict = verdicts[at % 3]
    const edit = verdict === 'edit' ? { instruction: `What about ${at}?`, response: `Somebody wrote this anew, as number ${at}.` } : {}
    return JSON.stringify({
      candidate: at + 1,
      verdict,
      reviewer: 'Ada',
      ...edit,
      ...(verdict === 'reject' ? { reason: 'wrong fact' } : {}),
    })
  })
  await writeFile(path.join(directory, 'd.jsonl'), lines.join('\n'))
  expect((await run(directory, ['decide', 'p', '--file', 'd.jsonl'])).errors).toEqual([])
})

describe('export and validate', () => {
  it.each(trainingFormatSchema.options)('write %s, and read it back', async (format) => {
    const written = await exported('--format', format, '--out', format)
    expect(written.errors.filter((line) => !line.startsWith('warning'))).toEqual([])
    expect(written.code).toBe(0)
    expect(written.out.at(-1)).toMatch(
      /^6 rows \(sft\) of 6 pairs, 6 by the demo generator; validated: \d+ checks, 0 errors, \d warnings?; read by /,
    )
    const validated = await run(directory, ['validate', format])
    expect(validated.code).toBe(0)
    expect(validated.out.at(-1)).toMatch(new RegExp(`^${format}: \\d+ checks?, 0 errors`))
  })

  it('read older exports back, too', async () => {
    for (const format of ['mimic-it', 'jsonl']) {
      expect((await exported('--format', format, '--out', `old-${format}`)).code).toBe(0)
      expect((await run(directory, ['validate', `old-${format}`])).out.at(-1)).toMatch(new RegExp(`^${format}: \\d+ checks, 0 errors`))
    }
  })

  it('write preference data, and say what it cannot use', async () => {
    const dpo = await exported('--format', 'ms-swift', '--kind', 'dpo', '--out', 'dpo')
    expect(dpo.code).toBe(0)
    expect(dpo.errors).toEqual([expect.stringMatching(/^note: left out: 3 pairs: The pair was accepted as drafted/)])
    expect(dpo.out.at(-1)).toMatch(/^3 rows \(dpo\) of 3 pairs/)
    const kto = await exported('--format', 'trl', '--kind', 'kto', '--out', 'kto')
    expect(kto.out.at(-1)).toMatch(/^9 rows \(kto\) of 9 pairs/)
    expect(JSON.parse(await readFile(path.join(directory, 'kto/export.json'), 'utf8'))).toMatchObject({
      format: 'trl',
      kind: 'kto',
      records: 9,
      demoPairs: 9,
    })
  })

  it('name what is wrong with a set', async () => {
    await exported('--format', 'llava', '--out', 'damaged')
    const file = path.join(directory, 'damaged/p.json')
    await writeFile(file, (await readFile(file, 'utf8')).replace('<image>\\n', ''))
    const validated = await run(directory, ['validate', 'damaged'])
    expect(validated.code).toBe(1)
    expect(validated.errors).toEqual(['error: p.json row 1: <image> stands 0 times, but there are 1 of what it stands for.'])
    await rm(path.join(directory, 'damaged/export.json'))
    expect((await run(directory, ['validate', 'damaged'])).errors[0]).toMatch(
      /format of .* is not stated in the folder\. → Name it with --format/,
    )
    expect((await run(directory, ['validate', 'damaged', '--format', 'llava'])).code).toBe(1)
  })

  it.each([
    [['--format', 'llava', '--kind', 'dpo', '--out', 'x'], /The format llava has no dpo data\. → Choose one of sft\./],
    [['--format', 'jsonl', '--frames', '2', '--out', 'x'], /The format jsonl has no option --frames\. →/],
    [['--format', 'mimic-it', '--min-change', '0.5', '--out', 'x'], /The format mimic-it has no option --min-change\. →/],
    [['--format', 'qwen', '--system', 'Be brief.', '--out', 'x'], /No row could be written.*no system text/],
    [['--format', 'trl', '--min-change', '2', '--out', 'x'], /from 0 to 1/],
    [['--format', 'trl', '--out', 'p.exemplar'], /part of the project folder/],
  ])('refuse %j', async (args, says) => {
    const outcome = await exported(...args)
    expect(outcome.code).toBe(2)
    expect(outcome.errors.join('\n')).toMatch(says)
  })

  it('refuse a folder that is not there', async () => {
    const outcome = await run(directory, ['validate', 'nowhere'])
    expect(outcome.code).toBe(2)
    expect(outcome.errors[0]).toMatch(/nowhere does not exist\. → Check the path\./)
  })

  it.each(['jsonl', 'mimic-it', ...trainingFormatSchema.options])('come back into another project as pairs: %s', async (format) => {
    const folder = `back-${format}`
    await exported('--format', format, '--out', folder)
    await run(directory, ['new', `p-${format}`, '--recipe', 'la'])
    const importAgain = (...args: readonly string[]) =>
      run(directory, ['import', `p-${format}`, '--format', format, '--file', folder, ...args])
    const refused = await importAgain('--pairs', 'accepted')
    expect(refused.errors).toEqual(['error: Accepted pairs need a reviewer. → Add --reviewer NAME.'])
    const first = await importAgain('--pairs', 'accepted', '--reviewer', 'Grace')
    expect(first.errors).toEqual([])
    expect(first.out.at(-1)).toMatch(/^3 items added, 0 unchanged, 3 media added, 6 pairs added \(6 accepted\), 0 known, 0 problems/)
    const second = await importAgain('--pairs', 'accepted', '--reviewer', 'Grace')
    expect(second.out.at(-1)).toMatch(/^0 items added, 3 unchanged, 0 media added, 0 pairs added, 6 known, 0 problems/)
    // The project that it came from has all of it, unless the images were made anew.
    const own = await run(directory, ['import', 'p', '--format', format, '--file', folder, '--pairs', 'pending'])
    if (format !== 'mimic-it') expect(own.out.at(-1)).toMatch(/^0 items added, .* 0 pairs added, 6 known, 0 problems/)
  })

  it('take rejected drafts of an item for preferences where that is asked for', async () => {
    const refused = await exported('--format', 'trl', '--item-drafts', '--out', 'none')
    expect(refused.code).not.toBe(0)
    const dpo = await exported('--format', 'trl', '--kind', 'dpo', '--item-drafts', '--out', 'items')
    expect(dpo.out.at(-1)).toMatch(/^\d+ rows \(dpo\)/)
  })
})
