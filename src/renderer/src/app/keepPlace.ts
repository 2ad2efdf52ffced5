import { useEffect } from 'react'
import type { Place } from '../../../shared/place'
import { call } from '../api/api'
import { shell } from './state/shell'
import { onStoreAll } from './state/writes'

/** Between two savings: a reviewer goes to another pair every few seconds, and nothing is lost if the newest pair is not stored. */
const SAVE_AFTER = 2000 // ms

/** Goes to the screen and the pair where the person left the open project; the library at the first visit. */
export async function returnToPlace(): Promise<void> {
  shell.set({ isArriving: true })
  const place = await call('project.place', {}).catch(() => null) // whoever has no place begins at the library
  if (place === null) return shell.set({ isArriving: false })
  const { screen, filter, pair } = place
  shell.set({ isArriving: false, screen, reviewFilter: filter, resumeAt: screen === 'review' ? pair : null })
}

function currentPlace(): Place {
  const { screen, reviewFilter, pairId } = shell.get()
  return { screen, filter: reviewFilter, candidateId: pairId }
}

/** Stores where the person is in the open project, a while after each move, and at the end. */
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
      await call('project.savePlace', place).catch(() => undefined) // at worst the project opens at an earlier place
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
