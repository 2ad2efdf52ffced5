import { Group } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './DialogFooter.module.css'

/** The buttons of a dialog, which stay in view in a long dialog. Must be the last child. */
export const DialogFooter = ({ children }: { readonly children: ReactNode }) => (
  <Group justify="flex-end" gap="xs" className={classes.footer} data-layer>
    {children}
  </Group>
)
