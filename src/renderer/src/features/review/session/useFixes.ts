import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import type { Pair } from '../../../../../shared/domain'
import type * as FixText from '../../../../../shared/text/fixText'
import { defaultReviewSettings } from '../../../../../shared/review'
import { useCall } from '../../../api/queries'

export type Engine = typeof FixText

/** The engine of rules, read once it is wanted: a project without rules needs none. */
export function useEngine(wanted: boolean): Engine | null {
  const [engine, setEngine] = useState<Engine | null>(null)
  useEffect(() => {
    if (wanted) void import('../../../../../shared/text/fixText').then(setEngine)
  }, [wanted])
  return engine
}

/** What the project's rules find in a text, and the text with all of it mended; a little behind while somebody types. */
export function useFixes(text: Pair) {
  const { fixes } = useCall('review.settings', {}).data ?? defaultReviewSettings
  const engine = useEngine(fixes.some(({ on }) => on))
  const rules = useMemo(() => engine?.compileRules(fixes) ?? [], [engine, fixes])
  const settled = useDeferredValue(text)
  return useMemo(() => {
    const found = engine && rules.length > 0 ? engine.fixesOf(rules, settled) : []
    return { found, all: engine && found.length > 0 ? engine.fixAll(rules, settled) : settled, of: settled }
  }, [engine, rules, settled])
}
