import { Option, type Command } from 'commander'
import {
  defaultProviderSettings,
  providerKindSchema,
  providerSettingsSchema,
  type ProviderKind,
  type ProviderSettings,
} from '../../shared/domain'
import { message } from '../../shared/messages/message'
import { Problem } from '../../shared/problem'
import { findProfile, listProfiles, settingsOf } from '../../shared/profiles'
import { readAppSettings, userDataFolder } from '../project/userData'
import type { Terminal } from './terminal'
import { positive } from './values'

export interface ProviderOptions {
  profile?: string
  provider?: ProviderKind
  baseUrl?: string
  model?: string
  embeddingModel?: string
  concurrency?: number
  /** seconds */
  timeout?: number
  maxReplyMb?: number
  maxFailures?: number
}

/** Adds the options that choose the model provider. */
export function addProviderOptions(command: Command): Command {
  return command
    .option('--profile <name>', 'a provider profile of the window, see `profiles`; the options below change it for this command')
    .addOption(new Option('--provider <provider>', 'who drafts; demo by default').choices(providerKindSchema.options))
    .option('--base-url <address>', `of an OpenAI-compatible server; ${defaultProviderSettings.baseUrl} by default`)
    .option('--model <model>', `as the server names it; ${defaultProviderSettings.model} by default`)
    .option('--embedding-model <model>', 'chooses exemplars by similarity (policies similar and diverse); their words do where left out')
    .option('--concurrency <n>', `calls under way at once; ${defaultProviderSettings.concurrency} by default`, positive)
    .option(
      '--timeout <seconds>',
      `until a call without an answer is given up; ${defaultProviderSettings.timeoutMs / 1000} by default`,
      positive,
    )
    .option(
      '--max-reply-mb <n>',
      `a longer answer is given up while it is read; ${defaultProviderSettings.maxReplyMb} by default`,
      positive,
    )
    .option(
      '--max-failures <n>',
      `pauses the run after so many failures in a row for the same reason; ${defaultProviderSettings.maxFailures} by default`,
      positive,
    )
}

/** Returns the settings of the profile that the options name; null if they name none. @throws Problem wrong-use for an unknown profile */
export function readProfile({ environment }: Terminal, { profile: name }: ProviderOptions): ProviderSettings | null {
  if (name === undefined) return null
  const settings = readAppSettings(userDataFolder(environment))
  const profile = findProfile(settings, name)
  if (profile) return settingsOf(profile)
  const known = listProfiles(settings).map((each) => `“${each.name}”`)
  throw new Problem('wrong-use', message('command.noProfile', { name }), message('command.chooseProfile', { names: known.join(', ') }), {
    item: name,
  })
}

/** Returns the provider settings with the options applied. @throws Problem wrong-use */
export function providerOf(options: ProviderOptions, otherwise: ProviderSettings): ProviderSettings {
  const parsed = providerSettingsSchema.safeParse({
    ...otherwise,
    ...(options.provider === undefined ? {} : { kind: options.provider }),
    ...(options.baseUrl === undefined ? {} : { baseUrl: options.baseUrl }),
    ...(options.model === undefined ? {} : { model: options.model }),
    ...(options.embeddingModel === undefined ? {} : { embeddingModel: options.embeddingModel }),
    ...(options.concurrency === undefined ? {} : { concurrency: options.concurrency }),
    ...(options.timeout === undefined ? {} : { timeoutMs: options.timeout * 1000 }),
    ...(options.maxReplyMb === undefined ? {} : { maxReplyMb: options.maxReplyMb }),
    ...(options.maxFailures === undefined ? {} : { maxFailures: options.maxFailures }),
  })
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new Problem(
    'wrong-use',
    message('common.labelled', { label: issue?.path.join('.') ?? '', text: issue?.message ?? '' }),
    message('command.correctOption'),
  )
}
