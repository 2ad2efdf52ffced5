import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { RunProgress } from '../../../../shared/contract'
import { MainText } from '../../components/text/MainText'
import { ShownText } from '../../components/text/ShownText'

interface Props {
  readonly progress: RunProgress
  /** Whether the failures are listed below, so that their reasons are not repeated. */
  readonly isBrief: boolean
}

/** Shows why a run does not continue: the error that paused it, another program that is writing, or another window that runs it. */
export function RunNotice({ progress: { run, active, waitsForLock }, isBrief }: Props) {
  const { t } = useTranslation()
  if (active) return waitsForLock ? <Notice>{t('runs.waitsForLock')}</Notice> : null
  if (run.state === 'running') return <Notice>{t('runs.elsewhere')}</Notice>
  if (!run.stoppedBy || run.done === run.items) return null
  const { error, item, failures } = run.stoppedBy
  if (isBrief) return <Notice>{t('runs.pausedBy', { count: failures })}</Notice>
  return (
    <Notice>
      <strong>
        {t('runs.pausedBy', { count: failures })} {t(`runs.errors.${error.code}.title`)}.
      </strong>{' '}
      <span className="verbatim">
        <ShownText text={t('review.item', { item })} />
      </span>
      : <MainText>{error.message}</MainText> {t(`runs.errors.${error.code}.remedy`)}
    </Notice>
  )
}

const Notice = ({ children }: { readonly children: React.ReactNode }) => (
  <Text size="sm" mt="xs" role="status">
    {children}
  </Text>
)
