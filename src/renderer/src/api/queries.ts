import { QueryClient, useMutation, useQuery, useQueryClient, type UseQueryOptions } from '@tanstack/react-query'
import { useEffect } from 'react'
import { contract, type CallInput, type CallName, type CallOutput, type RunProgress, type Topic } from '../../../shared/contract'
import { call, on } from './api'
import { showProblem } from '../components/showProblem'

/** Creates the query client. Calls do not use a network, so they are never retried, paused while offline, or refetched on focus. */
export const createQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: { retry: false, networkMode: 'always', refetchOnWindowFocus: false, staleTime: Infinity },
      mutations: { networkMode: 'always', onError: showProblem },
    },
  })

type Options<N extends CallName> = Omit<UseQueryOptions<CallOutput<N>, Error>, 'queryKey' | 'queryFn'>

/** Query options for data that the command line may change in the meantime: refetches whenever the screen is opened. */
export const readAtVisit = { staleTime: 0 } as const

export const callKey = <N extends CallName>(name: N, input: CallInput<N>) => [name, input] as const

/** Reads a call of the contract, cached under `[name, input]`. An error is always a Problem. */
export function useCall<N extends CallName>(name: N, input: CallInput<N>, options: Options<N> = {}) {
  return useQuery<CallOutput<N>, Error>({ ...options, queryKey: callKey(name, input), queryFn: () => call(name, input) })
}

/** Returns a predicate for queries of the given calls, with any input. */
export const isCall =
  (names: readonly CallName[]) =>
  ({ queryKey }: { readonly queryKey: readonly unknown[] }): boolean =>
    names.includes(queryKey[0] as CallName)

/** Invalidates all queries that depend on the given topics. @returns a promise that resolves when the active ones are refetched */
export async function invalidate(client: QueryClient, topics: readonly Topic[], isIncluded: (name: CallName) => boolean = () => true) {
  const isConcerned = (name: CallName) => contract[name].reads.some((topic) => topics.includes(topic)) && isIncluded(name)
  await client.invalidateQueries({ predicate: ({ queryKey }) => isConcerned(queryKey[0] as CallName) })
}

/** Returns the topics that a call with this input changes, as declared in the contract. */
export const changesOf = <N extends CallName>(name: N, input: CallInput<N>): readonly Topic[] =>
  (contract[name].changesOf as (input: unknown) => readonly Topic[])(input)

/**
 * Runs a call that changes data and then invalidates everything that reads it, as declared in the contract. A Problem is shown as a
 * notification unless `onError` handles it.
 */
export function useCallMutation<N extends CallName>(
  name: N,
  options: {
    readonly onSuccess?: (output: CallOutput<N>, input: CallInput<N>) => void
    readonly onError?: (error: Error) => void
  } = {},
) {
  const client = useQueryClient()
  return useMutation<CallOutput<N>, Error, CallInput<N>>({
    mutationKey: [name],
    mutationFn: (input) => call(name, input),
    onSuccess: (output, input) => {
      const known = contract[name].answers as CallName | undefined
      if (known) client.setQueryData(callKey(known, {}), output)
      void invalidate(client, changesOf(name, input), (read) => read !== known)
      options.onSuccess?.(output, input)
    },
    ...(options.onError ? { onError: options.onError } : {}),
  })
}

const readEveryMs = 2000

/** Keeps the cache up to date while runs, imports or another process write. Mounted once, by the window. */
export function useDataChanges() {
  const client = useQueryClient()
  useEffect(() => {
    let nextReading = 0
    const stops = [
      on('data.changed', ({ topics }) => void invalidate(client, topics)),
      on('run.progress', (news) => {
        client.setQueryData<RunProgress[]>(callKey('run.list', {}), (list) => list && withProgress(list, news))
        // During a run the lists are refetched at most once per interval, and once more when it has ended.
        if (news.active && Date.now() < nextReading) return
        nextReading = Date.now() + readEveryMs
        void invalidate(client, ['pairs', 'runs'], (name) => name !== 'run.list')
      }),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [client])
}

/** Replaces the progress of a run in the list, or prepends it if the run is new. */
export function withProgress(list: readonly RunProgress[], news: RunProgress): RunProgress[] {
  return list.some(({ run }) => run.id === news.run.id)
    ? list.map((known) => (known.run.id === news.run.id ? news : known))
    : [news, ...list]
}
