import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { quantile, report, sizeOf } from '../support/figures'
import { measure } from './import/measure'
import { nativeFiles, writeNative } from './import/nativeFiles'

const formSchema = z.enum(['spot-the-diff', 'activitynet'])
const waySchema = z.enum(['import', 'bare'])
const measuredSchema = z.object({ seconds: z.array(z.number().positive()).min(1), megabytes: z.number().positive(), stored: z.string() })
type Form = z.infer<typeof formSchema>
type Way = z.infer<typeof waySchema>

/** A small file is over before the machine is warm or quiet, so it is measured more often. */
const rounds = { 'spot-the-diff': sizeOf(9, 2), activitynet: 1 } as const satisfies Record<Form, number>

/** In a process of its own, whose memory is what the import takes. */
function measureApart(way: Way, form: Form, folder: string): z.infer<typeof measuredSchema> {
  const [, program = ''] = process.argv
  const { stdout, status } = spawnSync(process.execPath, [program, way, form, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`${way} of ${form} ended with ${status}`)
  return measuredSchema.parse(JSON.parse(stdout))
}

function compare(form: Form): void {
  const { rows } = nativeFiles[form]
  // On the project's own disk: a temporary folder may be memory, where durable costs nothing.
  const folder = fs.mkdtempSync(path.resolve('out/bench-import-'))
  try {
    fs.mkdirSync(path.join(folder, 'media'))
    writeNative(path.join(folder, 'rows.json'), form)
    const imported = measureApart('import', form, folder)
    const bare = measureApart('bare', form, folder)
    if (imported.stored !== bare.stored) throw new Error(`${form}: stored are ${imported.stored}, and ${bare.stored} by the bare driver`)
    const name = `${form}, ${rows.toLocaleString('en')} rows`
    const [rate, bareRate] = [rows / quantile(imported.seconds, 0.5), rows / quantile(bare.seconds, 0.5)]
    report({ name: `${name}: import`, value: rate, unit: 'rows/s' })
    report({ name: `${name}: the same statements by the bare driver`, value: bareRate, unit: 'rows/s' })
    report({ name: `${name}: import against the bare driver`, value: rate / bareRate, unit: 'of the bare rate', atLeast: 0.5 })
    if (rounds[form] > 1) {
      const [first = 0, bareFirst = 0] = [imported.seconds[0], bare.seconds[0]]
      report({ name: `${name}: the same, the first of a process`, value: bareFirst / first, unit: 'of the bare rate' })
    }
    report({ name: `${name}: most memory of the importing process`, value: imported.megabytes, unit: 'MB', atMost: 300 })
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

const [, , way, form, folder] = process.argv
if (way !== undefined && folder !== undefined) {
  const known = formSchema.parse(form)
  console.log(JSON.stringify(await measure(waySchema.parse(way), known, folder, rounds[known])))
} else for (const each of formSchema.options) compare(each)
