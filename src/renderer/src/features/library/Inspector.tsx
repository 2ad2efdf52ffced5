import { Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import { IconEye, IconPrompt, IconSparkles } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { mediaUrl } from '../../../../shared/contract'
import type { Item, Media, ProjectInfo } from '../../../../shared/domain'
import { ContextView } from '../../components/ContextView/ContextView'
import { ProblemNotice } from '../../components/ProblemNotice'
import { showDone } from '../../components/showProblem'
import { formatBytes } from '../../format'
import { useCall } from '../../api/queries'
import { useStartRun } from '../runs/useStartRun'
import { goTo, goToReview } from '../../app/state/shell'
import classes from './Library.module.css'
import { ShownText } from '../../components/text/ShownText'

interface Props {
  readonly project: ProjectInfo
  readonly itemId: number | null
  /** Whether the search or the filter hides the selected item. */
  readonly isHidden: boolean
  readonly onShowAll: () => void
}

/** Details of the selected item: its media, its context, and actions. */
export function Inspector({ project, itemId, isHidden, onShowAll }: Props) {
  const { t } = useTranslation()
  return (
    <aside className={classes.inspector} aria-label={t('library.inspector')} tabIndex={0}>
      {itemId === null ? (
        <Text c="dimmed">{t('library.inspectorEmpty')}</Text>
      ) : isHidden ? (
        <Stack gap="sm" align="flex-start">
          <Text c="dimmed">{t('library.inspectorHidden')}</Text>
          <Button size="xs" variant="default" onClick={onShowAll}>
            {t('library.showAll')}
          </Button>
        </Stack>
      ) : (
        <ChosenItem project={project} itemId={itemId} />
      )}
    </aside>
  )
}

function ChosenItem({ project, itemId }: { readonly project: ProjectInfo; readonly itemId: number }) {
  const { t } = useTranslation()
  const item = useCall('item.get', { id: itemId })
  if (item.error) return <ProblemNotice error={item.error} onRetry={() => void item.refetch()} />
  if (!item.data) return <Skeleton h={240} />
  return (
    <Stack gap="md">
      <div className="verbatim">
        <Title order={2}>
          <ShownText text={item.data.media[0]?.fileName ?? item.data.sourceId} />
        </Title>
        {item.data.media[0] && (
          <Text size="xs" c="dimmed">
            <ShownText text={t('review.item', { item: item.data.sourceId })} />
          </Text>
        )}
      </div>
      {item.data.media.map((medium) => (
        <MediumView key={medium.id} medium={medium} project={project} />
      ))}
      <ItemActions item={item.data} />
      <ContextView key={itemId} context={item.data.context} severalMedia={item.data.media.length > 1} />
    </Stack>
  )
}

function MediumView({ medium, project }: { readonly medium: Media; readonly project: ProjectInfo }) {
  const { t } = useTranslation()
  const address = mediaUrl(medium.id, project.uuid)
  return (
    <figure style={{ margin: 0 }}>
      {medium.kind === 'video' ? (
        <video className={classes.medium} src={address} controls aria-label={medium.fileName} />
      ) : (
        <img className={classes.medium} src={address} alt={medium.fileName} />
      )}
      <Text component="figcaption" size="xs" c="dimmed" className="verbatim" mt={4}>
        <ShownText text={medium.fileName} />
        {medium.width && medium.height
          ? `, ${t('library.mediumFacts', { width: medium.width, height: medium.height, size: formatBytes(medium.bytes) })}`
          : `, ${formatBytes(medium.bytes)}`}
      </Text>
    </figure>
  )
}

function ItemActions({ item }: { readonly item: Item }) {
  const { t } = useTranslation()
  const start = useStartRun(() => showDone(t('library.drafting')))
  return (
    <Group gap="xs">
      <Button
        size="xs"
        variant="default"
        leftSection={<IconSparkles size={16} aria-hidden />}
        loading={start.isPending}
        onClick={() => start.mutate({ itemIds: [item.id] })}
      >
        {t('library.draftItem')}
      </Button>
      <Button size="xs" variant="default" leftSection={<IconEye size={16} aria-hidden />} onClick={() => goToReview({ itemId: item.id })}>
        {t('library.reviewItem')}
      </Button>
      <Button size="xs" variant="default" leftSection={<IconPrompt size={16} aria-hidden />} onClick={() => goTo('prompt')}>
        {t('library.showPrompt')}
      </Button>
    </Group>
  )
}
