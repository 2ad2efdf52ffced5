import { Badge, Button, Group, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDeviceFloppy, IconHistory } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { PromptDraft, PromptState } from '../../../../shared/contract'
import type { ProjectInfo } from '../../../../shared/domain'
import { showDone } from '../../components/showProblem'
import { useCallMutation } from '../../api/queries'
import { PromptFileMenu } from './PromptFileMenu'
import { editedParts, promptDraft, shownPrompt } from './promptDraft'
import { VersionsDialog } from './VersionsDialog'
import classes from './Prompt.module.css'

interface Props {
  readonly project: ProjectInfo
  readonly stored: PromptState
  readonly draft: PromptDraft
}

/** Which version this is, whether it waits to be saved, and the ways to save, discard or go back. */
export function PromptToolbar({ project, stored, draft }: Props) {
  const { t } = useTranslation()
  const [versionsShown, versions] = useDisclosure(false)
  const saveText = useCallMutation('prompt.save', {
    onSuccess: (state) => {
      promptDraft.set({ text: null })
      showDone(t('prompt.saved', { id: state.current.id }))
    },
  })
  const saveSettings = useCallMutation('prompt.saveSettings', {
    onSuccess: () => promptDraft.set({ settings: null }),
  })
  const edited = editedParts(draft, stored)
  const unsaved = edited.text || edited.settings
  const save = () => {
    const { text, settings } = shownPrompt(draft, stored)
    if (edited.settings) saveSettings.mutate(settings)
    if (edited.text) saveText.mutate(text)
  }
  return (
    <Group className={classes.toolbar} justify="space-between" wrap="nowrap">
      <Group gap="xs" wrap="nowrap">
        <Title order={2}>{t('prompt.savedAs', { id: stored.current.id })}</Title>
        {unsaved && (
          <Badge color="yellow" variant="outline" className={classes.unsaved}>
            {t('prompt.unsaved')}
          </Badge>
        )}
      </Group>
      <Group gap="xs" wrap="nowrap">
        <Button size="xs" variant="subtle" color="gray" leftSection={<IconHistory size={16} aria-hidden />} onClick={versions.open}>
          {t('prompt.versions')}
        </Button>
        <PromptFileMenu project={project} stored={stored} />
        {unsaved && (
          <Button size="xs" variant="default" onClick={() => promptDraft.reset()}>
            {t('prompt.discard')}
          </Button>
        )}
        <Button
          size="xs"
          leftSection={<IconDeviceFloppy size={16} aria-hidden />}
          disabled={!unsaved}
          loading={saveText.isPending || saveSettings.isPending}
          onClick={save}
        >
          {t('prompt.save')}
        </Button>
      </Group>
      <VersionsDialog opened={versionsShown} onClose={versions.close} stored={stored} shown={shownPrompt(draft, stored).text} />
    </Group>
  )
}
