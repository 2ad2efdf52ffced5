import { ActionIcon, Badge, Skeleton, Text, Tooltip, UnstyledButton } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { type UseQueryResult } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { RecentProject } from '../../../../shared/contract'
import { ProblemNotice } from '../../components/ProblemNotice'
import { formatDate } from '../../format'
import { useCallMutation } from '../../api/queries'
import classes from './Projects.module.css'

/** The projects of this machine, the last opened first; those that have gone are marked. */
export function RecentProjects({
  query,
  onOpen,
}: {
  readonly query: UseQueryResult<RecentProject[]>
  readonly onOpen: (path: string) => void
}) {
  const { t } = useTranslation()
  const forget = useCallMutation('project.forget')
  if (query.error) return <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />
  if (!query.data) return <Skeleton h={56} />
  if (query.data.length === 0) return <Text c="dimmed">{t('projects.recentEmpty')}</Text>
  return (
    <ul className={classes.recent}>
      {query.data.map((project) => (
        <li key={project.path} className={classes.project}>
          <UnstyledButton
            className={classes.open}
            disabled={!project.exists}
            aria-label={t('projects.openRecent', { name: project.name, path: project.path })}
            onClick={() => onOpen(project.path)}
          >
            <span className={classes.name}>{project.name}</span>
            <Text component="span" size="xs" c="dimmed" truncate>
              {project.path}
            </Text>
          </UnstyledButton>
          {project.exists ? (
            <Text size="xs" c="dimmed" className="numbers">
              {formatDate(project.openedAt)}
            </Text>
          ) : (
            <Tooltip label={t('projects.missingHint', { path: project.path })}>
              <Badge color="gray" variant="outline">
                {t('projects.missing')}
              </Badge>
            </Tooltip>
          )}
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('projects.forget', { name: project.name })}
            onClick={() => forget.mutate({ path: project.path })}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </li>
      ))}
    </ul>
  )
}
