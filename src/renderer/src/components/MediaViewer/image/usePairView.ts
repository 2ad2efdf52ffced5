import { useState } from 'react'
import type { PairViewName } from './PairView'

/**
 * Selects how two images are compared: side by side, blinking, or by their difference. Every item starts side by side.
 * @param isStill whether motion is reduced: the key for blinking then switches to the other image
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
    /** Shows a view, or returns to the images side by side if it is already shown. */
    toggleView: (next: PairViewName) => {
      if (name !== next) set(next)
      else if (next === 'blink' && isStill && view.turn === 0) setView({ ...view, turn: 1 })
      else set('side')
    },
  }
}
