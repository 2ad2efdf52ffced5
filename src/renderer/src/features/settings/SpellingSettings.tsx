import { Switch, TagsInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { knownWordSchema } from '../../../../shared/spelling'
import { callKey, useCall, useCallMutation } from '../../api/queries'

interface Props {
  readonly on: boolean
  readonly onChange: (on: boolean) => void
}

/** Whether the spelling is checked, and the words that are right in this project. */
export function SpellingSettings({ on, onChange }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const words = useCall('spelling.words', {}).data ?? []
  const onSuccess = (stored: string[]) => client.setQueryData(callKey('spelling.words', {}), stored)
  const add = useCallMutation('spelling.addWord', { onSuccess }).mutate
  const remove = useCallMutation('spelling.removeWord', { onSuccess }).mutate
  return (
    <>
      <Switch
        label={t('spelling.setting')}
        description={t('spelling.settingHint')}
        checked={on}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      {on && (
        <TagsInput
          label={t('spelling.words')}
          description={t('spelling.wordsHint')}
          value={words}
          maxLength={60}
          clearable={false}
          acceptValueOnBlur
          onChange={(wanted) => {
            for (const word of wanted) if (!words.includes(word) && knownWordSchema.safeParse(word).success) add({ word: word.trim() })
            for (const word of words) if (!wanted.includes(word)) remove({ word })
          }}
        />
      )}
    </>
  )
}
