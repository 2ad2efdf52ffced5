import type { AppSettings, KeyStatus, Topic } from '../../shared/contract'
import type { KeyPlace } from '../project/keyRing'
import type { JobInput, JobName, JobOutput } from '../jobs/contract'

/** What only the desktop can do; Electron's part of it is in `electron/`. */
export interface Desktop {
  readonly userData: string
  readonly documents: string
  readonly version: string
  /** where the sample's media and annotations lie */
  readonly sampleDirectory: string
  chooseFolder(title: string): Promise<string | null>
  chooseFile(title: string, filters: { name: string; extensions: string[] }[]): Promise<string | null>
  /** asks where a file is to be written; the system asks before one that exists is replaced */
  chooseSaveFile(title: string, name: string, filters: { name: string; extensions: string[] }[]): Promise<string | null>
  showFolder(folder: string): Promise<void>
  keyStatus(place: KeyPlace): KeyStatus
  saveKey(place: KeyPlace, key: string): KeyStatus
  forgetKey(place: KeyPlace): KeyStatus
  /** the key of a profile, without OPENAI_API_KEY */
  savedKey(place: KeyPlace): string | null
  readKey(place: KeyPlace): string | null
  /** for an address that only a project file names */
  readKeyForProject(baseUrl: string): string | null
  themeChanged(theme: AppSettings['theme']): void
  languageChanged(language: AppSettings['language']): void
  runJob<N extends JobName>(
    name: N,
    input: JobInput<N>,
    options?: { event?: 'import.progress' | 'export.progress'; signal?: AbortSignal },
  ): Promise<JobOutput<N>>
  dataChanged(topics: readonly Topic[]): void
}
