import { Button, Menu } from '@mantine/core'
import { IconFile, IconFileExport, IconFileImport } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PromptState } from '../../../../shared/contract'
import type { ProjectInfo } from '../../../../shared/domain'
import { call } from '../../api/api'
import { showDone, showProblem } from '../../components/showProblem'
import { ImportPromptDialog } from './ImportPromptDialog'
import classes from './Prompt.module.css'

/** Menu for prompt files in the format published by Syphus: imports one, or exports this prompt with its exemplars. */
export function PromptFileMenu({ project, stored }: { readonly project: ProjectInfo; readonly stored: PromptState }) {
  const { t } = useTranslation()
  const [file, setFile] = useState<string | null>(null)
  const filters = [{ name: t('prompt.fileKind'), extensions: ['json'] }]
  const choose = async () => {
    setFile(await call('app.chooseFile', { title: t('prompt.importTitle'), filters }))
  }
  const write = async () => {
    const name = `${project.name.replaceAll(/[\\/:*?"<>|]/g, '-')} prompt ${stored.current.id}.json`
    const chosen = await call('app.chooseSaveFile', { title: t('prompt.exportTitle'), name, filters })
    if (!chosen) return
    const { path } = await call('prompt.writeFile', { path: chosen })
    showDone(t('prompt.exported', { path }))
  }
  return (
    <>
      <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            className={classes.tool}
            title={t('prompt.file')}
            leftSection={<IconFile size={16} aria-hidden />}
          >
            <span className={classes.toolLabel}>{t('prompt.file')}</span>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconFileImport size={16} aria-hidden />} onClick={() => void choose().catch(showProblem)}>
            {t('prompt.importFile')}
          </Menu.Item>
          <Menu.Item leftSection={<IconFileExport size={16} aria-hidden />} onClick={() => void write().catch(showProblem)}>
            {t('prompt.exportFile')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ImportPromptDialog path={file} onClose={() => setFile(null)} />
    </>
  )
}
