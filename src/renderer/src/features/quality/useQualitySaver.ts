import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { onStoreAll } from '../../app/state/writes'
import { createQualitySaver, type ChangeQuality } from './qualitySaver'

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
