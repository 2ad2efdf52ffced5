import { QueryClient, useMutation, useQuery, useQueryClient, type UseQueryOptions } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { CallInput, CallName, CallOutput, EventPayload, RunProgress } from '../../../shared/contract'
import { call, on } from './api'
import { showProblem } from '../components/showProblem'

/** Nothing here goes over a network, so nothing is retried, paused while offline, or read again on focus. */
export const createQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: { retry: false, networkMode: 'always', refetchOnWindowFocus: false, staleTime: Infinity },
      mutations: { networkMode: 'always', onError: showProblem },
    },
  })

type Options<N extends CallName> = Omit<UseQueryOptions<CallOutput<N>, Error>, 'queryKey' | 'queryFn'>

/** For figures that the command line may change meanwhile: they are read again whenever their screen is opened. */
export const readAtVisit = { staleTime: 0 } as const

export const callKey = <N extends CallName>(name: N, input: CallInput<N>) => [name, input] as const

/** Reads a call of the contract; cached under `[name, input]`. The error, where there is one, is a Problem. */
export function useCall<N extends CallName>(name: N, input: CallInput<N>, options: Options<N> = {}) {
  return useQuery<CallOutput<N>, Error>({ ...options, queryKey: callKey(name, input), queryFn: () => call(name, input) })
}

/**
 * A call that changes something. Afterwards the calls named in `reread` are read again, or all where it is `'all'`.
 * A Problem is shown as a notification unless `onError` takes it.
 */
export function useCallMutation<N extends CallName>(
  name: N,
  options: {
    readonly reread?: readonly CallName[] | 'all'
    readonly onSuccess?: (output: CallOutput<N>, input: CallInput<N>) => void
    readonly onError?: (error: Error) => void
  } = {},
) {
  const client = useQueryClient()
  return useMutation<CallOutput<N>, Error, CallInput<N>>({
    mutationKey: [name],
    mutationFn: (input) => call(name, input),
    onSuccess: (output, input) => {
      if (options.reread === 'all') void client.invalidateQueries()
      else for (const read of options.reread ?? []) void client.invalidateQueries({ queryKey: [read] })
      options.onSuccess?.(output, input)
    },
    ...(options.onError ? { onError: options.onError } : {}),
  })
}

/** The calls to read again when main tells that something else has changed data. */
const readAgain = {
  project: ['project.current', 'project.recent'],
  items: ['item.page', 'item.get', 'project.stats', 'coldStart.get'],
  candidates: [
    'candidate.page',
    'candidate.get',
    'candidate.counts',
    'marks.get',
    'marks.tags',
    'turn.list',
    'pair.typed',
    'quality.counts',
    'candidate.found',
    'candidate.count',
    'item.page',
    'exemplar.list',
    'project.stats',
    'prompt.preview',
    'coldStart.get',
  ],
  runs: ['run.list', 'run.calls', 'project.stats'],
} as const satisfies Record<EventPayload<'data.changed'>['what'], readonly CallName[]>

const READ_EVERY = 2000

/** Keeps the cache true while runs, imports or another process write. Mounted once, by the window. */
export function useDataChanges() {
  const client = useQueryClient()
  useEffect(() => {
    const read = (what: keyof typeof readAgain) => {
      for (const name of readAgain[what]) void client.invalidateQueries({ queryKey: [name] })
    }
    let nextReading = 0
    const stops = [
      on('data.changed', ({ what }) => read(what)),
      on('run.progress', (news) => {
        client.setQueryData<RunProgress[]>(callKey('run.list', {}), (list) => list && withProgress(list, news))
        // Lists are read again now and then while a run goes on, and once it has ended.
        if (news.active && Date.now() < nextReading) return
        nextReading = Date.now() + READ_EVERY
        read('candidates')
        void client.invalidateQueries({ queryKey: ['run.calls'] })
      }),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [client])
}

/** Puts the news of one run in its place, or before all others where it is new. */
export function withProgress(list: readonly RunProgress[], news: RunProgress): RunProgress[] {
  return list.some(({ run }) => run.id === news.run.id)
    ? list.map((known) => (known.run.id === news.run.id ? news : known))
    : [news, ...list]
}
