import { Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './ScreenToolbar.module.css'

interface Props {
  readonly title: string
  /** stands before the title, such as a way back */
  readonly before?: ReactNode
  /** figures of the screen; cut off where there is no room */
  readonly info?: ReactNode
  /** the controls at the end of the row, the primary button last */
  readonly children?: ReactNode
}

/** The one row at the top of a screen: what it is, its figures, and its controls. */
export function ScreenToolbar({ title, before, info, children }: Props) {
  return (
    <header className={classes.toolbar}>
      {before}
      <Title order={2} className={classes.title}>
        {title}
      </Title>
      <div className={`${classes.info} numbers`} title={typeof info === 'string' ? info : undefined}>
        {info}
      </div>
      <div className={classes.controls}>{children}</div>
    </header>
  )
}
