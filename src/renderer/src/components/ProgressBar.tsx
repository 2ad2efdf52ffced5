import { Progress, type ProgressRootProps } from '@mantine/core'

interface Props extends Omit<ProgressRootProps, 'children'> {
  readonly done: number
  /** 0 or absent if not known yet; the bar is then empty. */
  readonly total: number | null | undefined
  readonly label: string
  /** Number of failures, drawn behind the completed part. */
  readonly failed?: number
}

/** A progress bar that screen readers announce in whole percent; 100 only at the end. */
export function ProgressBar({ done, total, label, failed = 0, ...root }: Props) {
  const percent = (count: number) => (total ? Math.min(100, (100 * count) / total) : 0)
  const whole = Math.floor(percent(done) + 1e-9)
  return (
    <Progress.Root {...root}>
      <Progress.Section
        value={percent(done)}
        withAria={false}
        role="progressbar"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={whole}
        aria-valuetext={`${whole}%`}
        aria-label={label}
      />
      {failed > 0 && <Progress.Section value={percent(failed)} color="var(--verdict-rejected)" withAria={false} />}
    </Progress.Root>
  )
}
