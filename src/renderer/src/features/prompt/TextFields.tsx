import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { GrowingTextarea } from '../../components/fields/GrowingTextarea'
import { MainText } from '../../components/text/MainText'
import { outputFormSchema, type PromptText } from '../../../../shared/domain'
import type { Text } from '../../../../shared/messages/message'
import classes from './Prompt.module.css'

interface Props {
  readonly text: PromptText
  /** Error of the template renderer, with line and column. */
  readonly templateError: Text | null
  readonly onChange: (text: PromptText) => void
}

/** Fields for the system message, the context template and the form of the reply. */
export function TextFields({ text, templateError, onChange }: Props) {
  const { t } = useTranslation()
  return (
    <>
      <GrowingTextarea
        label={t('prompt.systemMessage')}
        minRows={6}
        maxRows={12}
        value={text.systemMessage}
        onChange={(event) => onChange({ ...text, systemMessage: event.currentTarget.value })}
      />
      <GrowingTextarea
        label={t('prompt.contextTemplate')}
        description={t('prompt.contextTemplateHint')}
        classNames={{ input: classes.template }}
        minRows={5}
        maxRows={9}
        spellCheck={false}
        error={templateError && <MainText>{templateError}</MainText>}
        errorProps={{ role: 'alert' }}
        value={text.contextTemplate}
        onChange={(event) => onChange({ ...text, contextTemplate: event.currentTarget.value })}
      />
      <Select
        label={t('prompt.outputForm')}
        description={t(`prompt.outputFormHints.${text.outputForm}`)}
        data={outputFormSchema.options.map((value) => ({ value, label: t(`prompt.outputForms.${value}`) }))}
        value={text.outputForm}
        allowDeselect={false}
        onChange={(value) => onChange({ ...text, outputForm: outputFormSchema.parse(value) })}
      />
    </>
  )
}
