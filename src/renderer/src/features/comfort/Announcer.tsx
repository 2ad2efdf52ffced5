import { VisuallyHidden } from '@mantine/core'
import { announcement } from '../../app/state/announcement'

/** Live region that announces events to screen readers if the screen only shows them visually. */
export function Announcer() {
  const text = announcement.use((state) => state.text)
  return (
    <VisuallyHidden component="output" aria-live="polite">
      {text}
    </VisuallyHidden>
  )
}
