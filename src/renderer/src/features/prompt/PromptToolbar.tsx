import { Badge, Button, Title, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconArrowBackUp, IconDeviceFloppy, IconHistory } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { PromptDraft, PromptState } from '../../../../shared/contract'
import type { ProjectInfo } from '../../../../shared/domain'
import { showDone } from '../../components/showProblem'
import { useCallMutation } from '../../api/queries'
import { compareState } from './compare/compareState'
import { ModeSwitch } from './compare/ModeSwitch'
import { ProfileSwitch } from './ProfileSwitch'
import { PromptFileMenu } from './PromptFileMenu'
import { editedParts, promptDraft, shownPrompt } from './promptDraft'
import { VersionsDialog } from './VersionsDialog'
import { versionTitle } from './versionTitle'
import classes from './Prompt.module.css'

interface Props {
  readonly project: ProjectInfo
  readonly stored: PromptState
  readonly draft: PromptDraft
}

/**
 * Toolbar with the current version and whether it has unsaved changes, the switch between editing and comparing, and buttons to save,
 * discard or restore.
 */
export function PromptToolbar({ project, stored, draft }: Props) {
  const { t } = useTranslation()
  const mode = compareState.use((state) => state.mode)
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
  const title = versionTitle(t, stored.current)
  return (
    <div className={classes.bar} data-prompt-toolbar>
      <Title order={2} className={classes.version} title={title}>
        {title}
      </Title>
      {unsaved && (
        <Badge variant="transparent" className={classes.unsaved} title={t('prompt.unsaved')}>
          {t('prompt.unsaved')}
        </Badge>
      )}
      <ModeSwitch />
      <div className={classes.tools}>
        <ProfileSwitch />
        <Tooltip label={t('prompt.versions')}>
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            className={classes.tool}
            leftSection={<IconHistory size={16} aria-hidden />}
            onClick={versions.open}
          >
            <span className={classes.toolLabel}>{t('prompt.versions')}</span>
          </Button>
        </Tooltip>
        <PromptFileMenu project={project} stored={stored} />
        {mode === 'edit' && (
          <>
            {unsaved && (
              <Tooltip label={t('prompt.discard')}>
                <Button
                  size="xs"
                  variant="subtle"
                  color="gray"
                  className={classes.tool}
                  leftSection={<IconArrowBackUp size={16} aria-hidden />}
                  onClick={() => promptDraft.reset()}
                >
                  <span className={classes.toolLabel}>{t('prompt.discard')}</span>
                </Button>
              </Tooltip>
            )}
            <Button
              size="xs"
              className={classes.save}
              leftSection={<IconDeviceFloppy size={16} aria-hidden />}
              disabled={!unsaved}
              loading={saveText.isPending || saveSettings.isPending}
              onClick={save}
            >
              {t('prompt.save')}
            </Button>
          </>
        )}
      </div>
      <VersionsDialog opened={versionsShown} onClose={versions.close} stored={stored} shown={shownPrompt(draft, stored).text} />
    </div>
  )
}
