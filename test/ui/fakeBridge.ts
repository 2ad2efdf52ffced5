import {
  contract,
  type Answer,
  type Bridge,
  type CallName,
  type CallOutput,
  type CallParsedInput,
  type EventName,
  type EventPayload,
} from '../../src/shared/contract'
import { toProblem } from '../../src/shared/problem'
import { defaultHandlers } from './fakeProject'

/** What main would answer, call by call; throw a Problem to fail. */
export type Handlers = { readonly [N in CallName]: (input: CallParsedInput<N>) => CallOutput<N> | Promise<CallOutput<N>> }

export interface FakeBridge extends Bridge {
  /** every call so far, oldest first, with its parsed input */
  readonly calls: readonly { readonly name: CallName; readonly input: unknown }[]
  /** the inputs of the calls of one name */
  inputsOf<N extends CallName>(name: N): CallParsedInput<N>[]
  /** tells the window something, as main would */
  emit<N extends EventName>(event: N, payload: EventPayload<N>): void
  /** answers a call otherwise from now on */
  answer<N extends CallName>(name: N, handler: Handlers[N]): void
}

/** An in-memory main process: inputs are parsed as main parses them, answers cross as copies. */
export function createFakeBridge(overrides: Partial<Handlers> = {}): FakeBridge {
  const handlers = { ...defaultHandlers(), ...overrides }
  const calls: { name: CallName; input: unknown }[] = []
  const listeners = new Map<EventName, Set<(payload: unknown) => void>>()

  const run = async <N extends CallName>(name: N, input: unknown): Promise<Answer> => {
    try {
      const parsed = contract[name].input.parse(input) as CallParsedInput<N>
      calls.push({ name, input: parsed })
      const handler = handlers[name] as (input: CallParsedInput<N>) => unknown
      return { ok: true, value: structuredClone(await handler(parsed)) }
    } catch (error) {
      return { ok: false, problem: toProblem(error).toData() }
    }
  }

  return {
    calls,
    call: run,
    drop: (files) => run('import.drop', { paths: files.map(({ name }) => `/dropped/${name}`) }),
    on: (event, listener) => {
      const set = listeners.get(event) ?? new Set()
      listeners.set(event, set.add(listener))
      return () => set.delete(listener)
    },
    inputsOf: <N extends CallName>(name: N) => calls.filter((call) => call.name === name).map((call) => call.input as CallParsedInput<N>),
    emit: (event, payload) => {
      for (const listener of listeners.get(event) ?? []) listener(payload)
    },
    answer: (name, handler) => {
      Object.assign(handlers, { [name]: handler })
    },
  }
}
