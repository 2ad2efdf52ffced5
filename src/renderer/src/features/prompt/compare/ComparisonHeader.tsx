import { ActionIcon, Button, Menu, Text, Title } from '@mantine/core'
import { ProgressBar } from '../../../components/ProgressBar'
import { IconArrowLeft, IconDots, IconEye, IconPlayerStop, IconRefresh, IconTrash, IconUserCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { countRequests } from '../../../../../shared/comparison'
import { showHidden } from '../../../../../shared/text/hiddenCharacters'
import type { ComparisonState } from '../../../../../shared/contract'
import { sideNames } from '../../../../../shared/domain'
import { useCallMutation } from '../../../api/queries'
import { ConfirmDialog } from '../../../components/ConfirmDialog'
import { showDone } from '../../../components/showProblem'
import { sideTitle } from '../versionTitle'
import { ModeSwitch } from './ModeSwitch'
import { openComparison } from './compareState'
import classes from './Compare.module.css'

interface Props {
  readonly comparison: ComparisonState
  readonly isRevealed: boolean
  readonly onReveal: () => void
}

/** Header of a comparison: its two sides, its progress, and actions. */
export function ComparisonHeader({ comparison, isRevealed, onReveal }: Props) {
  const { t } = useTranslation()
  const { id, active, items, blind, settings } = comparison
  const { done, failed, total } = countRequests(items)
  const [deleting, setDeleting] = useState(false)
  const cancel = useCallMutation('comparison.cancel')
  const resume = useCallMutation('comparison.resume')
  const remove = useCallMutation('comparison.remove', { onSuccess: () => openComparison(null) })
  const keep = useCallMutation('comparison.keep', {
    onSuccess: ({ runId, pairs }) => showDone(t('compare.kept_run', { count: pairs, run: runId })),
  })
  const model = settings.provider.kind === 'demo' ? 'demo' : settings.provider.model
  return (
    <div className={classes.header} data-prompt-toolbar>
      <ModeSwitch />
      <ActionIcon variant="subtle" color="gray" aria-label={t('compare.back')} onClick={() => openComparison(null)}>
        <IconArrowLeft size={18} aria-hidden />
      </ActionIcon>
      <Title order={2} className={classes.name}>
        {t('compare.versus', { first: sideTitle(t, comparison.first), second: sideTitle(t, comparison.second) })}
      </Title>
      <Text size="xs" c="dimmed" className={classes.model} title={showHidden(model)}>
        {model}
      </Text>
      <div className={classes.actions}>
        {(active || done < total) && (
          <>
            <ProgressBar className={classes.progress} done={done} total={total} label={t('compare.progress', { done, total })} />
            <Text size="xs" c="dimmed" className="numbers" role="status">
              {t('compare.progress', { done, total })}
            </Text>
          </>
        )}
        {active ? (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlayerStop size={16} aria-hidden />}
            loading={cancel.isPending}
            onClick={() => cancel.mutate({ id })}
          >
            {t('compare.cancel')}
          </Button>
        ) : (
          <>
            {done < total && (
              <Button size="xs" variant="default" loading={resume.isPending} onClick={() => resume.mutate({ id, failed: false })}>
                {t('compare.resume')}
              </Button>
            )}
            {failed > 0 && (
              <Button
                size="xs"
                variant="default"
                leftSection={<IconRefresh size={16} aria-hidden />}
                loading={resume.isPending}
                onClick={() => resume.mutate({ id, failed: true })}
              >
                {t('compare.retry', { count: failed })}
              </Button>
            )}
          </>
        )}
        <Menu position="bottom-end" withinPortal withInitialFocusPlaceholder={false}>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={t('compare.more')}>
              <IconDots size={18} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {blind && !isRevealed && (
              <Menu.Item leftSection={<IconEye size={16} aria-hidden />} onClick={onReveal}>
                {t('compare.reveal')}
              </Menu.Item>
            )}
            <Menu.Label>{t('compare.keep')}</Menu.Label>
            {sideNames.map((side) => (
              <Menu.Item
                key={side}
                leftSection={<IconUserCheck size={16} aria-hidden />}
                disabled={active || !items.some((item) => (item[side]?.pairs.length ?? 0) > 0)}
                onClick={() => keep.mutate({ id, side })}
              >
                {t('compare.keepSide', { side: sideTitle(t, comparison[side]) })}
              </Menu.Item>
            ))}
            <Menu.Divider />
            <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} onClick={() => setDeleting(true)}>
              {t('compare.remove')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      <ConfirmDialog
        opened={deleting}
        title={t('compare.removeTitle')}
        text={t('compare.removeText')}
        action={t('compare.remove')}
        onClose={() => setDeleting(false)}
        onConfirm={() => remove.mutate({ id })}
      />
    </div>
  )
}
