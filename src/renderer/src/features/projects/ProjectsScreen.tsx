import { ActionIcon, Button, Text, Title, Tooltip } from '@mantine/core'
import { IconArrowRight, IconFolderOpen, IconHelp, IconPlus, IconSettings } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { RecentProject } from '../../../../shared/contract'
import { showHidden } from '../../../../shared/text/hiddenCharacters'
import { useCall, useCallMutation } from '../../api/queries'
import { useEnterProject } from '../../app/projectCalls'
import { dialogs } from '../../app/state/dialogs'
import { goToReview, openOverlay } from '../../app/state/shell'
import { startTour } from '../../app/state/tour'
import { useOpenProject } from './projectCalls'
import classes from './Projects.module.css'
import { RecentProjects } from './RecentProjects'

/** Start screen without an open project: continue with the last project, open another one, create one, or try the sample. */
export function ProjectsScreen() {
  const { t } = useTranslation()
  const opening = useOpenProject()
  const recent = useCall('project.recent', {})
  const last = recent.data?.find(({ exists }) => exists)
  return (
    <main className={classes.screen}>
      <header className={classes.toolbar}>
        <Title order={1} className={classes.product}>
          {t('common.productName')}
        </Title>
        <Button
          variant="default"
          leftSection={<IconFolderOpen size={16} aria-hidden />}
          loading={opening.isPending}
          onClick={() => void opening.choose()}
        >
          {t('projects.open')}
        </Button>
        <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => dialogs.set({ newProject: true })}>
          {t('projects.create')}
        </Button>
        <Sign label={t('shell.help')} icon={IconHelp} onClick={() => openOverlay('help')} />
        <Sign label={t('shell.settings')} icon={IconSettings} onClick={() => openOverlay('settings')} />
      </header>
      <div className={classes.column}>
        {last && <Continue project={last} onOpen={opening.open} isPending={opening.isPending} />}
        {last && (
          <section aria-labelledby="recent-title">
            <Title order={2} id="recent-title" mb="xs">
              {t('projects.recent')}
            </Title>
            <RecentProjects query={recent} onOpen={opening.open} />
          </section>
        )}
        {recent.data && <Sample isFirst={!last} />}
        {!last && <RecentProjects query={recent} onOpen={opening.open} />}
        <Text c="dimmed" className={classes.dropHint}>
          {t('projects.dropHint')}
        </Text>
      </div>
    </main>
  )
}

interface SignProps {
  readonly label: string
  readonly icon: typeof IconHelp
  readonly onClick: () => void
}

function Sign({ label, icon: Icon, onClick }: SignProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size="md" aria-label={label} onClick={onClick}>
        <Icon size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}

interface ContinueProps {
  readonly project: RecentProject
  readonly onOpen: (path: string) => void
  readonly isPending: boolean
}

/** Button that reopens the last project. It has the focus, so that Enter presses it. */
function Continue({ project: { path, name }, onOpen, isPending }: ContinueProps) {
  const { t } = useTranslation()
  const card = useCall('project.card', { path }).data
  const left = card ? card.pairs - card.reviewed : 0
  const shown = showHidden(name)
  return (
    <Button
      className={classes.continue}
      size="md"
      autoFocus
      rightSection={<IconArrowRight size={18} aria-hidden />}
      loading={isPending}
      onClick={() => onOpen(path)}
    >
      {left > 0 ? t('projects.continueReview', { name: shown, count: left }) : t('projects.continue', { name: shown })}
    </Button>
  )
}

/** Card of the sample project, with drafts ready for review or without any drafts. */
function Sample({ isFirst }: { readonly isFirst: boolean }) {
  const { t } = useTranslation()
  const enter = useEnterProject()
  const settings = useCall('app.settings', {}).data
  const ready = useCallMutation('project.createSample', {
    onSuccess: (project) => {
      enter(project, () => goToReview())
    },
  })
  const plain = useCallMutation('project.createSample', {
    onSuccess: (project) => {
      enter(project)
      if (settings?.tourSeen === false) startTour()
    },
  })
  return (
    <section className={classes.sample} aria-labelledby="sample-title">
      <div>
        <Title order={2} id="sample-title">
          {t('projects.sampleTitle')}
        </Title>
        <Text c="dimmed">{t('projects.sampleText')}</Text>
      </div>
      <div className={classes.sampleButtons}>
        <Tooltip label={t('projects.sampleHint')}>
          <Button variant="subtle" color="gray" loading={plain.isPending} disabled={ready.isPending} onClick={() => plain.mutate({})}>
            {t('projects.sample')}
          </Button>
        </Tooltip>
        <Tooltip label={t('projects.trySampleHint')}>
          <Button
            variant={isFirst ? 'filled' : 'default'}
            autoFocus={isFirst}
            loading={ready.isPending}
            disabled={plain.isPending}
            onClick={() => ready.mutate({ withDrafts: true })}
          >
            {t('projects.trySample')}
          </Button>
        </Tooltip>
      </div>
    </section>
  )
}
