import { z } from 'zod'
import { problemSchema } from '../problem'
import type { Visibility } from './visibility'
import { appCalls } from './app'
import { candidateCalls } from './candidates'
import { comparisonCalls } from './comparisons'
import { decisionCalls } from './decisions'
import { guidelineCalls } from './guidelines'
import { libraryCalls } from './library'
import { pairCalls } from './pairs'
import { projectCalls } from './project'
import { promptCalls } from './prompt'
import { providerCalls } from './providers'
import { reviewCalls } from './review'
import { runCalls, runProgressSchema } from './runs'
import { snapshotCalls } from './snapshots'
import { snapshotProgressSchema } from '../snapshot'
import { exportStepSchema, idSchema } from '../domain'
import { topicSchema } from './call'

export * from './app'
export * from './candidates'
export * from './comparisons'
export * from './decisions'
export * from './guidelines'
export * from './library'
export * from './pairs'
export * from './project'
export * from './prompt'
export * from './providers'
export * from './review'
export * from './runs'
export * from './snapshots'
export type { Topic } from './call'
export type { CandidateCursor } from '../review'

/** Every call between the window and the main process, by name. Media do not use this channel. */
export const contract = {
  ...appCalls,
  ...projectCalls,
  ...libraryCalls,
  ...promptCalls,
  ...comparisonCalls,
  ...snapshotCalls,
  ...providerCalls,
  ...runCalls,
  ...candidateCalls,
  ...reviewCalls,
  ...guidelineCalls,
  ...decisionCalls,
  ...pairCalls,
} as const

type Contract = typeof contract
export type CallName = keyof Contract
/** The calls with a given visibility; see `Visibility`. */
export type CallsOf<V extends Visibility> = { [N in CallName]: Contract[N]['visibility'] extends V ? N : never }[CallName]
export type CallInput<N extends CallName> = z.input<Contract[N]['input']>
export type CallParsedInput<N extends CallName> = z.output<Contract[N]['input']>
export type CallOutput<N extends CallName> = z.output<Contract[N]['output']>
export type Handler<N extends CallName> = (input: CallParsedInput<N>) => CallOutput<N> | Promise<CallOutput<N>>
/** Handlers of some calls, whatever their visibility. */
export type HandlersOf<N extends CallName> = { readonly [C in N]: Handler<C> }

/** Events that the main process sends to the window, each at most 10 times a second. */
export const events = {
  'run.progress': runProgressSchema,
  'import.progress': z.object({ done: z.number(), total: z.number().nullable(), problems: z.number() }),
  'export.progress': z.object({ done: z.number(), total: z.number(), step: exportStepSchema.optional() }),
  'snapshot.progress': snapshotProgressSchema,
  /** data was changed by something other than this window's last call */
  'data.changed': z.object({ topics: z.array(topicSchema) }),
  /** a run ended before its last item because of a fault of this machine, such as a full disk; it can be resumed */
  'run.failed': z.object({ runId: idSchema, problem: problemSchema }),
  /** the open project had to be closed */
  'project.failed': problemSchema,
  /** the open project was not backed up; earlier backups were kept */
  'backup.failed': problemSchema,
  /** a menu item was chosen */
  'menu.action': z.object({ action: z.string() }),
} as const
export type EventName = keyof typeof events
export type EventPayload<N extends EventName> = z.output<(typeof events)[N]>

export const answerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), problem: problemSchema }),
])
export type Answer = z.infer<typeof answerSchema>

/** API that the preload script exposes on `window`. */
export interface Bridge {
  call(name: CallName, input: unknown): Promise<Answer>
  on(event: EventName, listener: (payload: unknown) => void): () => void
  /** passes dropped files to the main process, which then treats them as chosen; returns their paths */
  drop(files: readonly File[]): Promise<Answer>
}

/** Returns the URL of a medium in the page; `thumb` is at most 320 pixels wide and high, for a video the frame shown at `at` seconds. */
export const mediaUrl = (mediaId: number, projectUuid: string, size: 'full' | 'thumb' = 'full', at = 0) =>
  `media://${projectUuid}/${mediaId}${size === 'thumb' ? '?size=thumb' : ''}${size === 'thumb' && at > 0 ? `&at=${Math.round(at * 1000)}` : ''}`
