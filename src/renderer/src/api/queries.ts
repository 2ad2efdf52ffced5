import { QueryClient, useMutation, useQuery, useQueryClient, type UseQueryOptions } from '@tanstack/react-query'
import { useEffect } from 'react'
import { contract, type CallInput, type CallName, type CallOutput, type RunProgress, type Topic } from '../../../shared/contract'
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

/** Whether a query is of one of these calls, whatever it asks. */
export const isCall =
  (names: readonly CallName[]) =>
  ({ queryKey }: { readonly queryKey: readonly unknown[] }): boolean =>
    names.includes(queryKey[0] as CallName)

/** Reads again, where it is shown, what depends on these topics. @returns when that is read */
export async function invalidate(client: QueryClient, topics: readonly Topic[], isIncluded: (name: CallName) => boolean = () => true) {
  const isConcerned = (name: CallName) => contract[name].reads.some((topic) => topics.includes(topic)) && isIncluded(name)
  await client.invalidateQueries({ predicate: ({ queryKey }) => isConcerned(queryKey[0] as CallName) })
}

/** What a call with this input changes, as the contract declares it. */
export const changesOf = <N extends CallName>(name: N, input: CallInput<N>): readonly Topic[] =>
  (contract[name].changesOf as (input: unknown) => readonly Topic[])(input)

/**
 * A call that changes something. Afterwards all that reads it is read again, as the contract declares. A Problem is shown as a notification
 * unless `onError` takes it.
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

/** Keeps the cache true while runs, imports or another process write. Mounted once, by the window. */
export function useDataChanges() {
  const client = useQueryClient()
  useEffect(() => {
    let nextReading = 0
    const stops = [
      on('data.changed', ({ topics }) => void invalidate(client, topics)),
      on('run.progress', (news) => {
        client.setQueryData<RunProgress[]>(callKey('run.list', {}), (list) => list && withProgress(list, news))
        // Lists are read again now and then while a run goes on, and once it has ended.
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

/** Puts the news of one run in its place, or before all others where it is new. */
export function withProgress(list: readonly RunProgress[], news: RunProgress): RunProgress[] {
  return list.some(({ run }) => run.id === news.run.id)
    ? list.map((known) => (known.run.id === news.run.id ? news : known))
    : [news, ...list]
}
