import { Group } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './DialogFooter.module.css'

/** The buttons of a dialog, in view however long it is. It stands last in the dialog. */
export const DialogFooter = ({ children }: { readonly children: ReactNode }) => (
  <Group justify="flex-end" gap="xs" className={classes.footer} data-layer>
    {children}
  </Group>
)
