import path from 'node:path'
import { runCommandLine } from '../../src/main/commands/run'

export const samples = path.resolve(import.meta.dirname, '../../resources/sample')

export interface Outcome {
  readonly code: number
  readonly out: string[]
  readonly errors: string[]
}

/** Runs the command line in this process, as `npm run exemplar -- …` does in its own. */
export async function run(directory: string, args: readonly string[], environment: Record<string, string> = {}): Promise<Outcome> {
  const out: string[] = []
  const errors: string[] = []
  const code = await runCommandLine(args, {
    directory,
    environment,
    out: (line) => out.push(line),
    error: (line) => errors.push(line),
    signal: new AbortController().signal,
  })
  return { code, out, errors }
}

export const cocoArgs = [
  ...['--format', 'coco', '--captions', path.join(samples, 'annotations/coco/captions.json')],
  ...['--instances', path.join(samples, 'annotations/coco/instances.json'), '--media', path.join(samples, 'media')],
]
