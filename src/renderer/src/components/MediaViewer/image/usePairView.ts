import { useState } from 'react'
import type { PairViewName } from './PairView'

/**
 * How two images are compared: side by side, blinking, or by their difference. Every item begins side by side.
 * @param isStill nothing may move: the key of blinking shows the other image instead
 */
export function usePairView(itemId: number, isPair: boolean, isStill: boolean) {
  const [view, setView] = useState<{ readonly itemId: number; readonly name: PairViewName; readonly turn: number }>(() => ({
    itemId,
    name: 'side',
    turn: 0,
  }))
  const name = isPair && view.itemId === itemId ? view.name : 'side'
  const set = (next: PairViewName) => setView({ itemId, name: next, turn: 0 })
  return {
    name,
    turn: view.turn,
    setView: set,
    /** Shows a view; from it, leads back to both images side by side. */
    toggleView: (next: PairViewName) => {
      if (name !== next) set(next)
      else if (next === 'blink' && isStill && view.turn === 0) setView({ ...view, turn: 1 })
      else set('side')
    },
  }
}
