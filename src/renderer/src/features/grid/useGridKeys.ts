import { useEffect, type KeyboardEvent, type RefObject } from 'react'
import { useActions } from '../../app/keys/useActions'
import { movedPlace } from './cards'
import { MAX_COLUMNS, MIN_COLUMNS } from './GridBar'

interface Options {
  readonly grid: RefObject<HTMLDivElement | null>
  readonly active: number
  readonly total: number
  readonly columns: number
  readonly rowsInView: number
  readonly hasSelection: boolean
  readonly onPoint: (place: number, extend: boolean) => void
  readonly onSelectAll: () => void
  readonly onClear: () => void
  readonly onOpen: (place: number) => void
  readonly onColumns: (columns: number) => void
}

/** Returns a handler for the grid keys except verdicts: moving, selecting and opening. Also registers the zoom keys and Ctrl+wheel. */
export function useGridKeys({ grid, active, total, columns, rowsInView, hasSelection, ...on }: Options) {
  const setColumns = (wanted: number) => on.onColumns(Math.max(MIN_COLUMNS, Math.min(MAX_COLUMNS, wanted)))
  useActions({ zoomIn: () => setColumns(columns - 1), zoomOut: () => setColumns(columns + 1) })

  useEffect(() => {
    const element = grid.current
    if (!element) return undefined
    const turn = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      setColumns(columns + Math.sign(event.deltaY))
    }
    element.addEventListener('wheel', turn, { passive: false })
    return () => element.removeEventListener('wheel', turn)
  })

  return (event: KeyboardEvent) => {
    if (event.target !== grid.current) return
    const { key, shiftKey } = event
    const mod = event.ctrlKey || event.metaKey
    const place = mod || event.altKey ? undefined : movedPlace(key, active, { columns, rowsInView, total })
    if (place !== undefined) on.onPoint(place, shiftKey)
    else if (mod && key.toLowerCase() === 'a') on.onSelectAll()
    else if ((key === ' ' || key === 'Enter') && !mod) on.onOpen(active)
    else if (key === 'Escape' && hasSelection) on.onClear()
    else return
    event.preventDefault()
  }
}
