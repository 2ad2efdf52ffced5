import { Button, Group, Text } from '@mantine/core'
import { memo, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { LazyMarkdown } from '../../components/text/LazyMarkdown'
import { ProblemNotice } from '../../components/ProblemNotice'
import { useCall } from '../../api/queries'
import { dialogs } from '../../app/state/dialogs'
import { versionWords } from './versionWords'

const isAtTab = () => document.activeElement?.getAttribute('role') === 'tab'

/** Guidelines for the reviewers of the project. If opened by key the pane gets the focus, so that the arrow keys scroll it. */
export const GuidelinesPane = memo(function GuidelinesPane() {
  const { t } = useTranslation()
  const body = useRef<HTMLDivElement>(null)
  const { data, error, refetch } = useCall('guidelines.get', {})
  useEffect(() => {
    if (!isAtTab() && document.activeElement?.closest('[data-pair]')) body.current?.focus({ preventScroll: true })
  }, [])
  return (
    <div ref={body} tabIndex={-1} role="region" aria-label={t('review.guidelines')} style={{ outline: 'none' }}>
      {error ? (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <>
          <LazyMarkdown text={data.body} />
          <Group gap="sm" mt="sm">
            <Text size="xs" c="dimmed">
              {versionWords(data, t)}
            </Text>
            <Button size="compact-xs" variant="default" onClick={() => dialogs.set({ guidelines: true })}>
              {t('guidelines.edit')}
            </Button>
          </Group>
        </>
      ) : (
        <Text>{t('guidelines.loading')}</Text>
      )}
    </div>
  )
})
