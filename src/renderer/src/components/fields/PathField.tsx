import { Button, Group, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/api'
import { nameFirst } from '../text/fileName'
import { showProblem } from '../showProblem'
import classes from './PathField.module.css'

interface Props {
  readonly label: string
  readonly description?: string
  readonly path: string | null
  readonly onChoose: (path: string, isFolder: boolean) => void
  /** Selects a file with one of these extensions, or a folder if absent. */
  readonly file?: { readonly name: string; readonly extensions: string[] }
  /** Whether a folder of such files can be selected instead of one file. */
  readonly orFolder?: boolean
}

/** A path that is selected in the system's file dialog. */
export function PathField({ label, description, path, onChoose, file, orFolder = false }: Props) {
  const { t } = useTranslation()
  const choose = async (isFolder: boolean) => {
    try {
      const chosen =
        file && !isFolder
          ? await call('app.chooseFile', { title: label, filters: [file] })
          : await call('app.chooseFolder', { title: label })
      if (chosen) onChoose(chosen, isFolder)
    } catch (error) {
      showProblem(error)
    }
  }
  return (
    <div className={classes.field}>
      <TextInput
        label={label}
        description={description}
        value={path === null ? '' : nameFirst(path)}
        title={path ?? ''}
        placeholder={t('common.nothingChosen')}
        readOnly
      />
      <Group gap="xs" wrap="nowrap">
        <Button
          className={classes.button}
          variant="default"
          aria-label={t('common.chooseFor', { label })}
          onClick={() => void choose(file === undefined)}
        >
          {t('common.choose')}
        </Button>
        {orFolder && (
          <Button
            className={classes.button}
            variant="default"
            aria-label={t('common.chooseFolderFor', { label })}
            onClick={() => void choose(true)}
          >
            {t('common.chooseFolder')}
          </Button>
        )}
      </Group>
    </div>
  )
}
