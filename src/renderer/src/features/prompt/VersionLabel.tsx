import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PromptVersion } from '../../../../shared/domain'
import { useCallMutation } from '../../api/queries'
import { GrowingTextarea } from '../../components/fields/GrowingTextarea'

/** Name and note of a version, saved when the field loses the focus. */
export function VersionLabel({ version: { id, name = '', note = '' } }: { readonly version: PromptVersion }) {
  const { t } = useTranslation()
  const [typedName, setName] = useState(name)
  const [typedNote, setNote] = useState(note)
  const save = useCallMutation('prompt.label')
  const commit = () => {
    if (typedName.trim() !== name || typedNote.trim() !== note) save.mutate({ id, name: typedName.trim(), note: typedNote.trim() })
  }
  return (
    <>
      <TextInput
        label={t('prompt.versionName')}
        placeholder={t('prompt.versionNamePlaceholder')}
        maxLength={80}
        value={typedName}
        onChange={(event) => setName(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit()
        }}
      />
      <GrowingTextarea
        label={t('prompt.versionNote')}
        placeholder={t('prompt.versionNotePlaceholder')}
        maxLength={2000}
        maxRows={6}
        value={typedNote}
        onChange={(event) => setNote(event.currentTarget.value)}
        onBlur={commit}
      />
    </>
  )
}
