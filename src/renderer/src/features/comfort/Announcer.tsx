import { VisuallyHidden } from '@mantine/core'
import { announcement } from '../../app/state/announcement'

/** What happened, for screen readers, where the screen itself says it to the eye alone. */
export function Announcer() {
  const text = announcement.use((state) => state.text)
  return (
    <VisuallyHidden component="output" aria-live="polite">
      {text}
    </VisuallyHidden>
  )
}
