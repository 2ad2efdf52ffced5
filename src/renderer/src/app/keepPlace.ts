import { useEffect } from 'react'
import type { Place } from '../../../shared/place'
import { call } from '../api/api'
import { shell } from './state/shell'
import { onStoreAll } from './state/writes'

/** Delay between two saves. A reviewer changes to another pair every few seconds, and losing the latest position does no harm. */
const SAVE_AFTER = 2000 // ms

/** Restores the screen and the pair at which the project was left, or opens the library at the first visit. */
export async function returnToPlace(): Promise<void> {
  shell.set({ isArriving: true })
  const place = await call('project.place', {}).catch(() => null) // without a stored position, start at the library
  if (place === null) return shell.set({ isArriving: false })
  const { screen, filter, pair } = place
  shell.set({ isArriving: false, screen, reviewFilter: filter, resumeAt: screen === 'review' ? pair : null })
}

function currentPlace(): Place {
  const { screen, reviewFilter, pairId } = shell.get()
  return { screen, filter: reviewFilter, candidateId: pairId }
}

/** Stores the current screen and pair of the open project, shortly after each change and when the project is left. */
export function useKeptPlace() {
  useEffect(() => {
    let stored = JSON.stringify(currentPlace())
    let timer: ReturnType<typeof setTimeout> | undefined
    const store = async () => {
      clearTimeout(timer)
      timer = undefined
      const place = currentPlace()
      const text = JSON.stringify(place)
      if (text === stored) return
      stored = text
      await call('project.savePlace', place).catch(() => undefined) // in the worst case the project opens at an earlier position
    }
    const storeLater = () => (timer ??= setTimeout(() => void store(), SAVE_AFTER))
    const storeNow = () => void store()
    const stopWatching = shell.subscribe(storeLater)
    const stopStoring = onStoreAll(store)
    window.addEventListener('pagehide', storeNow)
    return () => {
      clearTimeout(timer)
      stopWatching()
      stopStoring()
      window.removeEventListener('pagehide', storeNow)
    }
  }, [])
}
