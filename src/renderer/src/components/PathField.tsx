import { Button, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { call } from '../api'
import { showProblem } from './showProblem'
import classes from './PathField.module.css'

interface Props {
  readonly label: string
  readonly description?: string
  readonly path: string | null
  readonly onChoose: (path: string) => void
  /** a file with one of these endings; a folder where it is missing */
  readonly file?: { readonly name: string; readonly extensions: string[] }
}

/** A path that the system's own dialog gives. */
export function PathField({ label, description, path, onChoose, file }: Props) {
  const { t } = useTranslation()
  const choose = async () => {
    try {
      const chosen = file
        ? await call('app.chooseFile', { title: label, filters: [file] })
        : await call('app.chooseFolder', { title: label })
      if (chosen) onChoose(chosen)
    } catch (error) {
      showProblem(error)
    }
  }
  return (
    <div className={classes.field}>
      <TextInput
        label={label}
        description={description}
        value={path ?? ''}
        title={path ?? ''}
        placeholder={t('common.nothingChosen')}
        readOnly
      />
      <Button variant="default" aria-label={t('common.chooseFor', { label })} onClick={() => void choose()}>
        {t('common.choose')}
      </Button>
    </div>
  )
}
