import { Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './ScreenToolbar.module.css'

interface Props {
  readonly title: string
  /** Content before the title, such as a back button. */
  readonly before?: ReactNode
  /** Figures of the screen; cut off if there is not enough space. */
  readonly info?: ReactNode
  /** Controls at the end of the row, the primary button last. */
  readonly children?: ReactNode
}

/** The toolbar at the top of a screen: title, figures and controls. */
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
