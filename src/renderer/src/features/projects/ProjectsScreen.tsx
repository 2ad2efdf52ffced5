import { ActionIcon, Button, Group, Stack, Text, Title, Tooltip } from '@mantine/core'
import { IconFolderOpen, IconPlus, IconRocket, IconSettings } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useCall, useCallMutation } from '../../api/queries'
import { dialogs } from '../../app/state/dialogs'
import { openOverlay } from '../../app/state/shell'
import { startTour } from '../../app/state/tour'
import { useEnterProject } from '../../app/projectCalls'
import { useOpenProject } from './projectCalls'
import { RecentProjects } from './RecentProjects'
import classes from './Projects.module.css'

/** No project is open: begin with the sample, make one, or go on with one. */
export function ProjectsScreen() {
  const { t } = useTranslation()
  const enter = useEnterProject()
  const settings = useCall('app.settings', {}).data
  const opening = useOpenProject()
  const sample = useCallMutation('project.createSample', {
    onSuccess: (project) => {
      enter(project)
      if (settings?.tourSeen === false) startTour()
    },
  })
  const recent = useCall('project.recent', {})
  const known = (recent.data?.length ?? 0) > 0
  return (
    <main className={classes.screen}>
      <Tooltip label={t('shell.settings')}>
        <ActionIcon
          className={classes.settings}
          variant="subtle"
          color="gray"
          aria-label={t('shell.settings')}
          onClick={() => openOverlay('settings')}
        >
          <IconSettings size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Stack className={classes.column} gap="xl">
        <header>
          <Title order={1}>{t('common.productName')}</Title>
          <Text c="dimmed">{t('projects.tagline')}</Text>
        </header>
        <section className={classes.sample} aria-labelledby="sample-title">
          <div>
            <Title order={2} id="sample-title">
              {t('projects.sampleTitle')}
            </Title>
            <Text c="dimmed">{t('projects.sampleText')}</Text>
          </div>
          <Button
            variant={known ? 'default' : 'filled'}
            leftSection={<IconRocket size={18} aria-hidden />}
            loading={sample.isPending}
            onClick={() => sample.mutate({})}
          >
            {t('projects.sample')}
          </Button>
        </section>
        <section aria-labelledby="recent-title">
          <Group justify="space-between" mb="xs">
            <Title order={2} id="recent-title">
              {t('projects.recent')}
            </Title>
            <Group gap="xs">
              <Button
                variant="default"
                leftSection={<IconFolderOpen size={18} aria-hidden />}
                loading={opening.isPending}
                onClick={() => void opening.choose()}
              >
                {t('projects.open')}
              </Button>
              <Button
                variant={known ? 'filled' : 'default'}
                leftSection={<IconPlus size={18} aria-hidden />}
                onClick={() => dialogs.set({ newProject: true })}
              >
                {t('projects.create')}
              </Button>
            </Group>
          </Group>
          <RecentProjects query={recent} onOpen={opening.open} />
        </section>
      </Stack>
    </main>
  )
}
