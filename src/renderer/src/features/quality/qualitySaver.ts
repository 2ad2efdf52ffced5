import { useEffect, useState } from 'react'
import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import type { QualitySettings } from '../../../../shared/quality'
import { call } from '../../api/api'
import { showProblem } from '../../components/showProblem'
import { callKey, invalidate } from '../../api/queries'
import { countWrite, onStoreAll } from '../../app/state/writes'

const key = callKey('quality.settings', {})

const isSame = (one: QualitySettings, other: QualitySettings) => JSON.stringify(one) === JSON.stringify(other)

/** What is typed waits so long for the next key: each save goes through all decided pairs. */
export const TYPING_MS = 600

export type ChangeQuality = (part: Partial<QualitySettings>, isTyping?: boolean) => void

/**
 * Creates what saves the quality settings of the open project. A change is shown at once and stored at once, or after a pause in typing; one
 * save runs at a time, and the next one takes all changes made meanwhile. What cannot be stored is reported and taken back.
 */
export function createQualitySaver(client: QueryClient) {
  /** what is stored, while something else is shown */
  let stored: QualitySettings | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let saving: Promise<void> | null = null
  const shown = () => client.getQueryData<QualitySettings>(key)
  const isPausing = () => timer !== undefined
  const stopTimer = () => {
    clearTimeout(timer)
    timer = undefined
  }

  async function saveShown(): Promise<void> {
    for (let wanted = shown(); !isPausing() && wanted && stored && !isSame(wanted, stored); wanted = shown()) {
      try {
        const saved = await countWrite(call('quality.saveSettings', wanted))
        stored = saved
        if (shown() === wanted) client.setQueryData(key, saved)
      } catch (error) {
        stopTimer()
        if (shown()) client.setQueryData(key, stored)
        showProblem(error)
      }
      void invalidate(client, ['quality'], (name) => name !== 'quality.settings')
    }
    if (!isPausing()) stored = undefined
  }

  /** Stores at once what waits for a pause. */
  function flush(): Promise<void> {
    stopTimer()
    saving ??= saveShown().finally(() => (saving = null))
    return saving
  }

  const change: ChangeQuality = (part, isTyping = false) => {
    const now = shown()
    if (!now) return
    stored ??= now
    client.setQueryData<QualitySettings>(key, { ...now, ...part })
    stopTimer()
    timer = setTimeout(() => void flush(), isTyping ? TYPING_MS : 0)
  }
  return { change, flush }
}

/** Returns how the quality settings are changed; what waits for a pause is stored when the form is left. */
export function useQualitySaver(): ChangeQuality {
  const client = useQueryClient()
  const [{ change, flush }] = useState(() => createQualitySaver(client))
  useEffect(() => {
    const forget = onStoreAll(flush)
    return () => {
      forget()
      void flush()
    }
  }, [flush])
  return change
}
