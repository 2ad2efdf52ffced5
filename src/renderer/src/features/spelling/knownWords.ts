import { useMemo } from 'react'
import type { Context } from '../../../../shared/domain'
import { namesIn } from '../../../../shared/text/spelling'
import { useCall } from '../../api/queries'

const none: ReadonlySet<string> = new Set()

/**
 * Returns the words that are correct in addition to the dictionary: the project's words, and names in the item's context. `on` is whether
 * the project checks the spelling.
 */
export function useKnownWords(context: Context | undefined): { readonly on: boolean; readonly known: ReadonlySet<string> } {
  const on = useCall('review.settings', {}).data?.spelling ?? false
  const words = useCall('spelling.words', {}, { enabled: on }).data
  const known = useMemo(() => (on && words ? new Set([...words, ...namesIn(context)]) : none), [on, words, context])
  return { on: on && words !== undefined, known }
}
