import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import type { Pair } from '../../../../../shared/domain'
import type * as FixText from '../../../../../shared/text/fixText'
import { defaultReviewSettings } from '../../../../../shared/review'
import { useCall } from '../../../api/queries'

export type Engine = typeof FixText

/** Loads the rule engine on demand, because a project without rules does not need it. */
export function useEngine(wanted: boolean): Engine | null {
  const [engine, setEngine] = useState<Engine | null>(null)
  useEffect(() => {
    if (wanted) void import('../../../../../shared/text/fixText').then(setEngine)
  }, [wanted])
  return engine
}

/** Returns the matches of the project's rules in a text, and the text with all fixes applied. Deferred while the user types. */
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
