import * as exporting from '../../src/main/exchange/export/export'
import * as jsonl from '../../src/main/exchange/export/jsonl/validateJsonl'
import * as mimicIt from '../../src/main/exchange/export/mimicIt/validate/validateMimicIt'
import * as importing from '../../src/main/exchange/import/importFiles'
import * as promptFile from '../../src/main/exchange/promptFile/promptFile'
import * as promptFiles from '../../src/main/exchange/promptFile/promptFiles'
import * as generating from '../../src/main/generation/run/runGeneration'
import * as probing from '../../src/main/media/probe'
import * as examining from '../../src/main/project/examine'
import * as doctor from '../../src/main/store/recovery/doctor'
import * as calls from '../../src/main/store/runs/calls'
import type { ImportReport } from '../../src/shared/domain'
import type { Message } from '../../src/shared/messages/message'
import { toEnglish } from '../../src/shared/messages/translate'

type English<T> = T extends Message
  ? string
  : T extends readonly (infer Each)[]
    ? English<Each>[]
    : T extends object
      ? { [Key in keyof T]: English<T[Key]> }
      : T

export type EnglishImportReport = English<ImportReport>

const isMessage = (value: object): value is Message => 'code' in value && 'values' in value

const isPlain = (value: object) => [Object.prototype, null].includes(Object.getPrototypeOf(value))

/** Returns the same data with each message as its English text, as the command line prints it. */
export function inEnglish<T>(data: T): English<T> {
  const render = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(render)
    if (typeof value !== 'object' || value === null) return value
    if (isMessage(value)) return toEnglish(value)
    return isPlain(value) ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, render(each)])) : value
  }
  return render(data) as English<T>
}

const withEnglishResult =
  <Arguments extends readonly unknown[], Result>(work: (...given: Arguments) => Result) =>
  (...given: Arguments): English<Result> =>
    inEnglish(work(...given))

const withEnglishAnswer =
  <Arguments extends readonly unknown[], Result>(work: (...given: Arguments) => Promise<Result>) =>
  async (...given: Arguments): Promise<English<Result>> =>
    inEnglish(await work(...given))

// The functions of main whose reports hold messages.
export const importFiles = withEnglishAnswer(importing.importFiles)
export const exportPairs = withEnglishAnswer(exporting.exportPairs)
export const validateJsonl = withEnglishAnswer(jsonl.validateJsonl)
export const validateMimicIt = withEnglishAnswer(mimicIt.validateMimicIt)
export const examineProject = withEnglishAnswer(examining.examineProject)
export const importPromptFile = withEnglishAnswer(promptFiles.importPromptFile)
export const probeMedia = withEnglishAnswer(probing.probeMedia)
export const runGeneration = withEnglishAnswer(generating.runGeneration)
export const listCalls = withEnglishResult(calls.listCalls)
export const inspectDatabase = withEnglishResult(doctor.inspectDatabase)
export const readPromptFile = withEnglishResult(promptFile.readPromptFile)
