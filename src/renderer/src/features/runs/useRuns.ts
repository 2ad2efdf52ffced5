import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { RunProgress } from '../../../../shared/contract'
import { on } from '../../api'
import { callKey, useCall } from '../../queries'

const key = callKey('run.list', {})

/** Puts the news of one run in its place, or before all others where it is new. */
export function withProgress(list: readonly RunProgress[], news: RunProgress): RunProgress[] {
  return list.some(({ run }) => run.id === news.run.id) ? list.map((known) => (known.run.id === news.run.id ? news : known)) : [news, ...list]
}

/** The runs, the latest first, kept current by what main tells. */
export function useRuns() {
  const client = useQueryClient()
  useEffect(
    () =>
      on('run.progress', (news) => {
        client.setQueryData<RunProgress[]>(key, (list) => list && withProgress(list, news))
        if (!news.active) {
          void client.invalidateQueries({ queryKey: ['project.stats'] })
          void client.invalidateQueries({ queryKey: ['run.calls'] })
        }
      }),
    [client],
  )
  return useCall('run.list', {})
}
