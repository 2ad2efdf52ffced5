import fs from 'node:fs'
import path from 'node:path'
import type { z } from 'zod'
import { toProblem } from '../../shared/problem'

/** Reads a small JSON file. Returns `otherwise` if it is missing or invalid; an invalid file is renamed to `<file>.unreadable`. */
export function readJsonFile<S extends z.ZodType>(file: string, schema: S, otherwise: z.output<S>): z.output<S> {
  let text: string
  try {
    text = fs.readFileSync(file, 'utf8')
  } catch {
    return otherwise
  }
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    fs.renameSync(file, `${file}.unreadable`)
    return otherwise
  }
}

/** Replaces a small JSON file atomically: after a kill it is the old or the new file, after a failure the old one. @throws Problem */
export function writeJsonFile(file: string, value: unknown): void {
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true })
    const temporary = `${file}.${process.pid}.tmp`
    try {
      fs.writeFileSync(temporary, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600, flush: true })
      fs.renameSync(temporary, file)
    } catch (error) {
      fs.rmSync(temporary, { force: true })
      throw error
    }
  } catch (error) {
    throw toProblem(error, file)
  }
}
