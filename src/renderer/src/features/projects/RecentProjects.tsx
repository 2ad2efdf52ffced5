import { ActionIcon, Progress, Skeleton, Text, Tooltip, UnstyledButton } from '@mantine/core'
import { IconPhotoOff, IconX } from '@tabler/icons-react'
import { type UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { coverUrl, type ProjectCard, type RecentProject } from '../../../../shared/contract'
import { showHidden } from '../../../../shared/text/hiddenCharacters'
import { ProblemNotice } from '../../components/ProblemNotice'
import { formatDate } from '../../format'
import { useCall, useCallMutation } from '../../api/queries'
import classes from './Projects.module.css'

interface Props {
  readonly query: UseQueryResult<RecentProject[]>
  readonly onOpen: (path: string) => void
}

/** Cards of the recent projects on this computer, last opened first; missing projects are marked. */
export function RecentProjects({ query, onOpen }: Props) {
  const { t } = useTranslation()
  if (query.error) return <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />
  if (!query.data) return <Skeleton h={220} />
  if (query.data.length === 0) return <Text c="dimmed">{t('projects.recentEmpty')}</Text>
  return (
    <ul className={classes.cards}>
      {query.data.map((project) => (
        <Card key={project.path} project={project} onOpen={onOpen} />
      ))}
    </ul>
  )
}

function Card({ project, onOpen }: { readonly project: RecentProject; readonly onOpen: (path: string) => void }) {
  const { t } = useTranslation()
  const { path, name, exists, openedAt } = project
  const forget = useCallMutation('project.forget')
  const card = useCall('project.card', { path }, { enabled: exists }).data ?? null
  const shown = showHidden(name)
  return (
    <li className={classes.card}>
      <UnstyledButton
        className={classes.open}
        disabled={!exists}
        aria-label={t('projects.openRecent', { name: shown, path: showHidden(path) })}
        title={showHidden(path)}
        onClick={() => onOpen(path)}
      >
        <Cover sha256={card?.cover ?? null} />
        <span className={classes.about}>
          <span className={classes.name}>{shown}</span>
          <span className={classes.facts}>
            {card && <span className={classes.recipe}>{t(`projects.recipes.${card.recipe}.title`)}</span>}
            {!exists && <span>{t('projects.missing')}</span>}
          </span>
          {card && <Reviewed card={card} />}
          <span className={`${classes.facts} numbers`}>{formatDate(openedAt)}</span>
        </span>
      </UnstyledButton>
      <Tooltip label={t('projects.forget', { name: shown })}>
        <ActionIcon
          className={classes.forget}
          variant="default"
          size="sm"
          aria-label={t('projects.forget', { name: shown })}
          onClick={() => forget.mutate({ path })}
        >
          <IconX size={14} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </li>
  )
}

/** The first medium of a project, if it can be shown. */
function Cover({ sha256 }: { readonly sha256: string | null }) {
  const [failed, setFailed] = useState<string | null>(null)
  return (
    <span className={classes.cover}>
      {sha256 === null || sha256 === failed ? (
        <IconPhotoOff size={24} stroke={1.5} aria-hidden />
      ) : (
        <img src={coverUrl(sha256)} alt="" draggable={false} onError={() => setFailed(sha256)} />
      )}
    </span>
  )
}

function Reviewed({ card: { items, pairs, reviewed } }: { readonly card: ProjectCard }) {
  const { t } = useTranslation()
  return (
    <>
      <Progress size="xs" value={pairs === 0 ? 0 : (100 * reviewed) / pairs} transitionDuration={0} aria-hidden />
      <span className={`${classes.facts} numbers`}>
        {pairs === 0 ? t('library.count', { count: items }) : t('projects.reviewed', { reviewed, count: pairs })}
      </span>
    </>
  )
}
