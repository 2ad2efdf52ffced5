import { Text } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dropFiles } from '../../api/api'
import { dialogs } from '../../app/state/dialogs'
import { showProblem } from '../../components/showProblem'
import classes from './Drop.module.css'

const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') ?? false

async function takeFiles(files: readonly File[]): Promise<void> {
  try {
    const paths = await dropFiles(files)
    if (paths.length > 0) dialogs.set({ dropped: paths })
  } catch (error) {
    showProblem(error)
  }
}

/** Accepts files that are dropped anywhere on the window, and shows while dragging what will happen to them. */
export function DropTarget() {
  const { t } = useTranslation()
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault() // otherwise the window would navigate to the file
      setOver(true)
    }
    // Moving between two elements also fires `dragleave`; only at the edge of the window is `relatedTarget` null.
    const leave = (event: DragEvent) => event.relatedTarget === null && setOver(false)
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(false)
      void takeFiles([...(event.dataTransfer?.files ?? [])])
    }
    const listeners = { dragenter: over, dragover: over, dragleave: leave, drop } as const
    for (const [type, listener] of Object.entries(listeners)) window.addEventListener(type, listener as EventListener)
    return () => {
      for (const [type, listener] of Object.entries(listeners)) window.removeEventListener(type, listener as EventListener)
    }
  }, [])
  if (!isOver) return null
  return (
    <div className={classes.overlay} role="status">
      <IconFileImport size={32} stroke={1.5} aria-hidden />
      <strong>{t('library.dropHere')}</strong>
      <Text c="dimmed">{t('library.dropHereText')}</Text>
    </div>
  )
}
