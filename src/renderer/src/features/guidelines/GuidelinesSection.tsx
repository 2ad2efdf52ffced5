import { Button, Group, Text } from '@mantine/core'
import { memo, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { LazyMarkdown } from '../../components/text/LazyMarkdown'
import { ProblemNotice } from '../../components/ProblemNotice'
import { useCall } from '../../api/queries'
import { dialogs } from '../../app/state/dialogs'
import { KeyHint } from '../../app/keys/KeyHint'
import { Section } from '../review/panels/DetailsPanel'
import { versionWords } from './versionWords'

interface Props {
  readonly open: boolean
  readonly onToggle: () => void
}

/** What the project's reviewers go by, below the pair. Opened by its key it takes the focus, so that arrows scroll it. */
export const GuidelinesSection = memo(function GuidelinesSection({ open, onToggle }: Props) {
  const { t } = useTranslation()
  const body = useRef<HTMLDivElement>(null)
  const wasOpen = useRef(open)
  useEffect(() => {
    const byItsButton = document.activeElement?.hasAttribute('aria-expanded')
    if (open && !wasOpen.current && !byItsButton) body.current?.focus({ preventScroll: true })
    wasOpen.current = open
  }, [open])
  return (
    <Section title={t('review.guidelines')} hint={<KeyHint action="guidelines" />} open={open} onToggle={onToggle}>
      <div ref={body} tabIndex={-1} role="region" aria-label={t('review.guidelines')} style={{ outline: 'none' }}>
        <GuidelinesText onShown={() => body.current?.closest('section')?.scrollIntoView({ block: 'start' })} />
      </div>
    </Section>
  )
})

function GuidelinesText({ onShown }: { readonly onShown: () => void }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useCall('guidelines.get', {})
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  if (!data) return <Text size="sm">{t('guidelines.loading')}</Text>
  return (
    <>
      <LazyMarkdown text={data.body} onShown={onShown} />
      <Group gap="sm" mt="sm">
        <Text size="xs" c="dimmed">
          {versionWords(data, t)}
        </Text>
        <Button size="compact-xs" variant="default" onClick={() => dialogs.set({ guidelines: true })}>
          {t('guidelines.edit')}
        </Button>
      </Group>
    </>
  )
}
