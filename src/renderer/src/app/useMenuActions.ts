import { useEffect, useRef } from 'react'
import { on } from '../api/api'
import { useCall } from '../api/queries'
import { openHelp, openOverlay } from './state/shell'
import { useCloseProject } from './projectCalls'

/** Runs the actions chosen in the application menu. */
export function useMenuActions() {
  const close = useCloseProject()
  const hasProject = Boolean(useCall('project.current', {}).data)
  const act = (action: string) => {
    if (action === 'settings' || action === 'help') openOverlay(action)
    else if (action === 'shortcuts') openHelp('keys')
    else if (action === 'projects' && hasProject) void close()
  }
  const latest = useRef(act)
  useEffect(() => {
    latest.current = act
  })
  useEffect(() => on('menu.action', ({ action }) => latest.current(action)), [])
}
